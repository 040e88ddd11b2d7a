"""Runs a job with a scripted service, and keeps what it told."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from app.contract.parameters import Parameters
from app.jobs import runner
from app.jobs.prepare import new_job
from app.jobs.steps import Listener
from app.jobs.traffic import Traffic
from app.model.errors import AppError
from app.model.job import Job, JobState, Progress, Result
from app.model.picture import Picture
from app.model.png import encode_picture
from app.model.services import BUILTIN, PRESETS, Service
from tests.support.clock import LeapingClock
from tests.support.script import FolderShelf, NotedJournal, ScriptedBackend, ports, task

REMOTE = PRESETS[1]


def noise(seed: int) -> Picture:
    pixels = np.random.default_rng(seed).integers(0, 256, (40, 60, 4), np.uint8)
    pixels[..., 3] = 255
    return Picture(pixels=pixels, name="lake")


def job(service: Service = BUILTIN, **changes: object) -> Job:
    mask = np.zeros((40, 60), np.uint8)
    mask[10:20, 10:30] = 255
    chosen = {"prompt": "an islet", "model_name": "m", "image_num": 2, "mask_blur": 0, **changes}
    return new_job(service, Parameters(**chosen), noise(1), mask)


class Watched:
    """Runs a job and keeps what it told."""

    def __init__(
        self, backend: ScriptedBackend, folder: Path, *, is_attended: bool = False
    ) -> None:
        self.backend = backend
        self.journal = NotedJournal()
        self.shelf = FolderShelf(folder)
        self.ports = ports(backend, folder, self.journal, self.shelf)
        self.clock = LeapingClock()
        self.is_attended = is_attended
        self.states: list[JobState] = []
        self.errors: list[AppError | None] = []
        self.task_ids: list[str | None] = []
        self.progress: list[Progress] = []
        self.results: list[Result] = []

    def follow(self, state: JobState, task_id: str | None, error: AppError | None) -> None:
        self.states.append(state)
        self.errors.append(error)
        self.task_ids.append(task_id)

    def run(self, work: Job) -> JobState:
        return asyncio.run(self.start(work))

    async def start(self, work: Job, **facts: Any) -> JobState:
        """Run a job; `facts` say how far it has come."""
        self.traffic = Traffic(clock=self.clock, is_attended=self.is_attended)
        of = replace(runner.new_work(work, self.ports), **facts)
        listener = Listener(
            follow=self.follow, report=self.progress.append, deliver=self.results.append
        )
        return await runner.run(of, self.ports, self.traffic, listener)


def finished(*urls: str) -> ScriptedBackend:
    answers = {url: [encode_picture(noise(7 + n))] for n, url in enumerate(urls)}
    return ScriptedBackend(
        polls=[task("QUEUED"), task("SUCCEED", urls, seed="50")],
        fetches={url: list(data) for url, data in answers.items()},
    )
