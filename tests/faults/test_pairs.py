"""Two faults in one job, drawn from all that a job survives: one task, all pictures, no more."""

import asyncio
import random
from collections.abc import Iterator

import pytest

from app.model.job import JobState
from tests.faults import image_rows, poll_rows, submit_rows
from tests.faults.conftest import Staged, Told
from tests.faults.promises import check
from tests.faults.rows import PICTURES, Row

NUMBER = 60
SEED = 4
"""The same pairs each time, so that a failure can be looked at."""

BREAKING = [
    row
    for row in (*submit_rows.ROWS, *poll_rows.ROWS, *image_rows.ROWS)
    if row.ends is JobState.DONE and row.times == row.tasks == 1 and row.requests != 1
    if not (row.large or row.quick or row.at_sink)
]
"""Faults that a job survives and that made it ask again."""


def pairs() -> Iterator[tuple[Row, Row]]:
    """Pairs of faults, from two places more often than chance would have it."""
    draw = random.Random(SEED)
    for _ in range(NUMBER):
        places = draw.choices(["submit", "poll", "image"], k=2)
        first, second = (
            draw.choice([row for row in BREAKING if row.place == place]) for place in places
        )
        yield first, second


@pytest.mark.parametrize("pair", [*pairs()], ids=lambda pair: " and ".join(map(str, pair)))
def test_a_job_survives_two_faults(
    pair: tuple[Row, Row], loop: asyncio.Runner, staged: Staged, told: Told
) -> None:
    stage = staged()

    async def within() -> None:
        async with stage:
            for row in pair:
                stage.service.arm(row.fault, times=row.times, **row.given)
            await stage.run(stage.press())

    loop.run(within())
    ledger = stage.service.ledger
    (click,) = stage.clicks
    assert click.state is JobState.DONE
    assert len(ledger.tasks) == 1
    assert ledger.charged == len(click.results) == PICTURES
    assert all(ledger.hits(row.fault) >= 1 for row in pair)
    check(stage, told())
