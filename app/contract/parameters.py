"""What the artist chooses for one job: the record that the panel edits and a request is made of."""

from typing import Any

from app.contract.fields import FieldProblem
from app.contract.record import Record
from app.contract.request import RANDOM_SEED, Answering, Settings

__all__ = ["RANDOM_SEED", "Parameters"]

_OMITTED_WHEN_EMPTY = (
    "negative_prompt", "sd_vae", "loras", "embeddings", "clip_skip", "strength",
)  # fmt: skip
_EXTRA = ("response_image_type",)


class Parameters(Answering, Settings, Record):
    """Everything the artist chooses for one job, except the picture itself.

    A record may be a draft: `edited` takes any value, as typing passes through values that no
    job may have, and `problems` says what is wrong with it. Parsing and construction by keyword
    check.
    """

    prompt = ""
    image_num = 4
    steps = 30
    guidance_scale = 7.5
    sampler_name = "Euler a"
    model_name = ""

    def problems(self) -> list[FieldProblem]:
        """What keeps this record from being sent, in the order of the fields; empty when fine."""
        from app.contract.checking import problems

        return problems(self)

    def wire(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """The `extra` and `request` objects without the pictures; what is off is left out."""
        values = self.to_json()
        for name in _OMITTED_WHEN_EMPTY:
            if not values[name]:
                del values[name]
        return {name: values.pop(name) for name in _EXTRA}, values
