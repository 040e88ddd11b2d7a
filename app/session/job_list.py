"""The list of jobs, oldest first, and what it tells of its changes."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.model.job import JobState

if TYPE_CHECKING:
    from app.model.errors import AppError
    from app.model.job import Result
    from app.session.entry import Entry


class JobList(QObject):
    """All jobs since the program started, and those of earlier runs that are not done.

    Signals: `job_added(id)`, `job_changed(id)`, `result_added(Result)` of a picture that has come
    once it is on disk, and `job_removed(id)`.
    """

    job_added = Signal(str)
    job_changed = Signal(str)
    job_removed = Signal(str)
    result_added = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: dict[str, Entry] = {}

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(self._entries.values())

    @property
    def running(self) -> int:
        """How many jobs have not ended."""
        return sum(entry.is_running for entry in self._entries.values())

    @property
    def newest_result(self) -> Result | None:
        """The last result of the newest job that has any."""
        last = (entry.results[-1] for entry in reversed(self.entries) if entry.results)
        return next(last, None)

    @property
    def undecided(self) -> tuple[str, ...]:
        """The jobs that only the artist can decide about, oldest first."""
        ended = (entry for entry in self._entries.values() if not entry.is_running)
        return tuple(entry.id for entry in ended if entry.state is JobState.UNKNOWN)

    def entry(self, job_id: str) -> Entry:
        """The job of that id; raises `KeyError`."""
        return self._entries[job_id]

    def _put(self, entry: Entry) -> None:
        """Add a job, or replace what is known of it."""
        known = entry.id in self._entries
        self._entries[entry.id] = entry
        (self.job_changed if known else self.job_added).emit(entry.id)

    def _change(self, job_id: str, **changes: Any) -> None:
        # One of an earlier run may be taken off the list while it is read back.
        if job_id in self._entries:
            self._put(replace(self._entries[job_id], **changes))

    def _deliver(self, result: Result) -> None:
        self._show(result)
        self.result_added.emit(result)

    def _show(self, result: Result) -> None:
        """Add a picture that is on disk to its job, unless that was taken off the list."""
        if result.job_id in self._entries:
            results = (*self.entry(result.job_id).results, result)
            ordered = tuple(sorted(results, key=lambda one: one.index))
            self._change(result.job_id, results=ordered)

    def _end(self, job_id: str, state: JobState, error: AppError | None) -> None:
        self._change(job_id, state=state, error=error, finished=time.monotonic())

    def _drop(self, job_id: str) -> None:
        del self._entries[job_id]
        self.job_removed.emit(job_id)
