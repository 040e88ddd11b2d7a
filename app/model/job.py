"""A job: what was asked, where it stands, what came of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from app.contract.parameters import Parameters
from app.model.geometry import Rect, Size
from app.model.picture import Picture, Plane
from app.model.services import Service


class JobState(StrEnum):
    """Where a job stands.

    PREPARED → SUBMITTING → SUBMITTED → SAVING → DONE is the good path. UNKNOWN means that the
    request may have been carried out but no answer came; PARTIAL that some pictures are missing;
    NOT_SENT, REJECTED and NOT_CREATED that surely no task was made.
    """

    PREPARED = "prepared"
    SUBMITTING = "submitting"
    SUBMITTED = "submitted"
    SAVING = "saving"
    DONE = "done"
    NOT_SENT = "not_sent"
    REJECTED = "rejected"
    NOT_CREATED = "not_created"
    UNKNOWN = "unknown"
    FAILED = "failed"
    PARTIAL = "partial"
    LOST = "lost"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self not in UNDER_WAY


UNDER_WAY = frozenset({JobState.PREPARED, JobState.SUBMITTING, JobState.SUBMITTED, JobState.SAVING})

TRANSITIONS: dict[JobState, frozenset[JobState]] = {
    JobState.PREPARED: frozenset({JobState.SUBMITTING, JobState.NOT_SENT, JobState.CANCELLED}),
    # Back to PREPARED: surely nothing was made, and it waits to be sent again.
    JobState.SUBMITTING: frozenset(
        {
            JobState.SUBMITTED,
            JobState.PREPARED,
            JobState.NOT_SENT,
            JobState.REJECTED,
            JobState.NOT_CREATED,
            JobState.UNKNOWN,
            JobState.CANCELLED,
        }
    ),
    # A task with an id can be asked for again, as often as it takes: also by a job that was set
    # aside in the middle, when the disk refused to record its next step.
    JobState.SUBMITTED: frozenset(
        {
            JobState.SUBMITTED,
            JobState.SAVING,
            JobState.FAILED,
            JobState.LOST,
            JobState.CANCELLED,
        }
    ),
    JobState.SAVING: frozenset(
        {JobState.SUBMITTED, JobState.DONE, JobState.PARTIAL, JobState.CANCELLED}
    ),
    # Surely nothing was made: the same job is sent once more.
    JobState.NOT_SENT: frozenset({JobState.SUBMITTING}),
    JobState.NOT_CREATED: frozenset({JobState.SUBMITTING}),
    JobState.REJECTED: frozenset({JobState.SUBMITTING}),
    # SUBMITTED: the task's id was found after all. SUBMITTING: the artist said to send it again,
    # although it may be charged twice; nothing but that leads there.
    JobState.UNKNOWN: frozenset({JobState.SUBMITTED, JobState.SUBMITTING}),
    JobState.LOST: frozenset({JobState.SUBMITTED}),
    JobState.PARTIAL: frozenset({JobState.SUBMITTED}),
}
"""The steps that a job may take; a state that is missing here leads nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """The part of a picture that a job sends: `rect` in picture pixels, sent at `sent` size.

    `sent` equals `rect.size` unless the part itself is too large for the service.
    """

    rect: Rect
    sent: Size

    @property
    def is_scaled(self) -> bool:
        return self.sent != self.rect.size


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Job:
    """Everything that one job needs, fixed when Generate was pressed.

    `mask` is a read-only plane of the picture's size, 255 = redraw. `id` is 32 hex digits.
    """

    id: str
    created: datetime
    service: Service
    parameters: Parameters
    picture: Picture
    mask: Plane
    region: Region


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """The two files that a job sends; `image` is a PNG or an original that already qualifies."""

    image: bytes
    mask: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What one sending of a job is known by.

    `number` counts from 1. `key_fingerprint` is the beginning of the key's hash, never the key.
    `balance` is the account's balance shortly before, where it was known.
    """

    number: int
    body_sha256: str
    key_fingerprint: str
    balance: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A service took a job: the id of its task, and its answer as it came, the key masked."""

    task_id: str
    answer: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What a job is doing now.

    `step` is one of `waiting`, `preparing`, `uploading`, `queued`, `working`, `saving`; `fraction`
    is 0…1 and None where nobody knows, never invented; `trouble` is True while something keeps
    failing. `until` is when it goes on, a reading of `time.monotonic`. `reason` says why a job is
    `waiting`: "" (for its turn), `rate` (so many images a minute), `limited` (the service asked
    to slow down), `unreachable` (there is no connection), `key` (there is none), `refused` (the
    service does not take the key) or `account` (it does not let the account do this); while
    `saving` it is `room` where the disk is full, and `held_until` how long the service has what
    finds no room, at least, if it said so.
    `is_long` says that it has worked for longer than jobs usually do.
    """

    step: str
    fraction: float | None = None
    trouble: bool = False
    until: float | None = None
    reason: str = ""
    held_until: datetime | None = None
    is_long: bool = False


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """A picture as the service sent it, on disk, and the seed that it was made from."""

    path: Path
    data: bytes
    seed: int | None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Result:
    """One finished picture, safe on disk.

    `path` holds the composited picture, `raw_path` the service's answer byte for byte. `seed`
    is this picture's own (None when the service does not tell). `thumbnail` shows the redrawn
    part: shape (height, width, 4), byte order as in `Picture`, at most 288 × 192. `notices` are
    those of the picture that came, and `other_size` where it had to be resized to fit: it came in
    the size `came_as`.
    """

    job_id: str
    index: int
    path: Path
    raw_path: Path
    seed: int | None
    size: Size
    thumbnail: Plane
    notices: tuple[str, ...] = ()
    came_as: Size | None = None
