"""Asking for a task's result until it is settled."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Iterator

from app.contract.responses import TaskResult, TaskStatus
from app.jobs.ports import Backend
from app.model.errors import (
    AppError,
    BadAnswer,
    JobFailed,
    RateLimited,
    ServiceDown,
    TaskNotFound,
    Unreachable,
)
from app.model.job import Progress

Sleep = Callable[[float], Awaitable[None]]
Report = Callable[[Progress], None]

TROUBLE_LIMIT = 20
"""Failed polls in a row after which the job is set aside; it can be asked for again later."""

NOT_FOUND_GRACE_S = 10.0
"""A fresh task may be unknown to the server that answers the first polls."""

_PASSING = (Unreachable, ServiceDown, RateLimited, BadAnswer)


def service_delays() -> Iterator[float]:
    """Seconds between polls of a service, without end: quick at first, ever calmer.

    1 s, then 2 s for half a minute, 3 s up to two minutes, 5 s up to ten, then 10 s.
    """
    waited = 1.0
    yield waited
    while True:
        delay = next((d for limit, d in ((30, 2.0), (120, 3.0), (600, 5.0)) if waited < limit), 10)
        waited += delay
        yield delay * random.uniform(0.9, 1.1)


def local_delays() -> Iterator[float]:
    """Seconds between polls of the built-in engine: nobody else is asking."""
    delay = 0.1
    while True:
        yield delay
        delay = min(0.5, delay * 1.3)


async def settled(
    backend: Backend,
    task_id: str,
    report: Report,
    *,
    delays: Iterator[float],
    sleep: Sleep = asyncio.sleep,
) -> TaskResult:
    """Poll until the task has succeeded; its result.

    Raises `JobFailed` with the service's reason, `TaskNotFound` once that is certain, and the
    last error when `TROUBLE_LIMIT` polls in a row failed or a refusal will not pass (a key).
    """
    started = time.monotonic()
    troubles = 0
    for delay in delays:
        await sleep(delay)
        try:
            answer = await backend.task_result(task_id)
        except AppError as error:
            troubles += 1
            if not _passes(error, time.monotonic() - started) or troubles >= TROUBLE_LIMIT:
                raise
            report(Progress(step="working", trouble=True))
            if isinstance(error, RateLimited) and error.retry_after_s:
                await sleep(error.retry_after_s)
            continue
        troubles = 0
        if answer.task.status is TaskStatus.SUCCEED:
            return answer
        if answer.task.status is TaskStatus.FAILED:
            raise JobFailed(answer.task.reason)
        report(_progress(answer))
    raise AssertionError("the delays never end")


def _passes(error: AppError, age_s: float) -> bool:
    if isinstance(error, TaskNotFound):
        return age_s < NOT_FOUND_GRACE_S
    return isinstance(error, _PASSING)


def _progress(answer: TaskResult) -> Progress:
    """Progress as the service tells it; services that only ever say 0 tell nothing."""
    if answer.task.status is TaskStatus.QUEUED:
        return Progress(step="queued")
    percent = answer.task.progress_percent
    known = percent is not None and 0 < percent <= 100
    return Progress(step="working", fraction=percent / 100 if known and percent else None)
