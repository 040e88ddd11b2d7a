"""Strokes against a plain model: the same dabs on a whole array of floats."""

import gc
import weakref
from collections.abc import Sequence
from itertools import pairwise
from math import ceil, cos, floor, hypot, pi, sin

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.aids import SYMMETRIES, Aids
from app.model.brush import Brush, Sample
from app.model.geometry import EMPTY, Rect, Size
from app.model.mask import Mask
from app.model.stamp import StampCache
from app.model.stroke import Stroke
from tests.support.hands import SIZE, hands
from tests.support.hands import brushes as brushes_by_pressure
from tests.support.hands import painted as by_hand


def draw(
    mask: Mask, brush: Brush, points: Sequence[tuple[float, float]], **options: bool
) -> Stroke:
    """A finished stroke through `points`."""
    stroke = Stroke(mask, brush, **options)
    for x, y in points:
        stroke.extend(Sample(x, y))
    stroke.finish()
    return stroke


def painted(brush: Brush, points: Sequence[tuple[float, float]], size: Size = SIZE) -> np.ndarray:
    """What a stroke through `points` paints, 0…255, worked out pixel by pixel in floats."""
    x = np.arange(size.width) + 0.5
    y = (np.arange(size.height) + 0.5)[:, None]
    most = np.zeros((size.height, size.width))
    far = brush.size / 2 + 1
    for column, row in sorted(set(dabs(brush, points))):
        if -far < column < size.width + far and -far < row < size.height + far:
            most = np.maximum(most, profile(brush, np.hypot(x - column, y - row)))
    return np.rint(most * 255 * brush.opacity)


def profile(brush: Brush, distance: np.ndarray) -> np.ndarray:
    """How full the brush is at a distance from its middle."""
    radius = brush.size / 2
    rim = max(1.0, radius * (1 - brush.hardness))
    inner = max(0.0, radius - rim if rim > 1 else radius * (1 + brush.hardness) / 2 - 0.5)
    share = np.clip((distance - inner) / rim, 0, 1)
    return 1 - share if rim == 1 else (1 + np.cos(np.pi * share)) / 2


def dabs(brush: Brush, points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Where dabs fall, rounded to the brush's grid."""
    step, grid = brush.spacing, brush.grid if brush.fits_stamps else 64
    places, gone, next_at = [points[0]], 0.0, step
    for start, end in pairwise(points):
        length = hypot(end[0] - start[0], end[1] - start[1])
        while next_at <= gone + length:
            share = (next_at - gone) / length
            places.append(tuple(a + (b - a) * share for a, b in zip(start, end, strict=True)))
            next_at += step
        gone += length
    places.append(points[-1])
    return [tuple(floor((v - 0.5) * grid + 0.5) / grid + 0.5 for v in place) for place in places]


brushes = st.builds(
    Brush,
    size=st.sampled_from([1.0, 2.0, 5.5, 20.0, 63.0, 130.0, 400.0]),
    hardness=st.sampled_from([0.0, 0.5, 0.8, 1.0]),
    opacity=st.sampled_from([0.3, 1.0]),
)
# On a grid that no dab's place can be rounded to two ways.
coordinates = st.integers(-40, 240).map(lambda n: n + 0.53)
paths = st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=3)


def is_straight(path: Sequence[tuple[float, float]]) -> bool:
    """Whether a path has only corners of 90° or more, which a stroke does not round off."""
    ways = [np.subtract(end, start) for start, end in pairwise(path)]
    return all(before @ after <= 0 for before, after in pairwise(ways))


@given(brushes, paths.filter(is_straight))
def test_a_stroke_paints_what_the_plain_model_paints(brush, path):
    mask = Mask(SIZE)
    draw(mask, brush, path)
    assert np.abs(mask.plane - painted(brush, path)).max() <= 1


@given(brushes, paths.filter(is_straight))
def test_erasing_leaves_what_the_plain_model_leaves(brush, path):
    mask = Mask(SIZE)
    mask.plane[...] = 200
    draw(mask, brush, path, erase=True)
    assert np.abs(mask.plane - np.minimum(200, 255 - painted(brush, path))).max() <= 1


@given(brushes, paths)
def test_nothing_changes_outside_the_rectangles_told(brush, path):
    mask = Mask(SIZE)
    stroke = Stroke(mask, brush)
    for x, y in path:
        before = mask.plane.copy()
        told = stroke.extend(Sample(x, y))
        changed = mask.plane != before
        for dirty in told:
            assert Rect.of(SIZE).contains(dirty)
            changed[dirty.slices] = False
        assert not changed.any()


def test_what_a_stroke_kept_is_let_go_of_with_it():
    gc.disable()
    try:
        stroke = draw(Mask(SIZE), Brush(size=20), [(20, 20), (60, 40)])
        gone = weakref.ref(stroke)
        del stroke
        assert gone() is None
    finally:
        gc.enable()


@pytest.mark.parametrize("hardness", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("size", [1, 7, 40, 150])
def test_a_click_is_one_dab_around_its_place(size, hardness):
    mask = Mask(SIZE)
    draw(mask, Brush(size=size, hardness=hardness), [(75.5, 100.5)])
    assert mask.plane[100, 75] == 255
    around = mask.plane[50:151, 25:126]
    assert (around == around[::-1]).all()
    assert (around == around.T).all()
    reach = ceil(size / 2 + 0.5)
    assert Rect(75 - reach, 100 - reach, 76 + reach, 101 + reach).contains(mask_box(mask))


def test_a_one_pixel_brush_in_the_middle_of_a_pixel_paints_that_pixel():
    mask = Mask(SIZE)
    draw(mask, Brush(size=1, hardness=1), [(10.5, 20.5)])
    assert mask_box(mask) == (10, 20, 11, 21)
    assert mask.plane[20, 10] == 255


def test_crossing_and_pausing_build_nothing_up():
    brush = Brush(size=40, opacity=0.4)
    once, often = Mask(SIZE), Mask(SIZE)
    draw(once, brush, [(50, 50), (120, 50)])
    draw(often, brush, [(50, 50), (120, 50), (120, 50), (50, 50), (120, 50)])
    assert often.plane.max() == round(255 * 0.4)
    # The way back puts its dabs between the first ones: it fills ripples and no more.
    assert np.abs(often.plane.astype(int) - once.plane).max() <= 4


def test_a_stroke_over_paint_never_lowers_it():
    mask = Mask(SIZE)
    mask.plane[...] = 180
    draw(mask, Brush(size=60, opacity=0.5), [(20, 100), (140, 100)])
    assert (mask.plane == 180).all()


@pytest.mark.parametrize("erase", [False, True])
def test_opacity_is_the_most_that_a_stroke_does(erase):
    mask = Mask(SIZE)
    mask.plane[...] = 255 if erase else 0
    draw(mask, Brush(size=60, opacity=0.25), [(20, 100), (140, 100)], erase=erase)
    assert mask.plane[100, 80] == (191 if erase else 64)


def test_a_stroke_may_come_in_from_outside_and_leave_again():
    brush = Brush(size=30, hardness=1)
    mask = Mask(SIZE)
    draw(mask, brush, [(-500, 100), (800, 100)])
    assert mask.plane[100].min() == 255
    assert mask.plane[70].max() == 0


def test_a_stroke_far_outside_changes_nothing():
    mask = Mask(SIZE)
    stroke = Stroke(mask, Brush(size=30))
    assert stroke.extend(Sample(-400, -400)) == []
    assert stroke.extend(Sample(-400, 900)) == []
    assert stroke.finish().is_empty


def test_the_number_of_samples_on_a_line_makes_no_difference():
    brush = Brush(size=24, hardness=0.3)
    few, many = Mask(SIZE), Mask(SIZE)
    draw(few, brush, [(20, 30), (130, 150)])
    draw(many, brush, [(20 + 110 * n / 64, 30 + 120 * n / 64) for n in range(65)])
    assert np.abs(few.plane.astype(int) - many.plane).max() <= 8  # a dab rounded the other way


angles = st.floats(0, 2 * pi)
starts = st.tuples(st.floats(0, 1), st.floats(0, 1))


@settings(max_examples=12)
@given(st.sampled_from([20.0, 100.0, 400.0, 1000.0]), angles, starts)
def test_a_fast_hard_stroke_has_the_edge_of_a_disc_that_sweeps(size, angle, start):
    brush = Brush(size=size, hardness=1)
    plane, distance = swept(brush, angle, start)
    error = np.abs(plane - 255 * profile(brush, distance))
    assert error.max() <= 25
    assert not error[np.abs(distance - brush.radius) >= 1].any()


@settings(max_examples=12)
@given(
    st.sampled_from(
        [
            (5.0, 0.5),
            (20.0, 0.5),
            (30.0, 0.0),
            (60.0, 0.5),
            (100.0, 0.5),
            (400.0, 0.9),
            (400.0, 0.0),
            (1000.0, 0.5),
        ]
    ),
    angles,
    starts,
)
def test_a_fast_soft_stroke_shows_no_dabs(kind, angle, start):
    brush = Brush(size=kind[0], hardness=kind[1])
    plane, distance = swept(brush, angle, start)
    assert np.abs(plane - 255 * profile(brush, distance)).max() <= 7.5


def swept(brush: Brush, angle: float, start: tuple[float, float]) -> tuple[np.ndarray, np.ndarray]:
    """A straight stroke of six samples; how far each pixel lies from it."""
    length = max(300.0, brush.size)
    span = int(length + brush.size) + 40
    x0 = span / 2 + start[0] - cos(angle) * length / 2
    y0 = span / 2 + start[1] - sin(angle) * length / 2
    mask = Mask(Size(span, span))
    way = [(x0 + cos(angle) * length * n / 5, y0 + sin(angle) * length * n / 5) for n in range(6)]
    draw(mask, brush, way)
    x, y = np.arange(span) + 0.5 - x0, (np.arange(span) + 0.5 - y0)[:, None]
    along = np.clip(x * cos(angle) + y * sin(angle), 0, length)
    return mask.plane, np.hypot(x - along * cos(angle), y - along * sin(angle))


@pytest.mark.parametrize("place", range(0, 64, 5))
@pytest.mark.parametrize("size", [31.0, 249.0, 599.0, 600.0, 601.0])
def test_hard_dabs_have_no_holes(size, place):
    mask = Mask(Size(640, 640))
    draw(mask, Brush(size=size, hardness=1), [(320 + place / 64, 320 + (63 - place) / 64)])
    for row in mask.plane:
        inside = np.flatnonzero(row)
        assert not inside.size or (row[inside[0] + 1 : inside[-1]] > 0).all()
        assert (np.diff((row > 0).astype(int)) != 0).sum() <= 2


@given(brushes_by_pressure, hands, st.booleans(), st.integers(0, 255))
def test_a_stroke_is_the_most_that_any_of_its_dabs_paints(brush, hand, erase, level):
    """So it never builds up, whatever is below it, and erasing mirrors painting."""
    alone, mask = Mask(SIZE), Mask.of(np.full((SIZE.height, SIZE.width), level, np.uint8))
    by_hand(alone, brush, hand)
    by_hand(mask, brush, hand, erase=erase)
    by = alone.plane
    assert by.max() <= round(255 * brush.opacity)
    expected = np.minimum(level, 255 - by) if erase else np.maximum(level, by)
    assert (mask.plane == expected).all()


@given(brushes_by_pressure, hands, st.booleans())
def test_the_same_stroke_again_changes_nothing(brush, hand, erase):
    mask = Mask.of(np.full((SIZE.height, SIZE.width), 99, np.uint8))
    by_hand(mask, brush, hand, erase=erase)
    assert by_hand(mask, brush, hand, erase=erase).is_empty


@given(brushes_by_pressure, hands, st.booleans(), st.sampled_from(SYMMETRIES))
def test_undoing_a_stroke_is_exact(brush, hand, erase, symmetry):
    noise = np.random.default_rng(5).integers(0, 256, (SIZE.height, SIZE.width), np.uint8)
    mask = Mask.of(noise)
    patch = by_hand(mask, brush, hand, erase=erase, aids=Aids(symmetry=symmetry))
    after = mask.plane.copy()
    patch.undo_into(mask)
    assert (mask.plane == noise).all()
    patch.redo_into(mask)
    assert (mask.plane == after).all()


@given(brushes_by_pressure, hands, st.sampled_from(SYMMETRIES))
def test_a_stroke_that_is_broken_off_never_was(brush, hand, symmetry):
    noise = np.random.default_rng(5).integers(0, 256, (SIZE.height, SIZE.width), np.uint8)
    mask = Mask.of(noise)
    stroke = Stroke(mask, brush, aids=Aids(symmetry=symmetry))
    for sample in hand:
        stroke.extend(sample)
    stroke.cancel()
    assert (mask.plane == noise).all()


def test_stamps_are_kept_up_to_a_limit():
    cache = StampCache(limit=100_000)
    small, large = Brush(size=20), Brush(size=600)
    first = cache.stamps(small)
    first.at(0, 0)
    assert cache.stamps(small) is first
    cache.stamps(large).at(0, 0)
    cache.stamps(Brush(size=21))
    assert cache.stamps(small) is not first


def mask_box(mask: Mask) -> Rect:
    """The painted pixels' rectangle, looked up plainly."""
    rows, columns = np.nonzero(mask.plane)
    if not rows.size:
        return EMPTY
    return Rect(int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1)
