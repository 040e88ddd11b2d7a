"""From a refusal or a broken connection to the program's own errors."""

import re
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from app.api.exchange import Reply
from app.contract.reasons import Reason
from app.contract.responses import ErrorBody
from app.contract.wire import Request
from app.model.errors import (
    AppError,
    BadAnswer,
    JobFailed,
    Moderated,
    NotAllowed,
    NotCreated,
    OutOfCredit,
    RateLimited,
    Rejected,
    ServiceDown,
    ServiceError,
    TaskNotFound,
    Unauthorized,
    Unreachable,
    WrongAddress,
)

TROUBLE = (httpx.HTTPError, httpx.InvalidURL, OSError)
"""What a connection may raise; `TimeoutError` is an `OSError`."""

MAX_WAIT_S = 300.0
UNREADABLE_WAIT_S = 5.0

_REASONS: dict[str, type[ServiceError]] = {
    Reason.MISSING_API_KEY: Unauthorized,
    Reason.INVALID_API_KEY: Unauthorized,
    Reason.FAILED_TO_AUTH: Unauthorized,
    Reason.BILLING_AUTH_FAILED: NotAllowed,
    Reason.FEATURE_NOT_ALLOWED: NotAllowed,
    Reason.API_NOT_ALLOWED: NotAllowed,
    Reason.NEED_REAL_NAME_VERIFY: NotAllowed,
    Reason.ACCESS_DENY: NotAllowed,
    Reason.USER_IS_LOCKED: NotAllowed,
    Reason.BILLING_BALANCE_NOT_ENOUGH: OutOfCredit,
    Reason.NOT_ENOUGH_BALANCE: OutOfCredit,
    Reason.NOT_ENOUGH_BUDGET: OutOfCredit,
    Reason.FREE_TRIAL_QUOTA_EXCEEDS: OutOfCredit,
    Reason.RATE_LIMIT_EXCEEDED: RateLimited,
    Reason.INVALID_REQUEST_BODY: Rejected,
    Reason.VALIDATOR: Rejected,
    Reason.MODEL_NOT_FOUND: Rejected,
    Reason.IMAGE_FILE_EXCEEDS_MAX_SIZE: Rejected,
    Reason.INVALID_IMAGE_FORMAT: Rejected,
    Reason.IMAGE_EXCEEDS_MAX_RESOLUTION: Rejected,
    Reason.INVALID_IMAGE_SIZE: Rejected,
    Reason.ILLEGAL_PROMPT: Moderated,
    Reason.ILLEGAL_IMAGE_CONTENT: Moderated,
    Reason.TASK_NOT_FOUND: TaskNotFound,
    Reason.CREATE_TASK_FAILED: NotCreated,
    Reason.BILLING_FAILED: NotCreated,
    Reason.API_NOT_FOUND: WrongAddress,
    Reason.GET_RESULT_FAILED: ServiceDown,
    Reason.QUERY_TASK_STATUS_FAILED: ServiceDown,
    Reason.TASK_FAILED: ServiceDown,
    Reason.INTERNAL: ServiceDown,
    Reason.SERVICE_NOT_AVAILABLE: ServiceDown,
}
"""A reason says more than a status: a low balance has been seen as 400, 402 and 403."""

_STATUSES: dict[int, type[ServiceError]] = {
    401: Unauthorized,
    402: OutOfCredit,
    403: NotAllowed,
    404: WrongAddress,
    405: WrongAddress,
    407: WrongAddress,
    408: ServiceDown,  # the service gave up or is not ready: nobody can tell what it did
    409: ServiceDown,
    410: WrongAddress,
    425: ServiceDown,
    429: RateLimited,
    451: WrongAddress,
}

_LOGIN = {401, 403}
"""What networks and gateways answer with a page when they want somebody to log in."""

_FIELD = re.compile(
    r"(?<![A-Za-z0-9_])("
    + "|".join(sorted(Request.model_fields, key=len, reverse=True))
    + r")(?![A-Za-z0-9_])"
)


def refusal(reply: Reply, body: ErrorBody) -> ServiceError:
    """The error that a reply other than 2xx stands for; the service's words are kept."""
    kind = _REASONS.get(body.reason) or _by_status(reply)
    message, reason, status = body.message, body.reason, reply.status
    if kind is RateLimited:
        wait = retry_after_s(reply.headers)
        return RateLimited(message, reason=reason, status=status, retry_after_s=wait)
    if kind is Rejected:
        return Rejected(message, reason=reason, status=status, field=_field(body))
    return kind(message, reason=reason, status=status)


def _by_status(reply: Reply) -> type[ServiceError]:
    if reply.status < 400:
        return WrongAddress  # a redirect: followed, it would take key and picture elsewhere
    if reply.status >= 500:
        return ServiceDown
    if reply.is_page and reply.status in _LOGIN:
        return WrongAddress  # not the service's own word on a key
    return _STATUSES.get(reply.status, Rejected)


def _field(body: ErrorBody) -> str:
    """The wire name of the field that a refusal speaks of, or an empty text."""
    for text in (body.metadata.get("field", ""), body.message):
        if found := _FIELD.search(text):
            return found[0]
    return ""


def task_failure(error: ServiceError) -> AppError:
    """What an error means when it is the answer to a question about an accepted task."""
    if error.reason == Reason.TASK_FAILED:
        return JobFailed(error.message)
    if isinstance(error, WrongAddress):
        # This address took the task, so something between us and it is answering now.
        return BadAnswer(error.message, reason=error.reason, status=error.status)
    return error


def retry_after_s(headers: httpx.Headers) -> float | None:
    """The wait that a service asks for, in seconds, within reason; None when it asks for none."""
    text = headers.get("Retry-After", "").strip()
    if not text:
        return None
    if text.isascii() and text.isdigit():
        return min(float(text), MAX_WAIT_S)
    then, now = _moment(text), _moment(headers.get("Date", "")) or datetime.now(UTC)
    if then is None:
        return UNREADABLE_WAIT_S
    return min(max((then - now).total_seconds(), 0.0), MAX_WAIT_S)


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def unreachable(error: Exception) -> Unreachable:
    """What a connection's error means where nothing was delivered or nothing is lost by it."""
    return Unreachable(_kind(error), type(error).__name__)


def _kind(error: Exception) -> str:
    causes = list(_causes(error))
    for kind, types in _KINDS.items():
        if any(isinstance(cause, types) for cause in causes):
            return kind
    return "network"


_KINDS: dict[str, tuple[type[BaseException], ...]] = {
    "proxy": (httpx.ProxyError,),
    "tls": (ssl.SSLError,),
    "dns": (socket.gaierror, httpx.InvalidURL),
    "refused": (ConnectionRefusedError,),
    "timeout": (httpx.TimeoutException, TimeoutError),
}


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """`error` and all that led to it."""
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for part in error.exceptions:
                yield from _causes(part)
        error = error.__cause__ or error.__context__
