"""Asking about a task: trouble never ends a job, only the service's word does."""

from app.model.errors import BadAnswer, JobFailed, TaskNotFound
from app.model.job import JobState
from tests.faults.rows import ALWAYS, done, ended

_BROKEN = (
    "reset_at_once", "dropped_request", "dropped_request_rst", "lost_response", "reset_mid_head",
    "reset_mid_body", "cut_body", "status_400", "status_408", "status_409", "status_425",
    "status_429", "status_500", "status_502", "status_503", "status_504", "status_520",
    "status_404", "status_410", "html_200", "empty_200", "no_content", "redirect_302",
    "redirect_307", "huge_header", "many_headers", "not_http", "bad_chunks", "bad_gzip",
    "cut_gzip", "unknown_encoding", "gzip_bomb", "endless_body", "endless_length", "refused_early",
    "json_cut", "json_text", "json_trailing", "json_nul", "json_not_utf8", "json_deep",
    "json_deep_member", "json_long_number", "json_padded", "json_null", "json_number",
    "json_string", "json_list", "json_empty", "json_wrong_types",
    "result_failed", "status_failed", "limit", "refused", "not_found", "wrong_task_id",
    "status_missing",
)  # fmt: skip
_SILENT = ("hang", "silent", "stalled_body", "drip", "slow_head")
_RUNNING = ("queued_forever", "stuck_99", "no_progress", "progress_wild", "eta_wild",
            "unknown_status")  # fmt: skip
_ODD = (
    "status_succeeded", "status_lower", "loose_types", "extra_null", "type_evil", "short_ttl",
    "clock_skew", "images_wrong_types", "task_id_left_out", "duplicate_url", "early_hints",
    "strange_headers", "extra_bytes", "packed", "slow_body", "json_surrogate", "json_bom",
    "json_utf16", "json_unknown_members", "json_duplicate_keys",
)  # fmt: skip
_LASTING = ("status_503", "status_429", "json_cut", "html_200", "dropped_request", "refused")


def _at_poll(*names: str) -> tuple[str, ...]:
    return tuple(f"poll.{name}" for name in names)


TROUBLE = [
    *done(*_at_poll(*_BROKEN)),
    *done(*_at_poll(*_SILENT), quick="poll"),
    *done(*_at_poll(*_LASTING), times=40),
    *done("poll.status_403", "poll.status_401", given={"body": "page"}, times=5),
    *done("poll.status_404", given={"body": "text"}, times=5),
    *done("poll.status_429", given={"retry_after": "1000000000"}, times=2),
]

RUNNING = [
    *done(*_at_poll(*_RUNNING), times=60),
    *done("poll.unknown_status", given={"status": None}, times=3),
    *done("poll.unknown_status", given={"status": 3}, times=3),
    *done("poll.unknown_status", given={"status": {"a": "TASK_STATUS_FAILED"}}, times=3),
]

ODD_BUT_RIGHT = done(*_at_poll(*_ODD), times=ALWAYS)

FAILED = [
    *ended(JobState.FAILED, JobFailed, *_at_poll("failed", "failed_empty", "failed_html")),
    *ended(JobState.FAILED, JobFailed, *_at_poll("failed_huge", "task_failed")),
    *ended(JobState.LOST, TaskNotFound, "poll.not_found", times=ALWAYS),
    *done("poll.not_found", times=2),
]

PICTURES_MISSING = [
    *done(*_at_poll("no_images", "empty_images", "null_images")),
    *done(*_at_poll("no_images", "empty_images", "null_images"), times=8),
    *ended(
        JobState.PARTIAL, BadAnswer, *_at_poll("no_images", "empty_images", "null_images"),
        times=ALWAYS,
    ),
    *ended(JobState.PARTIAL, BadAnswer, "poll.fewer_images", times=ALWAYS, pictures=1),
    *done("poll.more_images", times=ALWAYS, pictures=3),
    *done("poll.more_images", times=ALWAYS, given={"number": 40}, pictures=16),
]  # fmt: skip

ROWS = [*TROUBLE, *RUNNING, *ODD_BUT_RIGHT, *FAILED, *PICTURES_MISSING]
