"""The reasons of refusals: the stable words that an error body gives beside its message."""

from enum import StrEnum


class Reason(StrEnum):
    """A reason with the status that is documented for it, 0 where none is.

    The status is what an engine answers with. A client goes by the reason alone: a low balance,
    for one, has been seen as 400, 402 and 403.
    """

    status: int

    def __new__(cls, word: str, status: int = 0) -> "Reason":
        reason = str.__new__(cls, word)
        reason._value_ = word
        reason.status = status
        return reason

    INVALID_REQUEST_BODY = "INVALID_REQUEST_BODY", 400
    IMAGE_FILE_EXCEEDS_MAX_SIZE = "IMAGE_FILE_EXCEEDS_MAX_SIZE", 400
    INVALID_IMAGE_FORMAT = "INVALID_IMAGE_FORMAT", 400
    IMAGE_EXCEEDS_MAX_RESOLUTION = "IMAGE_EXCEEDS_MAX_RESOLUTION", 400
    INVALID_IMAGE_SIZE = "INVALID_IMAGE_SIZE", 400
    ILLEGAL_PROMPT = "ILLEGAL_PROMPT", 400
    ILLEGAL_IMAGE_CONTENT = "ILLEGAL_IMAGE_CONTENT", 400
    MISSING_API_KEY = "MISSING_API_KEY", 400
    BILLING_BALANCE_NOT_ENOUGH = "BILLING_BALANCE_NOT_ENOUGH", 400
    INVALID_API_KEY = "INVALID_API_KEY", 403
    BILLING_AUTH_FAILED = "BILLING_AUTH_FAILED", 403
    FEATURE_NOT_ALLOWED = "FEATURE_NOT_ALLOWED", 403
    API_NOT_ALLOWED = "API_NOT_ALLOWED", 403
    NEED_REAL_NAME_VERIFY = "NEED_REAL_NAME_VERIFY", 403
    API_NOT_FOUND = "API_NOT_FOUND", 404
    TASK_NOT_FOUND = "TASK_NOT_FOUND", 404
    RATE_LIMIT_EXCEEDED = "RATE_LIMIT_EXCEEDED", 429
    BILLING_FAILED = "BILLING_FAILED", 500
    CREATE_TASK_FAILED = "CREATE_TASK_FAILED", 500
    GET_RESULT_FAILED = "GET_RESULT_FAILED", 500
    TASK_FAILED = "TASK_FAILED", 500

    # Of other calls on the same hosts; seen in answers to these as well.
    FAILED_TO_AUTH = "FAILED_TO_AUTH", 401
    NOT_ENOUGH_BALANCE = "NOT_ENOUGH_BALANCE", 403
    ACCESS_DENY = "ACCESS_DENY", 403
    MODEL_NOT_FOUND = "MODEL_NOT_FOUND", 404
    SERVICE_NOT_AVAILABLE = "SERVICE_NOT_AVAILABLE", 503

    # Known from other programs alone.
    NOT_ENOUGH_BUDGET = "NOT_ENOUGH_BUDGET"
    FREE_TRIAL_QUOTA_EXCEEDS = "FREE_TRIAL_QUOTA_EXCEEDS"
    USER_IS_LOCKED = "USER_IS_LOCKED"
    VALIDATOR = "VALIDATOR"
    QUERY_TASK_STATUS_FAILED = "QUERY_TASK_STATUS_FAILED"
    INTERNAL = "INTERNAL"
