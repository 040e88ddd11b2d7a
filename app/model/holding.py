"""What the program keeps of its own beside the artist's files, and what of that is old."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One kind of what is kept, how much room it takes, and the folder to look for it in.

    `kind` is one of `jobs`, `pictures`, `masks`, `deleted`, `record`, `aside`, `log`.
    """

    kind: str
    folder: Path
    nbytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Old:
    """What is kept of jobs that were over `before` a day, and room that it takes.

    Over is a job that is done, or one that ended and was taken off the list: `job_ids` are those
    that still have files. `pictures` counts the whole pictures that no other job needs. Of
    the jobs, `moved` have a result that is no longer where it was saved.
    """

    before: datetime
    job_ids: tuple[str, ...]
    pictures: int
    moved: int
    nbytes: int

    @property
    def is_nothing(self) -> bool:
        return not self.job_ids and not self.pictures
