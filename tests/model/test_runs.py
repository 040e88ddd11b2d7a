"""Values drawn out, in pieces that are short here."""

from contextlib import contextmanager

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.model import runs
from app.model.runs import drawn_out


@contextmanager
def pieces_of(length):
    before, runs.PIECE = runs.PIECE, length
    yield
    runs.PIECE = before


@given(st.lists(st.integers(0, 30), max_size=40), st.integers(1, 50))
def test_values_are_repeated_until_the_next_turn(counts, piece):
    values = np.arange(len(counts), dtype=np.uint8)
    turns = np.concatenate(([0], np.cumsum(counts, dtype=np.intp)))
    with pieces_of(piece):
        assert drawn_out(values, turns).tolist() == np.repeat(values, counts).tolist()
