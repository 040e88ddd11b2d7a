"""A job with its journal and its listeners: a state is told only once it is on disk."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeVar

from app.jobs.ports import Ports, Report
from app.model.errors import AnswerLost, AppError, StorageError
from app.model.job import Accepted, Attempt, Job, JobState, Progress, Result, Upload
from app.model.services import Service

T = TypeVar("T")

Deliver = Callable[[Result], None]
"""Hears of each picture once it is on disk."""


class Follow(Protocol):
    """Hears of each new state of a job, after it is on disk.

    Only what a full or broken disk refuses is told all the same: that a job is `LOST`, with the
    `StorageError`, and how a submit ended. Whether a job may be sent again hangs on these.
    """

    def __call__(self, state: JobState, task_id: str | None, error: AppError | None) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """Who hears of a job.

    `noted` hears what the journal holds now, `loaded` of a job that was read back from disk, and
    `announced` of each time that it is sent.
    """

    follow: Follow
    report: Report
    deliver: Deliver
    noted: Callable[[JobState], None] = lambda state: None
    loaded: Callable[[Job], None] = lambda job: None
    announced: Callable[[Attempt], None] = lambda attempt: None


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A job as far as it has come.

    `load` and `upload` read what it needs, and block: a job of an earlier run is read only when
    it has to be. `state` is what the journal holds, None for a job that it does not know yet.
    `attempts` were made to send it; the pictures of the indices in `have` are on disk.
    """

    id: str
    service: Service
    load: Callable[[], Job]
    upload: Callable[[], Upload]
    state: JobState | None = None
    attempts: int = 0
    task_id: str | None = None
    have: frozenset[int] = frozenset()


class Steps:
    """Notes each step of a job, then tells of it."""

    def __init__(self, work: Work, ports: Ports, listener: Listener) -> None:
        self.work = work
        self.ports = ports
        self.listener = listener
        self._attempts = work.attempts

    @property
    def report(self) -> Report:
        return self.listener.report

    async def prepare(self, job: Job, upload: Upload) -> None:
        """Record the job with all that it needs."""
        record = partial(self.ports.journal.prepare, job, upload)
        await seen_through(record, lambda _: self._tell(JobState.PREPARED, None, None))

    async def announce(self, body_sha256: str) -> None:
        """Record that the job is being sent: no byte of it leaves before this returns."""
        backend = self.ports.backend
        self._attempts += 1
        attempt = Attempt(
            number=self._attempts,
            body_sha256=body_sha256,
            key_fingerprint=backend.fingerprint,
            balance=backend.recent_balance,
        )
        await self.note(JobState.SUBMITTING, attempt=attempt)
        self.listener.announced(attempt)

    async def accept(self, accepted: Accepted) -> None:
        """Record the id of the job's task: it is on disk before it is used or shown.

        Raises `AnswerLost` for the id of another job's task: it cannot be this one's, and nobody
        knows what is.
        """
        record, task_id = partial(self._keep_id, accepted), accepted.task_id
        await seen_through(record, lambda _: self._tell(JobState.SUBMITTED, task_id, None))

    def _keep_id(self, accepted: Accepted) -> None:
        task_id, answer = accepted.task_id, accepted.answer or None
        if self.work.task_id is None and self._is_known(task_id):
            raise AnswerLost(task_id, kind="repeated", raw=accepted.answer)
        self.ports.journal.note(self.work.id, JobState.SUBMITTED, task_id=task_id, answer=answer)

    def _is_known(self, task_id: str) -> bool:
        try:
            return self.ports.journal.has_task(self.work.service.base_url, task_id)
        except StorageError:
            return False  # it is paid for, and must not hang on a disk that fails just now

    async def note(
        self,
        state: JobState,
        *,
        task_id: str | None = None,
        error: AppError | None = None,
        answer: bytes | None = None,
        attempt: Attempt | None = None,
    ) -> JobState:
        """Record that the job is in `state` now, then tell."""
        record = partial(
            self.ports.journal.note,
            self.work.id,
            state,
            task_id=task_id,
            error=error,
            answer=answer,
            attempt=attempt,
        )
        await seen_through(record, lambda _: self._tell(state, task_id, error))
        return state

    async def end_unsubmitted(self, state: JobState, error: AppError) -> JobState:
        """Record and tell that the job ended without a task, as far as anyone knows."""
        raw, task_id = getattr(error, "raw", None), getattr(error, "task_id", None)
        try:
            return await self.note(state, error=error, answer=raw or None, task_id=task_id or None)
        except StorageError:
            self.listener.follow(state, task_id or None, error)
            return state

    def _tell(self, state: JobState, task_id: str | None, error: AppError | None) -> None:
        self.listener.noted(state)
        self.listener.follow(state, task_id, error)

    def set_aside(self, task_id: str, error: AppError) -> JobState:
        """Tell that the task is there to be asked for, though that is not recorded."""
        self.listener.follow(JobState.LOST, task_id, error)
        return JobState.LOST

    def tell_sent(self, done: int, total: int) -> None:
        """Progress of the upload."""
        self.report(Progress(step="uploading", fraction=done / total if total else None))


async def seen_through(write: Callable[[], T], tell: Callable[[T], None]) -> None:
    """Write in a thread, then tell what came of it, both to the end even if cancelled in between.

    Else the disk would hold what nobody heard of.
    """
    writing = asyncio.create_task(asyncio.to_thread(write))
    try:
        await asyncio.shield(writing)
    except asyncio.CancelledError:
        await asyncio.wait({writing})
        tell(writing.result())
        raise
    tell(writing.result())
