"""What a dab adds to one before it, against what it changes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.brush import Brush
from app.model.fresh import fresh
from app.model.geometry import EMPTY, Rect
from app.model.nib import Nibs, Tip
from app.model.stamp import StampCache

SIDE = 200
BRUSHES = [
    Brush(size=30, hardness=0.5),
    Brush(size=60, hardness=1),
    Brush(size=80, hardness=0),
    Brush(size=90, hardness=0.8, opacity=0.4),
    Brush(size=300, hardness=0),
    Brush(size=900, hardness=0.2),
]

spots = st.tuples(st.floats(-20, 220), st.floats(-20, 220))
steps = st.lists(st.tuples(st.floats(-40, 40), st.floats(-40, 40)), min_size=1, max_size=4)


def tip_of(brush: Brush) -> Tip:
    return Nibs(brush, StampCache()).at(1.0).tip


def place(tip: Tip, x: float, y: float) -> tuple[int, int]:
    return int(x * tip.grid + tip.offset), int(y * tip.grid + tip.offset)


@given(st.sampled_from(BRUSHES), spots, steps, st.booleans(), st.integers(1, 255))
def test_nothing_changes_beside_it(brush, spot, way, erase, opacity):
    tip, (x, y) = tip_of(brush), spot
    plane = np.full((SIDE, SIDE), 255 if erase else 0, np.uint8)
    before = place(tip, x, y)
    tip.dab(plane, [before], erase, opacity, None)
    painted = plane.copy()
    places = [place(tip, x := x + dx, y := y + dy) for dx, dy in way]
    tip.dab(plane, places, erase, opacity, None)
    changed = plane != painted
    told = fresh(tip, before, places).within(Rect(0, 0, SIDE, SIDE))
    if not told.is_empty:
        changed[told.slices] = False
    assert not changed.any()


@pytest.mark.parametrize("brush", BRUSHES)
def test_going_straight_on_leaves_the_half_behind_out(brush):
    tip = tip_of(brush)
    before, after = place(tip, 100, 100), place(tip, 104, 100)
    told = fresh(tip, before, [after])
    assert 100 <= told.left <= 102
    assert 102 + brush.outer <= told.right <= 107 + tip.reach
    assert told.height >= 2 * brush.outer - 2


def test_far_from_the_one_before_all_of_a_dab_is_new():
    tip = tip_of(BRUSHES[1])
    told = fresh(tip, place(tip, 0, 0), [place(tip, 150, 150)])
    assert told.contains(Rect(121, 121, 180, 180))


def test_the_same_dab_again_changes_nothing():
    tip = tip_of(BRUSHES[0])
    assert fresh(tip, place(tip, 50, 50), [place(tip, 50, 50)] * 2) == EMPTY
