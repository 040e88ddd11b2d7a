"""The program's errors. They carry data; `shell.messages` and `headless.telling` word them.

AppError
├── InvalidInput            the artist can mend it now
├── PictureError            a file that is no picture we can open
│   └── NoRoom              a picture that memory does not hold
├── ServiceError            the service answered with a refusal, or could not
│   ├── Unauthorized        key missing, wrong or not accepted
│   ├── NotAllowed          the account may not use this
│   ├── OutOfCredit         the balance is too low
│   ├── RateLimited         too many calls; may say when to come again
│   ├── Rejected            a value or a picture was refused
│   ├── Moderated           refused by content rules
│   ├── TaskNotFound        no task of that id
│   ├── NotCreated          the service says that it made no task
│   ├── WrongAddress        something else answers at this address
│   │   └── NothingOffered  the service answers, and has nothing to inpaint with
│   ├── BadAnswer           an answer that does not say what it must
│   │   ├── Unreadable      a finished picture that cannot be opened
│   │   └── BadLink         an address that nothing may be fetched from
│   └── ServiceDown         trouble on the service's side
├── Unreachable             nothing was delivered
├── AnswerLost              delivered, perhaps carried out, but no answer came
├── AlreadySent             too late to cancel
├── SetAside                not watched any more; the service goes on
├── JobFailed               the service gave the task up
└── StorageError            a file could not be written or read
    ├── NotSaved            a picture that came is kept, but not where it should be
    └── NotKept             a picture that came could not be kept at all
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from app.model.geometry import Size


class AppError(Exception):
    """Anything that can go wrong in a way the program foresees."""


class InvalidInput(AppError):
    """A value that must be changed first. `field` is a wire name, or `image` or `mask`."""

    def __init__(self, field: str, kind: str, limit: Any = None) -> None:
        super().__init__(f"{field}: {kind}" + ("" if limit is None else f" ({limit})"))
        self.field = field
        self.kind = kind
        self.limit = limit


class PictureError(AppError):
    """A file that cannot be opened as a picture.

    `kind` is one of `missing`, `no_access`, `not_a_file`, `not_a_picture`, `unsupported`,
    `damaged`, `too_large`, `empty`, `project`, `unreadable` (it took too long, or broke off);
    `detail` is a short technical hint.
    """

    def __init__(self, kind: str, path: Path | None = None, detail: str = "") -> None:
        super().__init__(f"{path or 'picture'}: {kind} {detail}".rstrip())
        self.kind = kind
        self.path = path
        self.detail = detail


class NoRoom(PictureError):
    """A picture of `size` that takes `needed` bytes of memory, when only `free` are left."""

    def __init__(self, path: Path | None, size: Size, needed: int, free: int) -> None:
        super().__init__("too_large", path, f"{size.width} × {size.height}")
        self.size = size
        self.needed = needed
        self.free = free


class ServiceError(AppError):
    """The service's refusal: its `reason` (a stable word), `message` (its own words) and status."""

    def __init__(self, message: str = "", *, reason: str = "", status: int = 0) -> None:
        super().__init__(message or reason or (f"status {status}" if status else ""))
        self.message = message
        self.reason = reason
        self.status = status


class Unauthorized(ServiceError):
    """The key is missing, wrong or not accepted here."""


class NotAllowed(ServiceError):
    """The account may not use this (identity check, closed feature, billing)."""


class OutOfCredit(ServiceError):
    """The balance is too low."""


class RateLimited(ServiceError):
    """Too many calls. `retry_after_s` is the wait the service asked for, or None."""

    def __init__(
        self,
        message: str = "",
        *,
        reason: str = "",
        status: int = 0,
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(message, reason=reason, status=status)
        self.retry_after_s = retry_after_s


class Rejected(ServiceError):
    """A value or a picture was refused. `field` is its wire name when the service names it."""

    def __init__(
        self, message: str = "", *, reason: str = "", status: int = 0, field: str = ""
    ) -> None:
        super().__init__(message, reason=reason, status=status)
        self.field = field


class Moderated(ServiceError):
    """The prompt or the picture was refused by content rules."""


class TaskNotFound(ServiceError):
    """The service knows no task of that id."""


class NotCreated(ServiceError):
    """The service says that no task was made, so nothing is charged."""


class WrongAddress(ServiceError):
    """No such API here: a wrong base URL, a retired API or a network's login page."""


class NothingOffered(WrongAddress):
    """A service that accepts the key and lists no model: a retired API looks like that."""


class BadAnswer(ServiceError):
    """An answer without what it must contain."""


class Unreadable(BadAnswer):
    """A finished picture that cannot be opened. Its bytes are kept at `path`."""

    def __init__(self, message: str = "", *, path: Path | None = None) -> None:
        super().__init__(message)
        self.path = path


class BadLink(BadAnswer):
    """An address that nothing may be fetched from: no request was made."""


class ServiceDown(ServiceError):
    """The service or its gateway is in trouble (5xx)."""


class Unreachable(AppError):
    """No connection, or it broke before the request was out: nothing was delivered.

    `kind` is one of `dns`, `refused`, `tls`, `timeout`, `proxy`, `network`.
    """

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(f"{kind}: {detail}" if detail else kind)
        self.kind = kind
        self.detail = detail


class AnswerLost(AppError):
    """The request was delivered, wholly or in part, and no usable answer came back.

    The service may have carried it out and charged for it; it must not be sent again unasked.
    `kind` is what came instead of an answer: `silence`, `cut` (it broke off), `trouble` (of the
    service or its gateway), `unreadable`, `elsewhere` (a page or a redirect: somebody else
    answered), `repeated` (the id of another job), or `interrupted` (the program ended while it
    was sending). `raw` is what came of it, the key masked; `task_id` an id found in there.
    """

    def __init__(
        self, detail: str = "", *, kind: str = "silence", raw: bytes = b"", task_id: str = ""
    ) -> None:
        super().__init__(f"{kind}: {detail}" if detail else kind)
        self.kind = kind
        self.detail = detail
        self.raw = raw
        self.task_id = task_id

    @property
    def is_charge_unlikely(self) -> bool:
        """Whether what came speaks against a charge; never that there was none."""
        return self.kind == "elsewhere"


class AlreadySent(AppError):
    """A job that the service has begun cannot be cancelled any more."""


class SetAside(AppError):
    """A job is not watched any more, though the service goes on with it."""


class JobFailed(AppError):
    """The task ended without pictures. `reason` is the service's own text, perhaps empty."""

    def __init__(self, reason: str = "") -> None:
        super().__init__(reason or "the task failed")
        self.reason = reason


class StorageError(AppError):
    """A file could not be written or read.

    `kind` is one of `full`, `read_only`, `no_access`, `no_folder`, `missing`, `damaged`, `newer`
    (only a newer program may write it), `format`, `mask_format`, `project_format`, `changed`,
    `too_large`, `silent` (no answer came), `other`.
    """

    def __init__(self, kind: str, path: Path, detail: str = "") -> None:
        super().__init__(f"{path}: {kind} {detail}".rstrip())
        self.kind = kind
        self.path = path
        self.detail = detail


class NotSaved(StorageError):
    """A picture that came could not be saved where it belongs; its bytes are kept with the job."""


class NotKept(StorageError):
    """A picture that came could not even be kept with the job; the service has it for a while.

    `until` is how long at least, where it said so.
    """

    def __init__(
        self, kind: str, path: Path, detail: str = "", *, until: datetime | None = None
    ) -> None:
        super().__init__(kind, path, detail)
        self.until = until
