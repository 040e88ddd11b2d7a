"""A job that ended badly, in words: what its card says and what it offers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QCoreApplication

from app.model.errors import AppError, SetAside
from app.model.job import JobState
from app.panels.results.ways import Way, ways_of
from app.session.queue import Entry

translate = QCoreApplication.translate


class Message(Protocol):
    """An error in the artist's words."""

    @property
    def title(self) -> str: ...
    @property
    def text(self) -> str: ...


Word = Callable[[AppError], Message]


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What a card shows. `details` is for the clipboard; all texts are plain.

    Of what is unknown, or set aside, nobody can say yet that it has failed.
    """

    title: str
    text: str
    details: str
    is_unknown: bool
    is_set_aside: bool
    ways: tuple[Way, ...]


def failure_of(entry: Entry, word: Word) -> Failure:
    """The failure of a job that `has_failed`."""
    title, text = _words(entry, word)
    return Failure(
        title=title,
        text=text,
        details=_details(entry, title, text),
        is_unknown=entry.state is JobState.UNKNOWN,
        is_set_aside=isinstance(entry.error, SetAside),
        ways=ways_of(entry),
    )


def _words(entry: Entry, word: Word) -> tuple[str, str]:
    if entry.error is None:
        return _wordless(entry)
    message = word(entry.error)
    if entry.state is not JobState.PARTIAL or not entry.saved:
        return message.title, message.text
    title = translate("Results", "{saved} of {count} images saved").format(
        saved=entry.saved, count=entry.image_num
    )
    return title, f"{message.title}. {message.text}"


def _wordless(entry: Entry) -> tuple[str, str]:
    """For ends that no error tells of, as when a job was stopped while it was being sent."""
    if entry.state is JobState.UNKNOWN:
        return (
            translate("Results", "Unknown: stopped while sending"),
            translate("Results", "It may have arrived and been charged; nobody can look it up."),
        )
    return (
        translate("Results", "The job failed"),
        translate("Results", "Picture, mask and settings are kept. Try again."),
    )


def _details(entry: Entry, title: str, text: str) -> str:
    """For a report: words, and the facts behind them. No prompt, no picture, no key."""
    lines = [
        title,
        text,
        "",
        f"time: {entry.created.isoformat(timespec='seconds')}",
        f"service: {entry.service.title} ({entry.service.base_url})",
        f"job: {entry.id}",
        f"task: {entry.task_id or '-'}",
        f"state: {entry.state}",
    ]
    if entry.error is not None:
        lines.append(f"error: {type(entry.error).__name__}: {entry.error}")
    return "\n".join(lines)
