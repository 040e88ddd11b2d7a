"""The real client, runner, journal and shelf around a service that breaks; only time is made."""

import asyncio
import io
import secrets
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from PIL import Image

from app.api.client import ApiClient
from app.api.deadlines import Deadlines
from app.contract.parameters import Parameters
from app.contract.responses import TaskResult
from app.jobs.clock import Clock
from app.jobs.prepare import new_job
from app.jobs.runner import new_work, run
from app.jobs.steps import Listener, Work
from app.jobs.traffic import Traffic
from app.model.errors import AppError
from app.model.job import Accepted, Job, JobState, Progress, Result, Upload
from app.model.picture import Picture
from app.model.services import custom
from app.parts import Parts
from app.storage.folders import Folders
from tests.faults.rows import PICTURES
from tests.support.service import Service

CANARY = f"sk-canary-{secrets.token_hex(16)}"
"""The key of all these tests; it must be nowhere but in the header of a call."""

GENEROUS = Deadlines(
    connect=20, stall=20, upload=20, answer=20, task_result=20, models=20, user=20,
    picture_stall=20, picture=20, picture_at_most=20,
)  # fmt: skip
"""Deadlines that a busy machine does not miss."""

QUICK: dict[str, dict[str, float]] = {
    "upload": {"stall": 0.4},
    "submit": {"answer": 0.4},
    "poll": {"task_result": 0.4},
    "image": {"picture_stall": 0.3, "picture": 0.5, "picture_at_most": 0.5},
    "models": {"models": 0.4},
    "user": {"user": 0.4},
}
"""Deadlines that a test can wait for, by what they are for."""

PATIENCE_S = 60
"""How long a job may take of real time: all its waiting is made."""


class Time(Clock):
    """Time that passes by waiting alone; those who wait together wake in their order."""

    def __init__(self) -> None:
        self._now = 1000.0
        self._due: list[tuple[float, Callable[[], object]]] = []

    def now(self) -> float:
        return self._now

    def suspended(self) -> float:
        return 0.0

    async def wait(self, event: asyncio.Event, seconds: float) -> None:
        wake = self._now + seconds
        await asyncio.sleep(0)
        if not event.is_set():
            self._pass(wake)

    def after(self, seconds: float, happen: Callable[[], object]) -> None:
        """Let something happen once so much time has passed."""
        self._due.append((self._now + seconds, happen))

    def _pass(self, wake: float) -> None:
        self._now = max(self._now, wake)
        due = [happen for at, happen in self._due if at <= self._now]
        self._due = [(at, happen) for at, happen in self._due if at > self._now]
        for happen in due:
            happen()


@dataclass
class Click:
    """A job from the press of Generate on, and all that was told of it."""

    work: Work
    job: Job
    states: list[JobState] = field(default_factory=list)
    error: AppError | None = None
    task_id: str | None = None
    results: list[Result] = field(default_factory=list)
    progress: list[Progress] = field(default_factory=list)

    def heard(self, state: JobState, task_id: str | None, error: AppError | None) -> None:
        """Take in where the job stands."""
        if self.states[-1:] != [state]:
            self.states.append(state)
        self.task_id = task_id or self.task_id
        self.error = error

    @property
    def listener(self) -> Listener:
        return Listener(follow=self.heard, report=self.progress.append, deliver=self.results.append)

    @property
    def state(self) -> JobState:
        return self.states[-1]


def noise(width: int, height: int, seed: int) -> Picture:
    """A picture that does not pack."""
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 4), np.uint8)
    pixels[..., 3] = 255
    return Picture(pixels=pixels, name="lake")


SMALL = noise(64, 48, 1)


@cache
def large_file() -> bytes:
    """A picture of over 6 MB, more than the buffers between two programs hold; quickly made."""
    out = io.BytesIO()
    Image.fromarray(noise(1500, 1400, 2).rgb).save(out, "PNG", compress_level=0)
    return out.getvalue()


class TimedClient(ApiClient):
    """The client, and when jobs asked what of it.

    Time that is made does not wait for the network: a server would see requests come late.
    """

    def __init__(self, time: Time, **options: Any) -> None:
        super().__init__(**options, sleep=time.sleep)
        self._time = time
        self.polls: list[tuple[str, float]] = []
        self.submits: list[float] = []

    async def submit(
        self, parameters: Parameters, upload: Upload, sent: Callable[[int, int], None]
    ) -> Accepted:
        self.submits.append(self._time.now())
        return await super().submit(parameters, upload, sent)

    async def task_result(self, task_id: str) -> TaskResult:
        self.polls.append((task_id, self._time.now()))
        return await super().task_result(task_id)


class Stage:
    """`async with Stage(folder) as stage:` has a service, and all that a job needs of the program.

    `quick` names what has short deadlines; `base_url` is where the client looks for
    the service, if not where it is.
    """

    def __init__(
        self,
        folder: Path,
        *,
        quick: str = "",
        base_url: str = "",
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.folder = folder
        self.folders = Folders.under(folder)
        self.key = CANARY
        self.time = Time()
        self.service = Service(CANARY, tls=tls)
        self.clicks: list[Click] = []
        self._deadlines = replace(GENEROUS, **QUICK.get(quick, {}))
        self._base_url = base_url

    async def __aenter__(self) -> Self:
        self.service.__enter__()
        url = self._base_url.format(port=self.service.port) or self.service.url
        self.address = custom(url)
        self.client = TimedClient(
            self.time, base_url=url, key=lambda: self.key, deadlines=self._deadlines
        )
        self.parts = Parts(self.folders, environ={})
        self.parts._clients[self.address] = self.client
        self.ports = self.parts.ports(self.address)
        self.traffic = Traffic(images_per_minute=0, clock=self.time)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.parts.aclose()
        self.service.__exit__(kind, error, trace)

    def press(self, *, large: bool = False, **changes: Any) -> Click:
        """Press Generate; nothing is sent yet."""
        picture = self._large() if large else SMALL
        mask = np.zeros(picture.pixels.shape[:2], np.uint8)
        mask[10:30, 10:40] = 255
        chosen = {"prompt": "an islet", "model_name": "m", "image_num": PICTURES, "mask_blur": 0}
        parameters = Parameters(**chosen | changes)
        job = new_job(self.address, parameters, picture, mask)
        click = Click(new_work(job, self.ports), job)
        self.clicks.append(click)
        return click

    def _large(self) -> Picture:
        """A picture that is sent as the file it is in."""
        path = self.folder / "large.png"
        path.write_bytes(large_file())
        return self.parts.load(path)

    async def run(self, click: Click) -> Click:
        """Take a job to where it ends."""
        async with asyncio.timeout(PATIENCE_S):
            await run(click.work, self.ports, self.traffic, click.listener)
        return click

    async def again(self, click: Click, *, task_id: str | None = None) -> Click:
        """Go on with a job that has ended: ask for a task, or send it again by consent."""
        record = self.parts.journal.job(click.job.id)
        click.work = replace(
            click.work,
            state=click.state,
            attempts=record.attempt.number,
            task_id=task_id,
            have=frozenset(result.index for result in click.results),
        )
        return await self.run(click)
