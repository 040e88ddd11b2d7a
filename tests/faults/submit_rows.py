"""The paid call: what each fault may mean for money, and what the job says then.

UNKNOWN wherever a task may have been made; what is surely not delivered is sent again by itself.
"""

from app.model.errors import (
    AnswerLost,
    Moderated,
    NotAllowed,
    NotCreated,
    OutOfCredit,
    RateLimited,
    Rejected,
    Unreachable,
    WrongAddress,
)
from app.model.job import JobState
from tests.faults.rows import ALWAYS, Row, done, ended

TRIES = 4
"""How often a job goes out when the service surely does not have it."""

SURELY_NOT_OUT = (
    "submit.reset_at_once",
    "submit.reset_before_body",
    "submit.closed_before_body",
    "submit.refused_early",
)

NOT_DELIVERED = [
    *done(*SURELY_NOT_OUT, large=True, requests=2),
    *done("submit.stalled_upload", large=True, quick="upload"),
    *done("submit.reset_before_body", large=True, times=3, requests=TRIES),
    *ended(
        JobState.NOT_SENT, Unreachable, "submit.reset_before_body",
        large=True, times=ALWAYS, requests=TRIES, tasks=0,
    ),
]  # fmt: skip

_CREATED_ANSWER_LOST = (
    "lost_response", "lost_response_rst", "reset_mid_head", "reset_mid_body", "cut_body",
    "huge_header", "many_headers", "not_http", "bad_chunks", "bad_gzip", "cut_gzip",
    "unknown_encoding", "gzip_bomb", "endless_body", "endless_length", "empty_200", "no_content",
    "json_cut", "json_text", "json_trailing", "json_nul", "json_not_utf8", "json_deep",
    "json_deep_member", "json_long_number", "json_padded",
    "json_null", "json_number", "json_string", "json_list", "json_empty", "json_wrong_types",
    "task_id_missing", "task_id_null", "task_id_number", "task_id_empty", "task_id_list",
    "task_id_true", "task_id_path", "task_id_control", "task_id_bidi", "task_id_surrogate",
    "task_id_space", "task_id_newline", "task_id_unicode", "task_id_markup", "task_id_huge",
    "created_then_500", "created_then_502", "created_then_503", "created_then_504",
    "created_then_520", "created_then_408", "created_then_409", "created_then_425",
    "created_then_truncated", "created_then_html",
)  # fmt: skip
_CREATED_AND_SILENT = ("hang", "stalled_body", "drip", "slow_head")
_NOT_MADE = ("dropped_request", "dropped_request_rst", "html_200", "status_500", "status_502",
             "status_503", "status_504", "status_520", "status_522", "status_408", "status_409",
             "status_425", "status_405", "status_410", "status_451", "redirect_301",
             "redirect_302", "redirect_303", "redirect_307", "redirect_308")  # fmt: skip


def _lost(*names: str, tasks: int, **facts: object) -> list[Row]:
    faults = (f"submit.{name}" for name in names)
    return ended(JobState.UNKNOWN, AnswerLost, *faults, tasks=tasks, requests=1, **facts)


PERHAPS_CHARGED = [
    *_lost(*_CREATED_ANSWER_LOST, tasks=1),
    *_lost(*_CREATED_AND_SILENT, tasks=1, quick="submit"),
    *_lost(*_NOT_MADE, tasks=0),
    *_lost("hang_unexecuted", "silent", tasks=0, quick="submit"),
    *_lost("status_404", tasks=0, given={"body": "text"}, kind="elsewhere"),
    *_lost("status_403", "status_401", tasks=0, given={"body": "page"}, kind="elsewhere"),
    *_lost("status_502", "status_504", tasks=0, given={"body": "page"}),
    *_lost("created_then_truncated", tasks=1, given={"keep_id": True}),
]


def _refused(error: type[Exception], *names: str) -> list[Row]:
    faults = (f"submit.{name}" for name in names)
    return ended(JobState.REJECTED, error, *faults, tasks=0, requests=1)


REFUSED = [
    *_refused(
        Rejected, "invalid_body", "file_too_large", "image_format", "image_resolution",
        "image_size", "model_not_found", "status_400", "status_413", "status_415", "status_422",
    ),
    *_refused(Moderated, "illegal_prompt", "illegal_image"),
    *_refused(OutOfCredit, "balance", "balance_402", "balance_403"),
    *_refused(WrongAddress, "retired"),
    *_refused(NotAllowed, "feature"),
    *ended(
        JobState.NOT_CREATED, NotCreated, "submit.create_failed", "submit.billing_failed",
        tasks=0, requests=1,
    ),
]  # fmt: skip


def _limited(said: str | None, waits_s: float | None) -> list[Row]:
    return done("submit.status_429", given={"retry_after": said}, requests=2, waits_s=waits_s)


TOO_FAST = [
    *_limited("7", 7),
    *_limited("Fri, 01 Jan 2100 00:00:00 GMT", 300),
    *_limited("1000000000", 300),
    *_limited("soon", 5),
    *_limited("-1", 5),
    *_limited("0", 0),
    *_limited(None, None),
    *done("submit.limit", times=3, requests=TRIES),
    *ended(
        JobState.NOT_SENT, RateLimited, "submit.limit", times=ALWAYS, requests=TRIES, tasks=0
    ),
    # A service that lies: it made the task and says that it did not. The first was charged, and
    # nothing in the answer tells; a balance might. This is the one risk that is accepted.
    *done("submit.created_then_429", tasks=2, requests=2),
]  # fmt: skip

ODD_BUT_RIGHT = done(
    "submit.legacy", "submit.slow_read", "submit.slow_body", "submit.early_hints",
    "submit.strange_headers", "submit.extra_bytes", "submit.packed", "submit.json_surrogate",
    "submit.json_duplicate_keys", "submit.json_bom", "submit.json_utf16",
    "submit.json_unknown_members",
    requests=1,
)  # fmt: skip

ROWS = [*NOT_DELIVERED, *PERHAPS_CHARGED, *REFUSED, *TOO_FAST, *ODD_BUT_RIGHT]
