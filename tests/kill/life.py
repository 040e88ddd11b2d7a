"""One run of the program's jobs without its window, and its client, which a kill makes silent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from app.api.client import ApiClient
from app.jobs.resuming import Earlier, resume_all
from app.jobs.steps import Listener
from app.jobs.traffic import Traffic
from app.model.errors import StorageError
from app.model.services import Service, custom
from app.parts import Parts
from app.session.queue import JobQueue
from app.session.tasks import Tasks
from tests.faults.stage import GENEROUS, PATIENCE_S
from tests.support.clock import LeapingClock
from tests.support.pictures import pictures

if TYPE_CHECKING:
    from app.contract.parameters import Parameters
    from app.jobs.ports import Ports, Sent
    from app.model.job import Accepted, JobState, Upload
    from tests.kill.world import World

Start = Callable[["Life"], Coroutine[Any, Any, None]]
"""What a program does when it is started."""


class Life:
    """One run of the program, from its start to its end.

    `told` is what was said of each job to be on disk, in order.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._loop = asyncio.get_running_loop()
        self._threads = ThreadPoolExecutor()
        self._loop.set_default_executor(self._threads)
        self._changed = asyncio.Event()
        self._is_woken = False
        self.bugs: list[BaseException] = []
        self.told: dict[str, list[JobState]] = {}
        self._tasks = Tasks(self.bugs.append)
        self.spawn = self._tasks.spawn
        self._clock = LeapingClock()
        self.address = custom(world.service.url)
        self.parts = Parts(world.folders, environ={}, pictures=pictures)
        self.parts._clients[self.address] = WorldlyClient(world, self._clock)
        traffic = Traffic(images_per_minute=0, clock=self._clock)
        self.queue = JobQueue(self.parts.ports, self.spawn, None, traffic)
        for signal in (self.queue.job_added, self.queue.job_changed):
            signal.connect(self._follow)

    async def open(self) -> None:
        """What the window does when it is there."""
        if await self._may_go_on():
            self.queue.restore(lambda: self.parts.journal)

    async def resume(self) -> None:
        """What the command does."""
        if await self._may_go_on():
            traffic = Traffic(images_per_minute=0, is_attended=False, clock=self._clock)
            await resume_all(self.parts.journal, self._ready, traffic, self._listener)

    async def rest(self, *, until_woken: bool = False) -> None:
        """Wait until nothing goes on by itself, or, if that is asked for, until woken."""
        self._is_woken = False
        async with asyncio.timeout(PATIENCE_S):
            while self._tasks._tasks and not self._waits_for_key:
                if self._world.is_dead or (until_woken and self._is_woken):
                    return
                await self._something()

    async def end(self) -> None:
        """End the program. One that was killed may do what it likes: it will be forgotten."""
        await self._tasks.aclose(PATIENCE_S)
        self._threads.shutdown(wait=True)
        self.parts._pictures = None  # the process that reads pictures serves all lives
        with ThreadPoolExecutor() as closing:
            self._loop.set_default_executor(closing)
            await self.parts.aclose()

    def wake(self) -> None:
        """Let whoever waits for the jobs look around; from any thread."""
        self._loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        self._is_woken = True
        self._changed.set()

    async def _something(self) -> None:
        """Wait until a job has changed, or an act has ended, or somebody woke us."""
        self._changed.clear()
        changed = asyncio.create_task(self._changed.wait())
        await asyncio.wait({*self._tasks._tasks, changed}, return_when=asyncio.FIRST_COMPLETED)
        changed.cancel()

    async def _may_go_on(self) -> bool:
        """Put in order what is left; whether jobs may go on."""
        try:
            found = await asyncio.to_thread(self.parts.recover)
        except StorageError:
            return False
        return found.refusal is None and found.is_alone

    async def _ready(self, service: Service) -> Ports:
        return await asyncio.to_thread(self.parts.ports, service)

    def _listener(self, earlier: Earlier) -> Listener:
        """Who hears of a job that the command goes on with."""
        told = self.told.setdefault(earlier.work.id, [earlier.state])
        return Listener(follow=_ignore, report=_ignore, deliver=_ignore, noted=told.append)

    @property
    def _waits_for_key(self) -> bool:
        running = [entry for entry in self.queue.entries if entry.is_running]
        return bool(running) and all(
            entry.progress.reason in {"key", "refused"} for entry in running
        )

    def _follow(self, job_id: str) -> None:
        noted = self.queue.entry(job_id).noted
        if noted is not None:
            self.told.setdefault(job_id, []).append(noted)
        self._changed.set()


class WorldlyClient(ApiClient):
    """The client. Its program may be killed before a request, when it is out and when its answer
    is there; one that is dead sends nothing. What was cut short is remembered.
    """

    def __init__(self, world: World, clock: LeapingClock) -> None:
        super().__init__(
            base_url=world.service.url,
            key=lambda: world.key,
            deadlines=GENEROUS,
            sleep=clock.sleep,
        )
        self._world = world

    async def submit(self, parameters: Parameters, upload: Upload, sent: Sent) -> Accepted:
        world, before = self._world, self._submit_faults

        def watched(out: int, total: int) -> None:
            sent(out, total)
            if out == total:
                world.disk.step()

        await self._step()
        try:
            accepted = await super().submit(parameters, upload, watched)
            await self._step()
        except asyncio.CancelledError:
            world.cut.add(parameters.prompt)
            raise
        finally:
            if self._submit_faults > before:
                world.cut.add(parameters.prompt)
        return accepted

    async def _step(self) -> None:
        """Who is killed at this step, or was before, comes no further."""
        self._world.disk.step()
        if self._world.is_dead:
            await asyncio.Event().wait()

    @property
    def _submit_faults(self) -> int:
        return sum(name.startswith("submit.") for name in self._world.service.ledger.faults)


def _ignore(*_: object) -> None:
    """The journal tells of it."""
