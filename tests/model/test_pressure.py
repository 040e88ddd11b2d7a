"""Pressure: from the pen's own to what the brush does."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from app.model.brush import Brush, Sample
from app.model.curve import GAP, MOST_POINTS, STRAIGHT, Curve
from app.model.feel import Feel
from app.model.geometry import Size
from app.model.mask import Mask
from app.model.nib import Nibs
from app.model.stamp import StampCache
from tests.support.hands import painted

SIZE = Size(300, 100)
LINE = [Sample(30, 50.5, 0.1), Sample(270, 50.5, 1.0)]


@st.composite
def curves(draw: st.DrawFn) -> Curve:
    inner = draw(st.lists(st.floats(0.05, 0.95), max_size=MOST_POINTS - 2, unique=True))
    across = [0.0, *sorted(inner), 1.0]
    assume(all(right - left >= GAP for left, right in pairwise(across)))
    up = sorted(draw(st.lists(st.floats(0, 1), min_size=len(across), max_size=len(across))))
    return Curve(tuple(zip(across, up, strict=True)))


@given(curves())
def test_a_curve_goes_through_its_points_and_never_down(curve: Curve):
    values = [curve.at(step / 1024) for step in range(1025)]
    assert all(low <= high + 1e-12 for low, high in pairwise(values))
    for x, y in curve.points:
        steepest = max(high - low for low, high in pairwise(values))
        assert curve.at(x) == pytest.approx(y, abs=steepest + 1e-9)


def test_a_straight_curve_changes_nothing():
    assert all(STRAIGHT.at(n / 64) == pytest.approx(n / 64) for n in range(65))
    assert (STRAIGHT.at(-1), STRAIGHT.at(2)) == (0, 1)


@pytest.mark.parametrize(
    "points",
    [
        (),
        ((0, 0),),
        ((0.1, 0), (1, 1)),
        ((0, 0), (0.9, 1)),
        ((0, 0.6), (1, 0.4)),
        ((0, 0), (0.5, 0.5), (0.501, 0.6), (1, 1)),
        ((0, 0), (1, 1.2)),
        tuple((n / 9, n / 9) for n in range(10)),
    ],
)
def test_a_curve_that_makes_no_sense_is_refused(points):
    with pytest.raises(ValueError):
        Curve(points)


@example(Curve(((0, 0), (0.052952411753722874, 0), (0.5, 0), (1, 0))), 2, 0.0, 0.0)
@given(curves(), st.integers(0, MOST_POINTS), st.floats(-1, 2), st.floats(-1, 2))
def test_points_go_as_far_as_their_neighbours_allow(curve: Curve, index, x, y):
    assume(index < len(curve.points))
    moved = curve.with_point(index, (x, y))  # which would raise if it made no sense
    others = [point for n, point in enumerate(curve.points) if n != index]
    assert [point for n, point in enumerate(moved.points) if n != index] == others


def test_points_come_and_go():
    curve = STRAIGHT.plus_point(0.5)
    assert curve.points == ((0, 0), (0.5, 0.5), (1, 1))
    assert curve.plus_point(0.505) is curve
    assert curve.minus_point(1) == STRAIGHT
    assert curve.minus_point(0) is curve
    for n in range(10):
        curve = curve.plus_point((n + 1) / 12)
    assert len(curve.points) == MOST_POINTS


def test_the_lightest_touch_comes_to_the_floor():
    feel = Feel(floor=0.3)
    assert feel.of(0) == 0.3
    assert feel.of(1) == 1
    assert feel.of(0.5) == pytest.approx(0.65)


@given(curves(), st.floats(0, 0.9))
def test_a_feel_is_remembered(curve: Curve, floor):
    feel = Feel(floor=floor, curve=curve)
    assert Feel.remembered(feel.state()) == feel


@pytest.mark.parametrize(
    "state", [{}, {"floor": 3, "points": [[0, 0], [1, 1]]}, {"floor": 0.1, "points": [["a"]]},
              {"floor": "x", "points": 7}]
)  # fmt: skip
def test_what_makes_no_sense_is_not_remembered(state):
    assert Feel.remembered(state) == Feel()


def test_pressure_changes_the_size_where_it_should():
    mask, plain = Mask(SIZE), Mask(SIZE)
    brush = Brush(size=60, hardness=1)
    painted(mask, brush, LINE)
    heights = (mask.plane > 127).sum(axis=0)[40:260]
    assert (np.diff(heights.astype(int)) >= -1).all()
    assert heights[0] < 12
    assert heights[-1] > 50
    painted(plain, Brush(size=60, hardness=1, size_pressure=False), LINE)
    assert set((plain.plane > 127).sum(axis=0)[40:260]) <= {59, 60, 61}


def test_a_growing_stroke_has_no_steps():
    """Sizes are rounded, but by less than what shows."""
    mask = Mask(SIZE)
    painted(mask, Brush(size=80, hardness=1), LINE)
    height = mask.plane.astype(float).sum(axis=0)[40:260] / 255
    ideal = np.linspace(height[0], height[-1], height.size)
    assert np.abs(height - ideal).max() < 0.8


def test_pressure_changes_the_opacity_where_it_should():
    mask = Mask(SIZE)
    brush = Brush(size=40, hardness=1, opacity=0.8, size_pressure=False, opacity_pressure=True)
    painted(mask, brush, LINE)
    row = mask.plane[50].astype(int)
    assert (np.diff(row[31:269]) >= 0).all()
    assert row[40] < 50
    assert row.max() == round(255 * 0.8)


def test_the_mouse_paints_as_if_there_were_no_pressure():
    told, plain = Mask(SIZE), Mask(SIZE)
    hand = [Sample(30, 40), Sample(100, 60), Sample(200, 30)]
    for mask, by_pressure in ((told, True), (plain, False)):
        brush = Brush(size=33, size_pressure=by_pressure, opacity_pressure=by_pressure)
        painted(mask, brush, hand)
    assert (told.plane == plain.plane).all()


@pytest.mark.parametrize("size", [3, 100, 2000])
@pytest.mark.parametrize("hardness", [0, 0.5, 1])
def test_sizes_are_rounded_by_little(size, hardness):
    brush = Brush(size=size, hardness=hardness)
    nibs = Nibs(brush, StampCache())
    for step in range(1, 65):
        wanted = max(1.0, size * step / 64)
        falloff = max(1.0, wanted / 2 * (1 - hardness))
        got = nibs.at(step / 64).tip.brush
        assert abs(got.size - wanted) <= max(0.125, falloff / 50)
        assert got.hardness == hardness


def test_a_long_stroke_of_all_pressures_needs_few_sets_of_stamps():
    nibs = Nibs(Brush(size=1000, hardness=0.5), StampCache())
    assert len({nibs.at(n / 1000).tip.brush for n in range(1001)}) < 450


def test_stamps_that_a_stroke_holds_on_to_weigh_nothing_once_they_are_out():
    cache = StampCache(limit=1_000_000)
    nibs = Nibs(Brush(size=900, hardness=0.2), cache)
    used = [nibs.at(n / 20).tip for n in range(10, 21)]
    for stamps in used:
        stamps.at(0, 0)
    cache.stamps(Brush(size=1))
    assert sum(stamps.nbytes for stamps in used) <= 1_000_000
    assert used[0].at(0, 0).any()


def test_dabs_do_not_show_where_opacity_changes():
    size = Size(700, 320)
    mask = Mask(size)
    brush = Brush(size=300, hardness=0.3, size_pressure=False, opacity_pressure=True)
    painted(mask, brush, [Sample(150, 160, 0.05), Sample(350, 160, 1.0), Sample(550, 160, 0.05)])
    along = mask.plane[160].astype(int)[150:350]
    assert np.diff(along).max() <= 4
    assert np.diff(along).min() >= 0
