"""Presses of Generate, and the pictures that they are about."""

import io
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from PIL import Image

from app.jobs.steps import Listener, Work
from app.model.errors import AppError
from app.model.job import Job, JobState, Progress, Result
from app.model.picture import Picture


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
