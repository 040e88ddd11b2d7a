"""From a finished task to pictures on disk."""

import asyncio
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from app.contract.responses import ResultImage, TaskResult
from app.jobs.polling import Sleep
from app.jobs.ports import Ports
from app.model.composite import composite, region_weight
from app.model.encode import SUFFIXES, encode
from app.model.errors import AppError, BadAnswer, PictureError, StorageError
from app.model.geometry import Rect
from app.model.job import Job, Result
from app.model.metadata import describe
from app.model.picture import Plane
from app.model.region import redrawn_box
from app.model.thumbnail import thumbnail

DOWNLOADS = 3
"""Pictures fetched at once."""

ROUNDS = 6
"""How often a picture is asked for, each time with a fresh link."""

Deliver = Callable[[Result], None]


@dataclass(frozen=True, slots=True)
class _Blend:
    """What all pictures of a job share: the soft mask of the region, and what is redrawn."""

    weight: Plane
    box: Rect


async def collect(
    job: Job,
    task_id: str,
    answer: TaskResult,
    ports: Ports,
    deliver: Deliver,
    *,
    have: Collection[int] = (),
    sleep: Sleep = asyncio.sleep,
) -> AppError | None:
    """Fetch, keep, composite and save every picture; each is delivered once it is on disk.

    Pictures are independent: what one of them meets does not stop the others. Those whose index
    is in `have` are on disk already. Returns the first error if any is missing, else None.
    """
    images = answer.images
    blend = await asyncio.to_thread(_blend, job)
    links = _Links(task_id, images, ports)
    downloads = asyncio.Semaphore(DOWNLOADS)
    desk = asyncio.Lock()  # one picture is composited at a time: they are large

    async def one(index: int) -> AppError | None:
        try:
            async with downloads:
                data = await links.fetch(index, sleep)
            async with desk:
                seed = _seed(job, answer, index)
                deliver(await asyncio.to_thread(_finish, job, index, seed, data, blend, ports))
        except AppError as error:
            return error
        return None

    async with asyncio.TaskGroup() as group:
        wanted = (index for index in range(len(images)) if index not in have)
        ended = [group.create_task(one(index)) for index in wanted]
    errors = [task.result() for task in ended]
    short = len(images) < job.parameters.image_num
    missing = BadAnswer(f"{len(images)} of {job.parameters.image_num} pictures") if short else None
    return next((error for error in errors if error is not None), missing)


class _Links:
    """The links to a task's pictures; they age, so each round asks for fresh ones."""

    def __init__(self, task_id: str, images: tuple[ResultImage, ...], ports: Ports) -> None:
        self._task_id = task_id
        self._images = images
        self._ports = ports

    async def fetch(self, index: int, sleep: Sleep) -> bytes:
        """Picture `index`, tried up to `ROUNDS` times over some minutes."""
        for delay in _pauses():
            try:
                return await self._ports.backend.fetch(self._images[index])
            except AppError:
                if delay is None:
                    raise
            await sleep(delay)
            await self._refresh()
        raise AssertionError("the last pause is None")

    async def _refresh(self) -> None:
        try:
            fresh = await self._ports.backend.task_result(self._task_id)
        except AppError:
            return  # the old links may still do
        if len(fresh.images) >= len(self._images):
            self._images = fresh.images


def _pauses() -> Iterator[float | None]:
    yield from (2.0**n for n in range(ROUNDS - 1))
    yield None


def _seed(job: Job, answer: TaskResult, index: int) -> int | None:
    """The seed of one picture: variant i is made from the task's seed + i."""
    first = answer.extra.seed
    if first is None and job.parameters.seed >= 0:
        first = job.parameters.seed
    return None if first is None else first + index


def _blend(job: Job) -> _Blend:
    weight = region_weight(job.mask, job.region.rect, job.parameters)
    invert = bool(job.parameters.inpainting_mask_invert)
    return _Blend(weight, redrawn_box(job.mask, invert=invert))


def _finish(
    job: Job, index: int, seed: int | None, data: bytes, blend: _Blend, ports: Ports
) -> Result:
    """Everything that happens to one picture after it arrived, in a thread."""
    raw_path = ports.shelf.keep_raw(job, index, data)
    try:
        answer = ports.decode(data, raw_path.name)
    except PictureError as error:
        raise BadAnswer(f"{raw_path.name}: {error.kind}") from error
    picture = composite(job.picture, answer, job.region, blend.weight)
    kind = job.parameters.response_image_type
    try:
        file = encode(picture, kind, describe(job, seed=seed, index=index))
    except (OSError, ValueError) as error:  # WebP, for one, ends at 16383 pixels a side
        raise StorageError("other", raw_path, str(error)) from error
    path = ports.shelf.keep(job, index, seed, file, SUFFIXES[kind])
    ports.journal.add_result(job.id, index, path, raw_path, seed)
    return Result(
        job_id=job.id,
        index=index,
        path=path,
        raw_path=raw_path,
        seed=seed,
        size=picture.size,
        thumbnail=thumbnail(picture, blend.box),
    )
