"""Pictures on their way back: each is fetched until it is there, and what was paid for is kept."""

from app.model.errors import AppError, BadAnswer, Unreachable
from app.model.job import JobState
from tests.faults.rows import ALWAYS, PICTURES, done, ended

_BROKEN = (
    "expired", "slow_down", "status_404", "status_410", "status_429", "status_500", "status_502",
    "reset_at_once", "dropped_request", "reset_mid_head", "reset_mid_body", "cut_body",
    "html_200", "empty_200", "no_content", "huge_header", "many_headers", "not_http", "bad_chunks",
    "bad_gzip", "cut_gzip", "unknown_encoding", "gzip_bomb", "endless_body", "endless_length",
    "empty", "one_byte", "not_image", "svg", "eps", "signature_only",
    "truncated_png", "bad_crc", "flipped_bit", "claims_huge", "bomb", "text_bomb",
)  # fmt: skip
_SILENT = ("silent", "stalled_body", "drip", "slow_head")
_ODD = (
    "other_type", "webp", "gif", "one_pixel", "grey", "sixteen_bit", "palette", "cmyk", "alpha",
    "exif_rotated", "animated", "broken_icc", "wrong_size", "unmasked_changed", "slow_body",
    "early_hints", "strange_headers", "extra_bytes",
)  # fmt: skip
_UNREADABLE = (
    "html_200",
    "not_image",
    "svg",
    "eps",
    "truncated_png",
    "bad_crc",
    "claims_huge",
    "bomb",
)
_GONE = ("expired", "status_404", "status_503", "cut_body")

_BAD_LINKS = (
    "missing", "empty", "number", "null", "list", "relative", "no_scheme", "file", "data",
    "javascript", "userinfo", "huge", "link_local", "http_elsewhere", "control",
)  # fmt: skip


def _at_image(*names: str) -> tuple[str, ...]:
    return tuple(f"image.{name}" for name in names)


def _links(*names: str) -> tuple[str, ...]:
    return tuple(f"poll.url_{name}" for name in names)


PASSING = [
    *done(*_at_image(*_BROKEN)),
    *done(*_at_image(*_SILENT), quick="image"),
    *done("image.expired", "image.reset_mid_body", times=4),
    *done("poll.stale_url"),
    *done(*_links("refused", "tls", "dns")),
]

LASTING = [
    *ended(JobState.PARTIAL, AppError, *_at_image(*_GONE), times=ALWAYS),
    *ended(JobState.PARTIAL, AppError, "poll.stale_url", times=ALWAYS),
    *ended(JobState.PARTIAL, Unreachable, *_links("refused", "tls"), times=ALWAYS),
    *ended(JobState.PARTIAL, AppError, *_at_image(*_UNREADABLE), times=ALWAYS, unreadable=PICTURES),
]

BAD_LINKS = [
    *ended(JobState.PARTIAL, BadAnswer, *_links(*_BAD_LINKS), times=ALWAYS, fetches=0),
    *ended(
        JobState.PARTIAL, BadAnswer, *_links("file", "relative"),
        times=ALWAYS, given={"only": 1}, pictures=1, fetches=1,
    ),
]  # fmt: skip

ODD_BUT_RIGHT = done(*_at_image(*_ODD), times=ALWAYS)

REDIRECTED = [
    *done("image.redirect_302", "image.redirect_307", given={"to": "{self}{target}"}),
    *done("image.redirect_301", given={"to": "{self}{target}"}, times=3),
    *done("image.redirect_308", given={"to": "{sink}/a.png"}, at_sink=1),
    *ended(
        JobState.PARTIAL, BadAnswer, "image.redirect_302",
        given={"to": "{self}{target}"}, times=ALWAYS,
    ),
    *(
        row
        for to in ("file:///etc/passwd", "http://169.254.169.254/", "//[", "http://u:p@127.0.0.1/")
        for row in ended(
            JobState.PARTIAL, AppError, "image.redirect_302", given={"to": to}, times=ALWAYS
        )
    ),
]  # fmt: skip

ROWS = [*PASSING, *LASTING, *BAD_LINKS, *ODD_BUT_RIGHT, *REDIRECTED]
