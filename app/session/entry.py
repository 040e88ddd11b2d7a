"""A job as the list of jobs shows it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from app.jobs.ways import way_on
from app.model.job import JobState, Progress

if TYPE_CHECKING:
    from datetime import datetime

    from app.jobs.resuming import Earlier
    from app.jobs.steps import Work
    from app.jobs.ways import Way
    from app.model.errors import AppError
    from app.model.job import Attempt, Job, Result
    from app.model.services import Service


WAITING = Progress(step="waiting")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Entry:
    """A job as it stands now.

    `job` is None for one of an earlier run that was not read back yet, and `asked` then tells how
    many images it asks for. `noted` is the state that
    the journal holds, None before the first; `state` is what the job is in, also where the disk
    refused the record (see `jobs.steps.Follow`). An `UNKNOWN` job's `task_id` was found in a broken
    answer, and may be its own.
    One that `is_unwanted` was cancelled too late: the service has it, and what comes is kept.
    `results` are on disk, in the order of their index; `attempt` is the last time that the job was
    sent. `started` and `finished` are readings of `time.monotonic`.
    """

    work: Work
    created: datetime
    job: Job | None = None
    asked: int = 1
    state: JobState = JobState.PREPARED
    progress: Progress = WAITING
    results: tuple[Result, ...] = ()
    error: AppError | None = None
    task_id: str | None = None
    attempt: Attempt | None = None
    noted: JobState | None = None
    is_unwanted: bool = False
    started: float
    finished: float | None = None

    @classmethod
    def new(cls, work: Work, job: Job) -> Self:
        """A job that begins now."""
        return cls(work=work, created=job.created, job=job, started=time.monotonic())

    @classmethod
    def restored(cls, earlier: Earlier) -> Self:
        """A job of an earlier run."""
        now = time.monotonic()
        return cls(
            work=earlier.work,
            created=earlier.created,
            asked=earlier.asked,
            state=earlier.state,
            error=earlier.error,
            task_id=earlier.task_id,
            attempt=earlier.attempt,
            noted=earlier.state,
            started=now,
            finished=None if earlier.goes_on else now,
        )

    @property
    def id(self) -> str:
        return self.work.id

    @property
    def service(self) -> Service:
        return self.work.service

    @property
    def image_num(self) -> int:
        """How many pictures were asked for; at least as many as are known of."""
        return self.job.parameters.image_num if self.job else max(self.asked, self.saved)

    @property
    def saved(self) -> int:
        """How many pictures are on disk, those of earlier runs too."""
        return len(self.have)

    @property
    def have(self) -> frozenset[int]:
        """The indices of the pictures that are on disk."""
        return self.work.have | {result.index for result in self.results}

    @property
    def is_running(self) -> bool:
        return self.finished is None

    @property
    def way(self) -> Way | None:
        """How it could be tried again without anybody's consent."""
        return way_on(self.state, has_task=self.task_id is not None)

    @property
    def can_be_set_aside(self) -> bool:
        """Whether its service goes on with it though nobody watches."""
        return self.is_running and self.way == "ask" and not self.service.is_builtin
