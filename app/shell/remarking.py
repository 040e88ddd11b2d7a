"""Says once what is remarkable about the pictures that a service sends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.panels.results.remarks import remarks
from app.shell.messages import Message

if TYPE_CHECKING:
    from app.model.job import Result
    from app.session.queue import JobQueue
    from app.shell.notice import Notice


def tell_remarks(queue: JobQueue, notice: Notice) -> None:
    """Tell each remark once until the program ends: a service that does so does it each time."""
    told: set[Message] = set()

    def tell(result: Result) -> None:
        job = queue.entry(result.job_id).job
        found = [] if job is None else remarks(job, result)
        message = _message(found)
        if found and message not in told:
            told.add(message)
            notice.add(message, "info")

    queue.result_added.connect(tell)


def _message(found: list[str]) -> Message:
    title = QCoreApplication.translate("Remarking", "A picture came otherwise than asked for")
    kept = QCoreApplication.translate("Remarking", "Its own file is kept as it came.")
    return Message(title, " ".join((*found, kept)))
