"""What the engine answers when it does not do what was asked: the contract's reasons."""

from app.contract.reasons import Reason

REASONS = (
    Reason.INVALID_REQUEST_BODY,
    Reason.IMAGE_FILE_EXCEEDS_MAX_SIZE,
    Reason.INVALID_IMAGE_FORMAT,
    Reason.IMAGE_EXCEEDS_MAX_RESOLUTION,
    Reason.INVALID_IMAGE_SIZE,
    Reason.MISSING_API_KEY,
    Reason.INVALID_API_KEY,
    Reason.API_NOT_ALLOWED,
    Reason.API_NOT_FOUND,
    Reason.TASK_NOT_FOUND,
    Reason.RATE_LIMIT_EXCEEDED,
    Reason.CREATE_TASK_FAILED,
    Reason.SERVICE_NOT_AVAILABLE,
)
"""Those that the engine uses."""


class Refusal(Exception):
    """A request that is not carried out.

    `field` is the wire path of the offending value (`request.steps`), `retry_after_s` how long
    to wait before the next try; both may be missing.
    """

    def __init__(
        self, reason: Reason, message: str, *, field: str = "", retry_after_s: int | None = None
    ) -> None:
        super().__init__(f"{reason}: {message}")
        self.reason = reason
        self.message = message
        self.field = field
        self.retry_after_s = retry_after_s

    @property
    def status(self) -> int:
        return self.reason.status

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
    return Refusal(Reason.INVALID_REQUEST_BODY, f"{field}: {text}" if field else text, field=field)
