"""Jobs of earlier runs: which go on by themselves, and which wait for the artist.

A task with an id is collected, as often as it takes; what was only prepared is sent. What is
unknown is shown and never sent again by itself, except to the built-in engine, which is free.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Protocol

from app.jobs.ports import Ports
from app.jobs.runner import run
from app.jobs.steps import Listener, Work
from app.jobs.traffic import Traffic
from app.model.errors import AnswerLost, AppError, StorageError, TaskNotFound
from app.model.job import Attempt, Job, JobState, Upload
from app.model.picture import Picture
from app.model.record import JobRecord, ResultRecord
from app.model.services import Service, recorded

RECENT = 500
"""How many jobs are looked through for those that have ended and are not done."""

_UNDER_WAY = (JobState.PREPARED, JobState.SUBMITTED, JobState.SAVING, JobState.PARTIAL)
_SHOWN = (JobState.UNKNOWN, JobState.LOST)


class Archive(Protocol):
    """The journal, read: after it has seen to what a sudden end left behind. Blocks."""

    def recent(self, limit: int) -> Sequence[JobRecord]: ...
    def unfinished(self) -> Sequence[JobRecord]: ...
    def asked_images(self, record: JobRecord) -> int: ...
    def picture(self, result: ResultRecord) -> Picture: ...
    def load(self, record: JobRecord) -> Job: ...
    def upload(self, record: JobRecord) -> Upload: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A job of an earlier run.

    `attempt` is the last time that it was sent. It asks for `asked` images, of which those in
    `saved` were on disk when it was last heard of.
    """

    work: Work
    created: datetime
    state: JobState
    task_id: str | None
    error: AppError | None
    attempt: Attempt | None
    asked: int
    saved: tuple[ResultRecord, ...]

    @property
    def goes_on(self) -> bool:
        """Whether it needs nobody's consent."""
        is_free = self.work.service.is_builtin and self.state is JobState.UNKNOWN
        return is_free or self.state in _UNDER_WAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a job of an earlier run."""

    earlier: Earlier
    state: JobState
    error: AppError | None


def left_over(archive: Archive) -> list[Earlier]:
    """The jobs of earlier runs that something is left to do for, oldest first. Blocks."""
    found = {record.id: record for record in archive.unfinished()}
    for record in archive.recent(RECENT):
        if record.state in (*_UNDER_WAY, *_SHOWN):
            found[record.id] = record
    ordered = sorted(found.values(), key=lambda record: (record.created, record.id))
    return [_earlier(record, archive) for record in ordered]


async def resume_all(
    archive: Archive,
    ready: Callable[[Service], Awaitable[Ports]],
    traffic: Traffic,
    listen: Callable[[Earlier], Listener],
) -> list[Outcome]:
    """Take all jobs of earlier runs as far as they go by themselves; what became of each."""

    async def one(earlier: Earlier) -> Outcome:
        if not earlier.goes_on:
            return Outcome(earlier=earlier, state=earlier.state, error=earlier.error)
        try:
            ports = await ready(earlier.work.service)
            state = await run(earlier.work, ports, traffic, listen(earlier))
        except AppError as error:  # nothing was sent
            return Outcome(earlier=earlier, state=earlier.state, error=error)
        return Outcome(earlier=earlier, state=state, error=None)

    jobs = await asyncio.to_thread(left_over, archive)
    return await asyncio.gather(*map(one, jobs))


def _earlier(record: JobRecord, archive: Archive) -> Earlier:
    attempt, is_unknown = record.attempt, record.state is JobState.UNKNOWN
    work = Work(
        id=record.id,
        service=recorded(record.service_id, record.base_url),
        load=partial(archive.load, record),
        upload=partial(archive.upload, record),
        state=record.state,
        attempts=attempt.number if attempt else 0,
        # An id that was found in a broken answer may be tried, which the artist decides.
        task_id=None if is_unknown else record.task_id,
        have=frozenset(saved.index for saved in record.results),
    )
    return Earlier(
        work=work,
        created=record.created,
        state=record.state,
        task_id=record.task_id,
        error=_remembered(record),
        attempt=attempt,
        asked=_asked(record, archive),
        saved=record.results,
    )


def _asked(record: JobRecord, archive: Archive) -> int:
    """How many images a job asks for; as many as are known of where its folder is damaged."""
    try:
        return archive.asked_images(record)
    except StorageError:
        return max(1, len(record.results))


def _remembered(record: JobRecord) -> AppError | None:
    """The error that a job ended with, as far as its words need it."""
    if record.state is JobState.LOST:
        return TaskNotFound()
    if record.state is not JobState.UNKNOWN:
        return None
    if record.error_kind != AnswerLost.__name__:
        return AnswerLost(kind="interrupted", task_id=record.task_id or "")
    kind, _, detail = (record.error_text or "").partition(": ")
    return AnswerLost(detail, kind=kind, task_id=record.task_id or "")
