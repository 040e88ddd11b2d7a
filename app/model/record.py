"""What is remembered of jobs beyond the program's end."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.model.errors import StorageError
from app.model.geometry import Size
from app.model.job import Attempt, JobState


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRecord:
    """One saved picture of a job; the files may have been moved or edited since.

    `size`, `sha256` and `size_bytes` are those of the file when it was recorded; versions 1 and 2
    did not tell the size in pixels, version 1 none of them.
    """

    index: int
    path: Path
    raw_path: Path
    seed: int | None
    size: Size | None = None
    sha256: str | None = None
    size_bytes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRecord:
    """A raw answer that no result came of: paid for, and kept.

    Either it `is_unreadable`, or the program ended before the picture was saved.
    """

    index: int
    path: Path
    sha256: str
    size_bytes: int
    is_unreadable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRecord:
    """One job. `folder` holds what was asked (see `storage.jobs.folder`).

    `revision` counts its steps. `error_kind` is the class of the `AppError` that the last step
    told of, `error_text` its text. `attempt` is the last sending, `answer` what the service said
    to it, masked. One that `is_hidden` was taken off the list; its files stay.
    """

    id: str
    created: datetime
    changed: datetime
    revision: int = 0
    state: JobState
    service_id: str
    base_url: str
    task_id: str | None = None
    error_kind: str | None = None
    error_text: str | None = None
    attempt: Attempt | None = None
    answer: bytes | None = None
    is_hidden: bool = False
    folder: Path
    results: tuple[ResultRecord, ...] = ()
    raws: tuple[RawRecord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """What a start found left by an end that was none, and how it was put right.

    `damaged` is where an unreadable journal was put; it `is_restored` if a copy of an earlier day
    took its place. `refusal` says why nothing can be recorded, so that nothing is sent. Of the
    jobs, `unknown` (by id) were being sent when the program ended, `adopted` were found by their
    folders alone, and `set_aside` are folders that hold no whole job. `found` counts the
    pictures that had come and had no rows.
    """

    damaged: Path | None = None
    is_restored: bool = False
    refusal: StorageError | None = None
    is_alone: bool = True
    unknown: tuple[str, ...] = ()
    adopted: tuple[str, ...] = ()
    set_aside: tuple[Path, ...] = ()
    found: int = 0

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to tell of."""
        return self == Recovery(is_alone=self.is_alone)
