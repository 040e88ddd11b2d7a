"""One job from its snapshot to saved files, with every step journaled before it is taken."""

import asyncio
from collections.abc import Callable, Collection
from functools import partial
from typing import Protocol

from app.contract.responses import TaskResult
from app.jobs.collect import Deliver, collect
from app.jobs.polling import Report, Sleep, local_delays, service_delays, settled
from app.jobs.ports import Ports
from app.jobs.prepare import encode_upload
from app.model.errors import (
    AnswerLost,
    AppError,
    BadAnswer,
    JobFailed,
    NotCreated,
    RateLimited,
    ServiceDown,
    StorageError,
    Unreachable,
)
from app.model.job import Job, JobState, Progress, Result, Upload

EMPTY_ROUNDS = 10
"""How often a finished task that shows no pictures yet is asked again."""

_EMPTY_PAUSE_S = 3.0


class Follow(Protocol):
    """Hears of each new state of a job, after it is on disk.

    Only what a full or broken disk refuses is told all the same: that a job is `LOST`, with the
    `StorageError`, and how a submit ended. Whether a job may be sent again hangs on these.
    """

    def __call__(self, state: JobState, task_id: str | None, error: AppError | None) -> None: ...


async def run(
    job: Job, ports: Ports, *, follow: Follow, report: Report, deliver: Deliver
) -> JobState:
    """Take `job` to its end and return its last state; failures are told through `follow`.

    Raises `StorageError` only before anything is sent: what is not recorded is not sent.
    When cancelled it leaves the journal at the state last reached.
    """
    steps = _Steps(job, ports, follow, report)
    report(Progress(step="preparing"))
    upload = await asyncio.to_thread(encode_upload, job, ports.original)
    await steps.prepare(upload)
    await steps.note(JobState.SUBMITTING)
    report(Progress(step="uploading", fraction=0.0))
    try:
        task_id = await ports.backend.submit(job.parameters, upload, steps.tell_sent)
    except AppError as error:
        return await steps.end_unsubmitted(_unsubmitted(error), error)
    return await _see_through(steps, task_id, deliver)


async def resume(
    job: Job,
    task_id: str,
    ports: Ports,
    *,
    have: Collection[int],
    follow: Follow,
    report: Report,
    deliver: Deliver,
) -> JobState:
    """Ask again for the pictures of a task that was set aside, but for those in `have`."""
    steps = _Steps(job, ports, follow, report)
    return await _see_through(steps, task_id, deliver, have)


async def _see_through(
    steps: "_Steps", task_id: str, deliver: Deliver, have: Collection[int] = ()
) -> JobState:
    """From the task's id to its pictures. A disk that refuses the record sets the job aside."""
    try:
        await steps.note(JobState.SUBMITTED, task_id=task_id)
        return await _collected(steps, task_id, deliver, have)
    except StorageError as error:
        return steps.set_aside(task_id, error)


async def _collected(
    steps: "_Steps", task_id: str, deliver: Deliver, have: Collection[int]
) -> JobState:
    try:
        answer = await _finished(steps, task_id)
    except JobFailed as error:
        return await steps.note(JobState.FAILED, error=error)
    except AppError as error:
        return await steps.note(JobState.LOST, error=error)
    await steps.note(JobState.SAVING)
    count = steps.counting(deliver, len(answer.images))
    missing = await collect(steps.job, task_id, answer, steps.ports, count, have=have)
    if missing is None:
        return await steps.note(JobState.DONE)
    return await steps.note(JobState.PARTIAL, error=missing)


async def _finished(steps: "_Steps", task_id: str, sleep: Sleep = asyncio.sleep) -> TaskResult:
    """The result of a task with its pictures; a service may list them a moment late."""
    delays = local_delays if steps.job.service.is_builtin else service_delays
    poll = partial(settled, steps.ports.backend, task_id, steps.report)
    answer = await poll(delays=delays())
    for _ in range(EMPTY_ROUNDS):
        if answer.images:
            break
        await sleep(_EMPTY_PAUSE_S)
        answer = await poll(delays=delays())
    return answer


def _unsubmitted(error: AppError) -> JobState:
    """What a failed submit means for the job: may it have been carried out, and charged?"""
    match error:
        case Unreachable() | RateLimited():
            return JobState.NOT_SENT
        case NotCreated():
            return JobState.NOT_CREATED
        case AnswerLost() | BadAnswer() | ServiceDown():
            return JobState.UNKNOWN
        case _:
            return JobState.REJECTED


async def _recorded(record: Callable[[], None], tell: Callable[[], None]) -> None:
    """Write in a thread, then tell, both to the end even if cancelled in between.

    Else the disk would hold a state that nobody heard of.
    """
    writing = asyncio.create_task(asyncio.to_thread(record))
    try:
        await asyncio.shield(writing)
    except asyncio.CancelledError:
        await asyncio.wait({writing})
        writing.result()
        tell()
        raise
    tell()


class _Steps:
    """A job with its journal and its listeners: a state is told only once it is on disk."""

    def __init__(self, job: Job, ports: Ports, follow: Follow, report: Report) -> None:
        self.job = job
        self.ports = ports
        self.report = report
        self._follow = follow

    async def prepare(self, upload: Upload) -> None:
        """Record the job with all that it needs."""
        tell = partial(self._follow, JobState.PREPARED, None, None)
        await _recorded(partial(self.ports.journal.prepare, self.job, upload), tell)

    async def note(
        self, state: JobState, *, task_id: str | None = None, error: AppError | None = None
    ) -> JobState:
        """Record that the job is in `state` now, then tell."""
        record = partial(self.ports.journal.note, self.job.id, state, task_id=task_id, error=error)
        await _recorded(record, partial(self._follow, state, task_id, error))
        return state

    async def end_unsubmitted(self, state: JobState, error: AppError) -> JobState:
        """Record and tell that the job ended without a task, as far as anyone knows."""
        try:
            return await self.note(state, error=error)
        except StorageError:
            self._follow(state, None, error)
            return state

    def set_aside(self, task_id: str, error: AppError) -> JobState:
        """Tell that the task is there to be asked for, though the disk did not record it."""
        self._follow(JobState.LOST, task_id, error)
        return JobState.LOST

    def tell_sent(self, done: int, total: int) -> None:
        """Progress of the upload."""
        self.report(Progress(step="uploading", fraction=done / total if total else None))

    def counting(self, deliver: Deliver, total: int) -> Deliver:
        """`deliver`, with the share of saved pictures told each time."""
        saved = 0
        self.report(Progress(step="saving", fraction=0.0))

        def count(result: Result) -> None:
            nonlocal saved
            saved += 1
            deliver(result)
            self.report(Progress(step="saving", fraction=saved / total))

        return count
