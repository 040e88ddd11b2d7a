"""A stage with the program's list of jobs on it: what an artist does about a job that broke."""

import asyncio
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from app.model.job import Result
from app.model.mask import Mask
from app.session.queue import Entry, JobQueue
from app.session.tasks import Tasks
from tests.faults.clicks import Click
from tests.faults.stage import PATIENCE_S, Stage

if TYPE_CHECKING:
    from app.model.errors import AppError


class Desk:
    """`async with Desk(stage) as desk:` stands on a stage that is open.

    What the list tells of a job is kept in its click, as if it had run alone.
    """

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.failures: list[AppError] = []
        self.refusals: list[AppError] = []
        self.balances: list[tuple[float | None, float | None]] = []
        self.bugs: list[BaseException] = []
        self._tasks = Tasks(self.bugs.append)
        self._changed = asyncio.Event()

    async def __aenter__(self) -> Self:
        stage = self.stage
        queue = JobQueue(lambda service: stage.ports, self._tasks.spawn, None, stage.traffic)
        queue.failed.connect(self.failures.append)
        queue.paused.connect(lambda service, error: self.refusals.append(error))
        queue.balance_told.connect(lambda _, *balances: self.balances.append(balances))
        queue.result_added.connect(self._keep)
        queue.job_changed.connect(self._follow)
        self.queue = queue
        for signal in (queue.job_added, queue.job_changed, queue.failed, queue.balance_told):
            signal.connect(self._changed.set)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._tasks.aclose()
        if error is None:
            assert self.bugs == []

    async def generate(self, **options: Any) -> Click:
        """Press Generate."""
        before = len(self.queue.entries)
        click = self.stage.press(**options)
        job = click.job
        mask = Mask.of(job.mask).snapshot()
        self.queue.submit(self.stage.address, job.parameters, job.picture, mask)
        await self.until(lambda: len(self.queue.entries) > before)
        entry = self.queue.entries[-1]
        assert entry.job is not None
        click.job, click.work = entry.job, entry.work
        return click

    def entry(self, click: Click) -> Entry:
        """What the list shows of a job."""
        return self.queue.entry(click.job.id)

    async def ended(self, *clicks: Click) -> None:
        """Wait until jobs have ended."""
        await self.until(lambda: not any(self.entry(click).is_running for click in clicks))

    async def waits(self, click: Click, reason: str) -> None:
        """Wait until a job says that it waits for something."""
        await self.until(lambda: self.entry(click).progress.reason == reason)

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is so."""
        async with asyncio.timeout(PATIENCE_S):
            while not is_so():
                self._changed.clear()
                await self._changed.wait()

    async def settle(self) -> None:
        """Give what was wrongly started the time to be seen."""
        for _ in range(5):
            await asyncio.sleep(0.01)

    def _follow(self, job_id: str) -> None:
        entry = self.queue.entry(job_id)
        for click in self.stage.clicks:
            if click.job.id == job_id:
                click.heard(entry.state, entry.task_id, entry.error)

    def _keep(self, result: Result) -> None:
        for click in self.stage.clicks:
            if click.job.id == result.job_id:
                click.results.append(result)
