"""The paid call, fault by fault: see `submit_rows.py` for what each may mean."""

import pytest

from tests.faults.conftest import Play
from tests.faults.rows import Row
from tests.faults.submit_rows import ROWS


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_a_submit_ends_as_its_fault_allows(row: Row, play: Play) -> None:
    play(row)
