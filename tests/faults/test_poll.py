"""Asking about a task, fault by fault: see `poll_rows.py` for what each may mean."""

import pytest

from tests.faults.conftest import Play
from tests.faults.poll_rows import ROWS
from tests.faults.rows import Row


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_only_the_service_ends_a_job_that_it_has(row: Row, play: Play) -> None:
    play(row)
