"""What a job needs from the outside; `app.parts` hands in who provides it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from app.model.job import Progress

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    # The window's frame reads this room, and must not wait for what reads answers.
    from app.contract.kinds import ModelType
    from app.contract.parameters import Parameters
    from app.contract.responses import Model, ResultImage, TaskResult, User
    from app.model.errors import AppError
    from app.model.job import Accepted, Attempt, Job, JobState, RawAnswer, Upload
    from app.model.picture import Picture
    from app.model.record import ResultRecord

Sent = Callable[[int, int], None]
"""Told how many of how many bytes of a request are out."""

Report = Callable[[Progress], None]
"""Hears what a job is doing now."""


class Backend(Protocol):
    """A service that speaks the contract. Every method raises `AppError`s only, or is cancelled.

    `submit` raises `Unreachable` when surely nothing was delivered and `AnswerLost` when that is
    not sure; it tries once. It tells `sent` that all bytes are out before the last one leaves:
    cancelled earlier, it has started nothing. `digest` is the SHA-256 of the body that it would
    send; it blocks. `fingerprint` tells keys apart without telling them, `recent_balance` is the
    balance if the service told it just now.
    """

    @property
    def fingerprint(self) -> str: ...
    @property
    def recent_balance(self) -> float | None: ...
    def digest(self, parameters: Parameters, upload: Upload) -> str: ...
    async def submit(self, parameters: Parameters, upload: Upload, sent: Sent) -> Accepted: ...
    async def task_result(self, task_id: str) -> TaskResult: ...
    async def fetch(self, image: ResultImage) -> bytes: ...
    async def stop(self, task_id: str) -> None:
        """Ask that a task end now. The contract has no such call: services go on regardless."""

    async def models(self, kind: ModelType, *, sdxl: bool = False) -> Sequence[Model]: ...
    async def user(self) -> User: ...
    def renew(self) -> None:
        """Use new connections from now on: the old ones may lead nowhere."""


class Journal(Protocol):
    """The durable record of jobs. Each call returns only when what it says is on disk.

    The calls block on the disk; run them in a thread. They raise `StorageError`.
    """

    def prepare(self, job: Job, upload: Upload) -> None:
        """Record a job with all that it needs, before it is acknowledged."""

    def note(
        self,
        job_id: str,
        state: JobState,
        *,
        task_id: str | None = None,
        error: AppError | None = None,
        answer: bytes | None = None,
        attempt: Attempt | None = None,
    ) -> None:
        """Record that a job took a step; one that `TRANSITIONS` does not know is a `ValueError`.

        `answer` is what the service said to the submit, masked. `attempt` tells of the sending
        that begins.
        """

    def add_result(self, job_id: str, result: ResultRecord) -> None:
        """Record a finished picture whose files are on disk; they are read once more."""

    def add_unreadable(self, job_id: str, index: int, raw_path: Path) -> None:
        """Record a raw answer that is no picture that can be opened; it is paid for, and kept."""

    def has_task(self, base_url: str, task_id: str) -> bool:
        """Whether a task of that id, of the service at that address, belongs to a job already."""

    def hide(self, job_id: str) -> None:
        """Take a job off the list; its files stay. One that is under way is a `ValueError`."""


class Shelf(Protocol):
    """Where finished pictures go. Blocks on the disk; raises `StorageError`."""

    def keep_raw(self, job: Job, index: int, seed: int | None, data: bytes) -> Path:
        """Keep the service's answer byte for byte, never over another file."""

    def keep_unreadable(self, job: Job, index: int, data: bytes) -> Path:
        """Keep an answer that is no picture that can be opened: it is paid for all the same."""

    def kept_indices(self, job_id: str) -> frozenset[int]:
        """The pictures of a job whose answers are kept."""

    def kept_raw(self, job_id: str, index: int) -> RawAnswer | None:
        """An answer that was kept earlier; None where there is none."""

    def keep(self, job: Job, index: int, seed: int | None, data: bytes, suffix: str) -> Path:
        """Keep the finished picture under the artist's folder and name template."""


class Decode(Protocol):
    """Reads the bytes of a picture; raises `PictureError`. Blocks."""

    def __call__(self, data: bytes, name: str) -> Picture: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """All that a job touches outside of memory.

    `original` gives a picture's own file, byte for byte, if it can be sent as it is. `describes`
    says whether results tell how they were made; it is asked for each, as the artist may change it.
    """

    backend: Backend
    journal: Journal
    shelf: Shelf
    decode: Decode
    original: Callable[[Picture], bytes | None]
    describes: Callable[[], bool] = field(default=lambda: True)
