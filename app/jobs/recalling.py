"""The pictures that jobs of earlier runs have saved, shown again as far as they are still there."""

import asyncio
from collections.abc import Callable

from app.jobs.resuming import Archive, Earlier
from app.jobs.steps import Deliver, Work
from app.model.errors import AppError
from app.model.geometry import Rect
from app.model.job import Job, Result
from app.model.record import ResultRecord
from app.model.region import redrawn_box
from app.model.thumbnail import thumbnail

_ALL = Rect(0, 0, 0, 0)
"""No part of a picture: a thumbnail shows the whole then."""


async def recall(
    earlier: Earlier, archive: Archive, loaded: Callable[[Job], None], show: Deliver
) -> None:
    """Show the pictures of a job one after the other, and tell the job that they are of.

    One that was moved, deleted or broken since is not shown, and that is nobody's failure.
    """
    if not earlier.saved:
        return
    job = await asyncio.to_thread(_whole, earlier.work)
    if job is not None:
        loaded(job)
    box = _ALL if job is None else await asyncio.to_thread(_box, job)
    for saved in earlier.saved:
        result = await asyncio.to_thread(_result, earlier.work.id, saved, archive, box)
        if result is not None:
            show(result)


def _whole(work: Work) -> Job | None:
    """The job as it was; None when not all of it is there any more."""
    try:
        return work.load()
    except AppError:
        return None


def _box(job: Job) -> Rect:
    return redrawn_box(job.mask, invert=bool(job.parameters.inpainting_mask_invert))


def _result(job_id: str, saved: ResultRecord, archive: Archive, box: Rect) -> Result | None:
    try:
        picture = archive.picture(saved)
    except AppError:
        return None
    return Result(
        job_id=job_id,
        index=saved.index,
        path=saved.path,
        raw_path=saved.raw_path,
        seed=saved.seed,
        size=picture.size,
        thumbnail=thumbnail(picture, box.within(Rect.of(picture.size))),
    )
