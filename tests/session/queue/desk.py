"""A queue on a running loop, before a service that does as a test says."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from app.contract.parameters import Parameters
from app.jobs.ports import Ports, Sent
from app.jobs.traffic import Traffic
from app.model.job import Accepted, Result, Upload
from app.model.mask import Mask
from app.model.picture import Picture
from app.model.png import encode_picture
from app.model.services import BUILTIN, PRESETS, Service
from app.session.queue import Entry, JobQueue
from app.session.tasks import Tasks
from tests.support.clock import LeapingClock
from tests.support.script import NotedJournal, ScriptedBackend, ports, task

if TYPE_CHECKING:
    from app.model.errors import AppError

Backend = TypeVar("Backend", bound=ScriptedBackend)

REMOTE = PRESETS[1]
READY = Parameters(prompt="an islet", model_name="m", image_num=1, mask_blur=0)
PICTURE = Picture(pixels=np.full((40, 60, 4), 255, np.uint8), name="lake")
MASK = np.full((40, 60), 255, np.uint8)


class Stalling(ScriptedBackend):
    """Accepts a task, then lets it run until `release` is set."""

    release: asyncio.Event

    async def submit(self, parameters: Parameters, upload: Upload, sent: Sent) -> Accepted:
        answer = await super().submit(parameters, upload, sent)
        await self.release.wait()
        return answer


class Desk:
    """A queue on a running loop, with all that it told."""

    def __init__(self, backend: ScriptedBackend, folder: Path) -> None:
        self.backend = backend
        self.journal = NotedJournal()
        self.bugs: list[BaseException] = []
        self.tasks = Tasks(self.bugs.append)
        surroundings = ports(backend, folder, self.journal)
        self.clock = LeapingClock()
        self.refuses: AppError | None = None

        def open_(service: Service) -> Ports:
            if self.refuses is not None:
                raise self.refuses
            return surroundings

        self.queue = JobQueue(open_, self.tasks.spawn, traffic=Traffic(clock=self.clock))
        self.failures: list[AppError] = []
        self.results: list[Result] = []
        self.changed = asyncio.Event()
        self.queue.failed.connect(self.failures.append)
        self.queue.result_added.connect(self.results.append)
        for signal in (self.queue.job_added, self.queue.job_changed, self.queue.failed):
            signal.connect(lambda _: self.changed.set())

    def submit(self, parameters: Parameters = READY, service: Service = BUILTIN) -> None:
        self.queue.submit(service, parameters, PICTURE, Mask.of(MASK).snapshot())

    async def until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not true():
                self.changed.clear()
                await self.changed.wait()

    @property
    def only(self) -> Entry:
        (entry,) = self.queue.entries
        return entry

    def ended(self) -> bool:
        return bool(self.queue.entries) and self.queue.running == 0


def at_desk(
    backend: ScriptedBackend, folder: Path, story: Callable[[Desk], Awaitable[None]]
) -> Desk:
    async def scenario() -> Desk:
        desk = Desk(backend, folder)
        if isinstance(backend, Stalling):
            backend.release = asyncio.Event()
        await story(desk)
        await desk.tasks.aclose()
        return desk

    desk = asyncio.run(scenario())
    assert desk.bugs == []
    return desk


def succeeding(kind: type[Backend] = ScriptedBackend, **scripted: Any) -> Backend:
    """A service that delivers a picture, unless it is `scripted` to do otherwise."""
    answers = {
        "polls": [task("SUCCEED", ["a"], seed="5")],
        "fetches": {"a": [encode_picture(PICTURE)]},
    }
    return kind(**answers | scripted)
