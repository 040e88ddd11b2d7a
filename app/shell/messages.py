"""Errors in the artist's words: what happened, what is kept, what to do. Always plain text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.contract.text import one_line
from app.look.dates import moment
from app.model.errors import (
    AppError,
    InvalidInput,
    JobFailed,
    NoRoom,
    NotKept,
    PictureError,
    ServiceError,
    StorageError,
)
from app.shell.wording import CLASSES, ENDED, KINDS, QUOTE, UNEXPECTED, UNEXPECTED_OFTEN

if TYPE_CHECKING:
    from app.shell.wording.row import Row

MAX_QUOTE = 300
"""Longest part of a service's own words that is shown, in characters."""

_GB = 1e9


@dataclass(frozen=True, slots=True)
class Message:
    """A title (what happened) and a text (what is kept, what to do)."""

    title: str
    text: str


def message_for(error: AppError, row: Row | None = None) -> Message:
    """The words for `error`; `row` are those for an occasion of its own."""
    row = row or _row(error)
    title, text = (_tr(part).format_map(_facts(error)) for part in row)
    if isinstance(error, InvalidInput) and row is CLASSES[InvalidInput]:
        title = _broken_field(error).rstrip(".") or title
    words = " ".join(_quoted(error).split())
    if words:
        words = words if len(words) <= MAX_QUOTE else words[: MAX_QUOTE - 1] + "…"
        text = f"{text} {_tr(QUOTE).format(words=words)}"
    return Message(title, text)


def unexpected(*, often: bool = False) -> Message:
    """The words for what the program did not foresee, or for that it happens again and again."""
    title, text = (_tr(part) for part in (UNEXPECTED_OFTEN if often else UNEXPECTED))
    return Message(title, text)


def ended() -> Message:
    """The words for an end that was none, told at the next start."""
    title, text = (_tr(part) for part in ENDED)
    return Message(title, text)


def _row(error: AppError) -> Row:
    kind = getattr(error, "kind", "")
    if isinstance(error, InvalidInput):
        kind = f"{error.field}.{kind}"
    if isinstance(error, NotKept) and error.until is not None:
        kind = "dated"
    for ancestor in type(error).__mro__:
        if row := KINDS.get(ancestor, {}).get(kind) or CLASSES.get(ancestor):
            return row
    raise TypeError(f"{error!r} is no AppError")


def _facts(error: AppError) -> dict[str, str]:
    facts = {"name": _tr("The picture"), "folder": ""}
    if isinstance(error, PictureError | StorageError) and error.path is not None:
        facts |= {"name": one_line(error.path.name), "folder": one_line(str(error.path.parent))}
    if isinstance(error, PictureError):
        facts |= {"detail": error.detail}
    if isinstance(error, NoRoom):
        facts |= {"size": f"{error.size.width} × {error.size.height}"}
        facts |= {"needed": f"{error.needed / _GB:.1f}", "free": f"{error.free / _GB:.1f}"}
    if isinstance(error, NotKept) and error.until is not None:
        facts |= {"until": moment(error.until)}
    if isinstance(error, InvalidInput):
        facts |= {"field": error.field, "limit": str(error.limit)}
    return facts


def _quoted(error: AppError) -> str:
    if isinstance(error, ServiceError):
        return error.message
    return error.reason if isinstance(error, JobFailed) else ""


def _broken_field(error: InvalidInput) -> str:
    """The sentence for a field of the contract; empty for other fields, as of Preferences."""
    # Here, as it is a long way to the panel for what is hardly ever told.
    from app.contract.fields import FieldProblem, fields_of
    from app.contract.parameters import Parameters
    from app.panels.parameters.wording import describe_problem

    if error.field.partition(".")[0] not in fields_of(Parameters):
        return ""
    return describe_problem(FieldProblem(error.field, error.kind, error.limit, str(error)))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Messages", text)
