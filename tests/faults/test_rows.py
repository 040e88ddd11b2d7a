"""The table itself: no fault of the paid way is without a row or a story."""

import re

from tests.faults import image_rows, poll_rows, submit_rows
from tests.support.faults import names

ROWS = (*submit_rows.ROWS, *poll_rows.ROWS, *image_rows.ROWS)
STORIES = {
    "submit.key_failed", "submit.key_invalid", "submit.key_missing", "submit.not_allowed",
    "submit.task_id_duplicate", "submit.verify",
    "poll.flap", "poll.key_invalid", "poll.key_missing", "poll.not_allowed",
}  # fmt: skip


def test_every_fault_of_a_job_is_met() -> None:
    numbered = {re.sub(r"\d{3}$", "N", row.fault) for row in ROWS}
    met = {row.fault for row in ROWS} | numbered | STORIES
    own = {name for name in names() if name.startswith(("submit.", "poll.", "image."))}
    assert own - met == set()


def test_no_row_is_there_twice() -> None:
    titles = [str(row) for row in ROWS]
    assert len(titles) == len(set(titles))
