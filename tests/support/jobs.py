"""Jobs, entries and results by the handful, and a queue that holds what a test puts in."""

from __future__ import annotations

import time
import uuid
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from app.contract.parameters import Parameters
from app.jobs.steps import Work
from app.model.geometry import Rect, Size
from app.model.job import Job, JobState, Progress, Region, Result, Upload
from app.model.picture import Picture, Plane
from app.model.services import BUILTIN, Service
from app.session.queue import Entry, JobQueue

if TYPE_CHECKING:
    from app.jobs.ports import Ports

CREATED = datetime(2026, 3, 14, 14, 3).astimezone()


def picture_of(width: int = 60, height: int = 40, value: int = 255) -> Picture:
    """A picture of one grey."""
    return Picture(pixels=np.full((height, width, 4), value, np.uint8), name="lake")


def job(
    *,
    parameters: Parameters | None = None,
    picture: Picture | None = None,
    mask: Plane | None = None,
    service: Service = BUILTIN,
    created: datetime = CREATED,
) -> Job:
    """A job whose mask covers the picture, unless another is given."""
    picture = picture or picture_of()
    if mask is None:
        mask = np.full(picture.pixels.shape[:2], 255, np.uint8)
    return Job(
        id=uuid.uuid4().hex,
        created=created,
        service=service,
        parameters=parameters or Parameters(prompt="an islet", model_name="m", strength=0.8),
        picture=picture,
        mask=mask,
        region=Region(rect=Rect.of(picture.size), sent=picture.size),
    )


def result(of: Job, index: int, *, folder: Path = Path("/tmp"), seed: int | None = None) -> Result:
    """A result of a job; its thumbnail is grey, its seed 482 913 077 and up."""
    return Result(
        job_id=of.id,
        index=index,
        path=folder / f"{of.id}-{index}.png",
        raw_path=folder / f"{of.id}-{index}.raw",
        seed=482_913_077 + index if seed is None else seed,
        size=Size(60, 40),
        thumbnail=np.full((96, 144, 4), 128, np.uint8),
    )


class HeldQueue(JobQueue):
    """A real queue that runs nothing: a test moves its jobs, and sees what was asked for."""

    def __init__(self) -> None:
        super().__init__(_no_ports, lambda coroutine: coroutine.close())
        self.asked: list[tuple[str, str]] = []

    def add(self, of: Job, **facts: Any) -> Entry:
        """Add a job; it runs unless `finished` is given."""
        given: dict[str, Any] = {"progress": Progress(step="preparing")}
        self._entries[of.id] = replace(Entry.new(work_of(of), of), **(given | facts))
        self.job_added.emit(of.id)
        return self._entries[of.id]

    def change(self, of: Job, **facts: Any) -> None:
        """Change what is known of a job."""
        self._change(of.id, **facts)

    def deliver(self, one: Result) -> None:
        """A picture of a job is on disk."""
        self._deliver(one)

    def recall(self, one: Result) -> None:
        """A picture of an earlier run was read back."""
        self._show(one)

    def finish(self, of: Job, state: JobState, **facts: Any) -> None:
        """End a job."""
        self._change(of.id, state=state, finished=time.monotonic(), **facts)

    def cancel(self, job_id: str) -> None:
        self.asked.append(("cancel", job_id))

    def set_aside(self, job_id: str) -> None:
        self.asked.append(("set_aside", job_id))

    def retry(self, job_id: str) -> None:
        self.asked.append(("retry", job_id))

    def send_again(self, job_id: str) -> None:
        self.asked.append(("send_again", job_id))

    def check_balance(self, job_id: str) -> None:
        self.asked.append(("check_balance", job_id))

    def adopt_task_id(self, job_id: str, text: str) -> None:
        self.asked.append((f"adopt_task_id {text}", job_id))

    def add_done(self, of: Job, folder: Path = Path("/tmp")) -> tuple[Result, ...]:
        """Add a job with all its pictures."""
        results = tuple(result(of, index, folder=folder) for index in range(count(of)))
        self.add(of, state=JobState.DONE, results=results, finished=time.monotonic())
        return results


def work_of(of: Job) -> Work:
    """A job as what a runner would take; nothing can be sent of it."""
    return Work(id=of.id, service=of.service, load=lambda: of, upload=_no_upload)


class OpenPicture(QObject):
    """As much of a document as the view of results listens to."""

    picture_changed = Signal()

    def __init__(self, picture: Picture | None = None) -> None:
        super().__init__()
        self.picture = picture

    def put(self, picture: Picture | None) -> None:
        """Open another picture."""
        self.picture = picture
        self.picture_changed.emit()


def count(of: Job) -> int:
    """How many pictures a job asks for."""
    return of.parameters.image_num


def asking(number: int, **changes: object) -> Parameters:
    """Parameters for `number` pictures."""
    return Parameters(prompt="an islet", model_name="m").edited(image_num=number, **changes)


def with_thumbnail(one: Result, thumbnail: Plane) -> Result:
    """The same result with another thumbnail."""
    return replace(one, thumbnail=thumbnail)


def _no_upload() -> Upload:
    raise AssertionError("a held queue sends nothing")


def _no_ports(service: Service) -> Ports:
    raise AssertionError("a held queue runs nothing")
