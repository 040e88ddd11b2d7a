"""Pictures on their way back, fault by fault: see `image_rows.py` for what each may mean."""

import pytest

from tests.faults.conftest import Play
from tests.faults.image_rows import ROWS
from tests.faults.rows import Row


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_what_was_paid_for_is_fetched_or_kept(row: Row, play: Play) -> None:
    play(row)
