"""What the panel says about a field: its title, its help, and what is wrong with a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.contract.fields import Field, FieldProblem, fields_of
from app.contract.hints import QT_TRANSLATE_NOOP
from app.contract.kinds import ModelType
from app.contract.parameters import Parameters
from app.look.dates import date_and_time

if TYPE_CHECKING:
    from datetime import datetime

    from app.session.catalogue import Catalogue

_CHOICES = {"png": "PNG", "webp": "WebP", "jpeg": "JPEG"}
_SWITCHES = {
    "inpainting_full_res": (
        QT_TRANSLATE_NOOP("Parameters", "Whole picture"),
        QT_TRANSLATE_NOOP("Parameters", "Mask only"),
    ),
    "inpainting_mask_invert": (QT_TRANSLATE_NOOP("Parameters", "Repaint outside the mask"),),
}
_EMPTY = {
    "prompt": QT_TRANSLATE_NOOP("Parameters", "Say in the prompt what should appear."),
    "model_name": QT_TRANSLATE_NOOP("Parameters", "Choose a checkpoint."),
    "loras": QT_TRANSLATE_NOOP("Parameters", "Choose a LoRA, or remove the empty row."),
    "embeddings": QT_TRANSLATE_NOOP("Parameters", "Choose an embedding, or remove the empty row."),
}
_NONE = {
    ModelType.CHECKPOINT: QT_TRANSLATE_NOOP("Parameters", "The service lists no checkpoints."),
    ModelType.VAE: QT_TRANSLATE_NOOP("Parameters", "The service lists no VAEs."),
    ModelType.LORA: QT_TRANSLATE_NOOP("Parameters", "The service lists no LoRAs."),
    ModelType.TEXTUAL_INVERSION: QT_TRANSLATE_NOOP(
        "Parameters", "The service lists no embeddings."
    ),
}
_PLURAL = {"image_num", "steps"}
_RANGE_KINDS = {"greater_than", "greater_than_equal", "less_than", "less_than_equal"}


def title_of(field: Field) -> str:
    """The field's name as the artist reads it."""
    return QCoreApplication.translate("Contract", field.title)


def help_of(field: Field) -> str:
    """What the field does to the picture, ending with its name on the wire."""
    text = QCoreApplication.translate("Contract", field.help)
    return f"{text}\n{field.name}"


def off_of(field: Field) -> str:
    """The word for the empty value; empty where the field has none."""
    off = field.hint.off
    return QCoreApplication.translate("Contract", off) if off else ""


def number_text(field: Field, number: float) -> str:
    """`number` with the digits and the unit of `field`."""
    text = f"{number:.{field.hint.decimals}f}"
    return f"{text} {field.hint.unit}" if field.hint.unit else text


def value_text(field: Field, value: object) -> str:
    """A value as the panel shows it."""
    if field.hint.off and value == field.default:
        return off_of(field)
    if field.kind == "switch" and field.name in _SWITCHES:
        words = switch_words(field)
        return words[int(bool(value))] if len(words) > 1 else off_or_on(bool(value))
    if isinstance(value, int | float):
        return number_text(field, value)
    return choice_text(value)


def off_or_on(on: bool) -> str:
    """The state of a check box."""
    if on:
        return QCoreApplication.translate("Parameters", "On")
    return QCoreApplication.translate("Parameters", "Off")


def choice_text(choice: object) -> str:
    """One of a field's choices."""
    return _CHOICES.get(str(choice), str(choice))


def switch_words(field: Field) -> tuple[str, ...]:
    """The words beside a check box, or the two of a pair of segments (for 0 and for 1)."""
    return tuple(
        QCoreApplication.translate("Parameters", word)
        for word in _SWITCHES.get(field.name, (field.title,))
    )


def range_text(field: Field) -> str:
    """Which numbers the field takes, as a sentence."""
    if field.maximum is None:
        text = QCoreApplication.translate("Parameters", "{name} is {low} at least.")
    elif field.name in _PLURAL:
        text = QCoreApplication.translate("Parameters", "{name} go from {low} to {high}.")
    else:
        text = QCoreApplication.translate("Parameters", "{name} goes from {low} to {high}.")
    high = "" if field.maximum is None else f"{field.maximum:g}"
    return text.format(name=title_of(field), low=f"{field.lowest:g}", high=high)


def describe_problem(problem: FieldProblem) -> str:
    """What to change, in one sentence."""
    top, _, inner = problem.field.partition(".")
    field = fields_of(Parameters)[top]
    if problem.kind == "string_too_short":
        return QCoreApplication.translate("Parameters", _EMPTY[top])
    part = fields_of(field.item)[inner.rpartition(".")[2]] if field.item and inner else field
    if problem.kind in _RANGE_KINDS and part.minimum is not None:
        return range_text(part)
    if problem.kind == "string_too_long":
        text = QCoreApplication.translate(
            "Parameters", "{name} is too long: {limit} characters at most."
        )
    elif problem.kind == "too_long":
        text = QCoreApplication.translate("Parameters", "{name}: {limit} at most.")
    else:
        text = QCoreApplication.translate("Parameters", "{name} has a value that cannot be sent.")
    return text.format(name=title_of(part), limit=problem.limit)


def list_words(catalogue: Catalogue, kind: ModelType, sdxl: bool = False) -> tuple[str, str, str]:
    """What to say about a model list, with an icon and its colour; nothing when all is well."""
    has_models = bool(catalogue.models(kind, sdxl))
    if catalogue.error(kind, sdxl) is not None:
        text = _unloaded(catalogue.listed(kind, sdxl), has_models=has_models)
        return text, "warning", "warn"
    if not catalogue.is_fresh(kind, sdxl):
        return "", "info", "hint"
    if not has_models:
        return QCoreApplication.translate("Parameters", _NONE[kind]), "info", "hint"
    if (listed := catalogue.listed(kind, sdxl)) is not None:
        text = QCoreApplication.translate(
            "Parameters", "The service lists none now. List of {date}."
        )
        return text.format(date=date_and_time(listed)), "warning", "warn"
    return "", "info", "hint"


def _unloaded(listed: datetime | None, *, has_models: bool) -> str:
    """What serves in place of a list that could not be loaded."""
    if not has_models:
        return QCoreApplication.translate(
            "Parameters", "The list could not be loaded. Names can be typed."
        )
    if listed is None:
        return QCoreApplication.translate(
            "Parameters", "The list could not be loaded. This is the one from before."
        )
    text = QCoreApplication.translate("Parameters", "The list could not be loaded. List of {date}.")
    return text.format(date=date_and_time(listed))


def add_words(kind: ModelType) -> tuple[str, str]:
    """What the button says that adds an entry, and why it cannot when the list is full."""
    full = QCoreApplication.translate("Parameters", "A job takes {limit} of them at most.")
    if kind is ModelType.LORA:
        return QCoreApplication.translate("Parameters", "Add LoRA"), full
    return QCoreApplication.translate("Parameters", "Add embedding"), full
