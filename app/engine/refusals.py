"""What the engine answers when it does not do what was asked: the contract's reasons."""

from collections.abc import Mapping
from types import MappingProxyType

STATUS: Mapping[str, int] = MappingProxyType(
    {
        "INVALID_REQUEST_BODY": 400,
        "IMAGE_FILE_EXCEEDS_MAX_SIZE": 400,
        "INVALID_IMAGE_FORMAT": 400,
        "IMAGE_EXCEEDS_MAX_RESOLUTION": 400,
        "INVALID_IMAGE_SIZE": 400,
        "MISSING_API_KEY": 400,
        "INVALID_API_KEY": 403,
        "API_NOT_ALLOWED": 403,
        "API_NOT_FOUND": 404,
        "TASK_NOT_FOUND": 404,
        "RATE_LIMIT_EXCEEDED": 429,
        "CREATE_TASK_FAILED": 500,
    }
)
"""The documented reasons that the engine uses, each with its status."""


class Refusal(Exception):
    """A request that is not carried out.

    `field` is the wire path of the offending value (`request.steps`), `retry_after_s` how long
    to wait before the next try; both may be missing.
    """

    def __init__(
        self, reason: str, message: str, *, field: str = "", retry_after_s: int | None = None
    ) -> None:
        super().__init__(f"{reason}: {message}")
        self.reason = reason
        self.message = message
        self.field = field
        self.retry_after_s = retry_after_s

    @property
    def status(self) -> int:
        return STATUS[self.reason]

    @property
    def body(self) -> dict[str, object]:
        """The error body as the contract has it."""
        return {
            "code": self.status,
            "reason": self.reason,
            "message": self.message,
            "metadata": {"field": self.field} if self.field else {},
        }


def invalid(field: str, text: str) -> Refusal:
    """A value that the contract does not allow; the message names the field too."""
    return Refusal("INVALID_REQUEST_BODY", f"{field}: {text}" if field else text, field=field)
