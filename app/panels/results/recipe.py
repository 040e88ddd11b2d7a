"""The parameters of a job as lines of text, for tooltips and the clipboard."""

from collections.abc import Iterator
from html import escape
from typing import Any

from PySide6.QtCore import QCoreApplication, QLocale

from app.contract.fields import Field, fields_of
from app.contract.parameters import Parameters
from app.model.job import Job, Result
from app.model.services import BUILTIN_PROMPT
from app.panels.parameters.wording import title_of, value_text
from app.panels.results.remarks import remarks

translate = QCoreApplication.translate

_LONGEST = 300
"""Longer values are cut in a tooltip; the clipboard gets all of them."""


def recipe_text(job: Job, result: Result) -> str:
    """Everything that made `result`, one line a field."""
    return "\n".join(f"{title}: {value}" for title, value in _lines(job, result))


def recipe_tooltip(job: Job, result: Result) -> str:
    """The same as rich text of our own making, so that no prompt is taken for markup."""
    lines = (f"<b>{escape(title)}</b>&nbsp; {_cut(value)}" for title, value in _lines(job, result))
    return f"<qt>{'<br>'.join(lines)}</qt>"


def _cut(value: str) -> str:
    return escape(value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…")


def _lines(job: Job, result: Result) -> Iterator[tuple[str, str]]:
    yield translate("Results", "Service"), job.service.title
    for name, field in fields_of(Parameters).items():
        value = getattr(job.parameters, name)
        if name == "seed" and result.seed is not None:
            value = result.seed
        if _tells(job, name, value):
            yield title_of(field), _worded(field, value)
    yield translate("Results", "Size"), f"{result.size.width} × {result.size.height}"
    yield translate("Results", "File"), str(result.path)
    for remark in remarks(job, result):
        yield translate("Results", "Note"), remark


def _tells(job: Job, name: str, value: object) -> bool:
    """Whether a value says something: nothing that was left off or that stands in for nothing."""
    match name:
        case "inpainting_full_res":
            return True
        case "inpainting_full_res_padding":
            return bool(job.parameters.inpainting_full_res)
        case "inpainting_mask_invert":
            return bool(value)
        case "prompt":
            return not (job.service.is_builtin and value == BUILTIN_PROMPT)
        case _:
            return value is not None and value != "" and value != ()


def _worded(field: Field, value: Any) -> str:
    if field.kind == "list":
        return ", ".join(_entry(entry) for entry in value)
    return value_text(field, value)


def _entry(entry: Any) -> str:
    """A LoRA with its weight, or an embedding, which has none."""
    strength = getattr(entry, "strength", None)
    name = str(entry.model_name)
    return name if strength is None else f"{name} {QLocale().toString(float(strength), 'f', 2)}"
