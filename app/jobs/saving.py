"""What happens to one picture after it arrived. Everything here blocks: it runs in a thread.

The bytes are kept as they came before anything is made of them. What was kept is never fetched
again: a picture that could not be saved is made from it when there is room, or another folder.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.jobs.ports import Ports
from app.model.composite import composite, region_weight
from app.model.encode import SUFFIXES, encode
from app.model.errors import NoRoom, NotKept, NotSaved, PictureError, StorageError, Unreadable
from app.model.job import Job, Result
from app.model.metadata import describe
from app.model.picture import Picture
from app.model.record import ResultRecord
from app.model.region import redrawn_box
from app.model.thumbnail import thumbnail


@dataclass(slots=True)
class Arrived:
    """A picture as it came; `raw_path` once its bytes are on disk.

    `until` is how long the service has it at least, if it said so.
    """

    index: int
    data: bytes
    seed: int | None = None
    raw_path: Path | None = None
    until: datetime | None = None


class Saving:
    """Saves the pictures of one job. They share the soft mask of the region."""

    def __init__(self, job: Job, ports: Ports, first_seed: int | None) -> None:
        self._job = job
        self._ports = ports
        self._first_seed = first_seed
        self._weight = region_weight(job.mask, job.region.rect, job.parameters)
        invert = bool(job.parameters.inpainting_mask_invert)
        self._box = redrawn_box(job.mask, invert=invert)

    def kept(self, index: int) -> Arrived | None:
        """A picture that came earlier and was not saved then."""
        found = self._ports.shelf.kept_raw(self._job.id, index)
        return None if found is None else Arrived(index, found.data, found.seed, found.path)

    def save(self, arrived: Arrived) -> Result:
        """Keep a picture, composite and save it; raises `Unreadable` if it is none."""
        answer = self._opened(arrived)
        return self._finished(arrived, self._kept_at(arrived), answer)

    def keep_unreadable(self, arrived: Arrived) -> Unreadable:
        """Keep bytes that are no picture; the error that says where they are."""
        path = self._ports.shelf.keep_unreadable(self._job, arrived.index, arrived.data)
        self._ports.journal.add_unreadable(self._job.id, arrived.index, path)
        return Unreadable(path.name, path=path)

    def _kept_at(self, arrived: Arrived) -> Path:
        if arrived.raw_path is None:
            arrived.seed = self._seed(arrived.index)
            keep = self._ports.shelf.keep_raw
            try:
                arrived.raw_path = keep(self._job, arrived.index, arrived.seed, arrived.data)
            except StorageError as error:
                refused = error.kind, error.path, error.detail
                raise NotKept(*refused, until=arrived.until) from error
        return arrived.raw_path

    def _opened(self, arrived: Arrived) -> Picture:
        try:
            return self._ports.decode(arrived.data, f"picture {arrived.index + 1}")
        except NoRoom:
            self._kept_at(arrived)  # a picture, though not one for this machine as it is now
            raise
        except PictureError as error:
            raise Unreadable(f"{error.kind} {error.detail}".rstrip()) from error

    def _finished(self, arrived: Arrived, raw_path: Path, answer: Picture) -> Result:
        """A picture that is kept, composited over the original and saved."""
        job, index, seed = self._job, arrived.index, arrived.seed
        picture = composite(job.picture, answer, job.region, self._weight)
        kind = job.parameters.response_image_type
        try:
            file = encode(picture, kind, self._about(index, seed))
        except (OSError, ValueError) as error:  # WebP, for one, ends at 16383 pixels a side
            raise NotSaved("other", raw_path, str(error)) from error
        try:
            path = self._ports.shelf.keep(job, index, seed, file, SUFFIXES[kind])
        except StorageError as error:
            raise NotSaved(error.kind, error.path, error.detail) from error
        saved = ResultRecord(
            index=index, path=path, raw_path=raw_path, seed=seed, size=picture.size
        )
        self._ports.journal.add_result(job.id, saved)
        return self._result(saved, picture, answer)

    def _result(self, saved: ResultRecord, picture: Picture, answer: Picture) -> Result:
        return Result(
            job_id=self._job.id,
            index=saved.index,
            path=saved.path,
            raw_path=saved.raw_path,
            seed=saved.seed,
            size=picture.size,
            thumbnail=thumbnail(picture, self._box),
            notices=_notices(answer, self._job),
            came_as=answer.size,
        )

    def _about(self, index: int, seed: int | None) -> Mapping[str, str]:
        """What the file says about itself: nothing, where the artist wants its prompt nowhere."""
        return describe(self._job, seed=seed, index=index) if self._ports.describes() else {}

    def _seed(self, index: int) -> int | None:
        """The seed of one picture: variant i is made from the task's seed + i."""
        first = self._first_seed
        if first is None and self._job.parameters.seed >= 0:
            first = self._job.parameters.seed
        return None if first is None else first + index


def _notices(answer: Picture, job: Job) -> tuple[str, ...]:
    """What the artist should know about a picture that came."""
    return answer.notices + (("other_size",) if answer.size != job.region.sent else ())
