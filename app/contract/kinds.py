"""The kinds of model, by themselves: the window names them long before any answer is read."""

from enum import StrEnum


class ModelType(StrEnum):
    """The kinds of model that `filter.types` knows and this program asks for."""

    CHECKPOINT = "checkpoint"
    LORA = "lora"
    VAE = "vae"
    TEXTUAL_INVERSION = "textualinversion"
