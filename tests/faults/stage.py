"""The real client, runner, journal and shelf around a service that breaks; only time is made."""

import asyncio
import ssl
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np

from app.api.client import ApiClient
from app.api.deadlines import Deadlines
from app.contract.parameters import Parameters
from app.contract.responses import TaskResult
from app.jobs.clock import Clock
from app.jobs.prepare import new_job
from app.jobs.runner import new_work, run
from app.jobs.traffic import Traffic
from app.model.job import Accepted, Upload
from app.model.picture import Picture
from app.model.services import custom
from app.parts import Parts
from app.storage.folders import Folders
from app.storage.pictures.loading import Pictures
from tests.faults.clicks import SMALL, Click, large_file
from tests.faults.rows import PICTURES
from tests.support.canary import KEY
from tests.support.clock import LeapingClock
from tests.support.service import Service

GENEROUS = Deadlines(
    connect=20, stall=20, upload=20, answer=20, task_result=20, models=20, user=20,
    picture_stall=20, picture=20, picture_at_most=20,
)  # fmt: skip
"""Deadlines that a busy machine does not miss."""

QUICK: dict[str, dict[str, float]] = {
    "upload": {"stall": 0.4},
    "submit": {"answer": 0.4},
    "poll": {"task_result": 0.4},
    "image": {"picture_stall": 0.6, "picture": 1, "picture_at_most": 1},
    "models": {"models": 0.4},
    "user": {"user": 0.4},
}
"""Deadlines that a test can wait for, by what they are for."""

PATIENCE_S = 60
"""How long a job may take of real time: all its waiting is made."""


class TimedClient(ApiClient):
    """The client, and when it was asked for what.

    Time that is made does not wait for the network: a server would see requests come late.
    `before` lets something happen just before a call: `before["poll", 2]` before the second poll.
    """

    def __init__(self, clock: Clock, **options: Any) -> None:
        super().__init__(**options, sleep=clock.sleep)
        self._clock = clock
        self.polls: list[tuple[str, float]] = []
        self.submits: list[float] = []
        self.before: dict[tuple[str, int], Callable[[], object]] = {}

    async def submit(
        self, parameters: Parameters, upload: Upload, sent: Callable[[int, int], None]
    ) -> Accepted:
        self.submits.append(self._clock.now())
        self._prepare("submit", len(self.submits))
        return await super().submit(parameters, upload, sent)

    async def task_result(self, task_id: str) -> TaskResult:
        self.polls.append((task_id, self._clock.now()))
        self._prepare("poll", len(self.polls))
        return await super().task_result(task_id)

    def _prepare(self, call: str, number: int) -> None:
        if happen := self.before.get((call, number)):
            happen()


class Stage:
    """`async with Stage(…) as stage:` has a service, and all that a job needs of the program.

    `pictures` reads pictures, and is left as it is. `quick` names what has short deadlines;
    `base_url` is where the client looks for the service, if not where it is; with `tls` it is
    served over that.
    """

    def __init__(
        self,
        folder: Path,
        pictures: Pictures,
        *,
        quick: str = "",
        base_url: str = "",
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.folder = folder
        self.folders = Folders.under(folder)
        self.key = KEY
        self.clock = LeapingClock()
        self.service = Service(KEY, tls=tls)
        self.clicks: list[Click] = []
        self._pictures = pictures
        self._deadlines = replace(GENEROUS, **QUICK.get(quick, {}))
        self._base_url = base_url

    async def __aenter__(self) -> Self:
        self.service.__enter__()
        url = self._base_url.format(port=self.service.port) or self.service.url
        self.address = custom(url)
        self.client = TimedClient(
            self.clock, base_url=url, key=lambda: self.key, deadlines=self._deadlines
        )
        self.parts = Parts(self.folders, environ={})
        self.parts._clients[self.address] = self.client
        self.parts._pictures = self._pictures
        self.ports = self.parts.ports(self.address)
        self.traffic = Traffic(images_per_minute=0, clock=self.clock)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.parts._pictures = None  # other stages need it still
        await self.parts.aclose()
        self.service.__exit__(kind, error, trace)

    def press(self, *, large: bool = False) -> Click:
        """Press Generate; nothing is sent yet."""
        picture = self._large() if large else SMALL
        mask = np.zeros(picture.pixels.shape[:2], np.uint8)
        mask[10:30, 10:40] = 255
        parameters = Parameters(prompt="an islet", model_name="m", image_num=PICTURES, mask_blur=0)
        job = new_job(self.address, parameters, picture, mask)
        click = Click(new_work(job, self.ports), job)
        self.clicks.append(click)
        return click

    async def run(self, click: Click) -> Click:
        """Take a job to where it ends."""
        async with asyncio.timeout(PATIENCE_S):
            await run(click.work, self.ports, self.traffic, click.listener)
        return click

    def _large(self) -> Picture:
        """A picture that is sent as the file it is in."""
        path = self.folder / "large.png"
        path.write_bytes(large_file())
        return self.parts.load(path)
