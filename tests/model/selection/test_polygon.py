"""Coverage of polygons: known by heart for simple ones, by counting points for any."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.geometry import Rect
from app.model.selection.polygon import cover_polygon

AREA = Rect(0, 0, 6, 5)
FINE = 32
"""Points across a pixel that are counted."""

places = st.floats(-3, 9, allow_nan=False, width=32)
polygons = st.lists(st.tuples(places, places), min_size=3, max_size=9)


def counted(points: list[tuple[float, float]], rect: Rect) -> np.ndarray:
    """Coverage by the winding around many points of each pixel."""
    x = rect.left + (np.arange(rect.width * FINE) + 0.5) / FINE
    y = rect.top + (np.arange(rect.height * FINE) + 0.5) / FINE
    winding = np.zeros((y.size, x.size), int)
    for (x0, y0), (x1, y1) in zip(points, points[1:] + points[:1], strict=True):
        rows = (y >= min(y0, y1)) & (y < max(y0, y1))
        if rows.any():
            edge = x0 + (y[rows] - y0) / (y1 - y0) * (x1 - x0)
            winding[rows] += np.where(x > edge[:, None], 1 if y1 > y0 else -1, 0)
    inside = (winding != 0).reshape(rect.height, FINE, rect.width, FINE)
    return inside.mean((1, 3)) * 255


@settings(max_examples=300)
@given(polygons)
def test_it_is_the_share_of_each_pixel_that_is_gone_round(points):
    exact = cover_polygon(points, AREA)
    # Counting is wrong by a point for each edge and row of points.
    assert np.abs(exact - counted(points, AREA)).max() <= 255 * len(points) / FINE


@given(polygons, st.integers(-3, 3), st.integers(-3, 3))
def test_any_window_shows_the_same(points, dx, dy):
    part = AREA.moved(dx, dy)
    whole = cover_polygon(points, AREA.grown(4)).astype(int)
    # What lies half way between two levels may be rounded either way.
    assert np.abs(cover_polygon(points, part) - whole[part.moved(4, 4).slices]).max() <= 1


@given(polygons)
def test_it_does_not_matter_which_way_round(points):
    one, other = cover_polygon(points, AREA), cover_polygon(points[::-1], AREA)
    assert np.abs(one.astype(int) - other).max() <= 1


def test_a_wild_scribble_in_a_few_pixels_is_no_harder_than_it_looks():
    random = np.random.default_rng(1)
    points = list(map(tuple, random.random((900, 2)) * (5, 2)))
    exact = cover_polygon(points, AREA)
    assert np.abs(exact - counted(points, AREA)).max() <= 12


def test_whole_pixels_are_full_and_the_others_empty():
    plane = cover_polygon([(1, 1), (4, 1), (4, 3), (1, 3)], AREA)
    assert plane[1:3, 1:4].min() == 255
    assert plane.sum() == 6 * 255


def test_half_a_pixel_is_half_covered():
    plane = cover_polygon([(1.5, 1), (4, 1), (4, 2.25), (1.5, 2.25)], AREA)
    assert plane[1].tolist() == [0, 128, 255, 255, 0, 0]
    assert plane[2].tolist() == [0, 32, 64, 64, 0, 0]


def test_a_slope_covers_the_triangles_below_it():
    plane = cover_polygon([(0, 0), (4, 4), (0, 4)], AREA)
    assert plane[:4, :4].tolist() == [
        [128, 0, 0, 0],
        [255, 128, 0, 0],
        [255, 255, 128, 0],
        [255, 255, 255, 128],
    ]


def test_a_flat_slope_shares_itself_out_along_its_row():
    plane = cover_polygon([(0, 1), (4, 0), (4, 1)], AREA)
    assert plane[0].tolist() == [32, 96, 159, 223, 0, 0]


def test_going_round_twice_is_no_more_than_once():
    once = [(0.5, 0.5), (3.5, 0.5), (3.5, 3.5), (0.5, 3.5)]
    assert (cover_polygon(once + once, AREA) == cover_polygon(once, AREA)).all()


def test_a_loop_within_a_loop_leaves_no_hole():
    outer = [(0, 0), (5, 0), (5, 5), (0, 5), (0, 0)]
    inner = [(1, 1), (4, 1), (4, 4), (1, 4), (1, 1)]
    assert cover_polygon(outer + inner, Rect(0, 0, 5, 5)).min() == 255


def test_both_halves_of_an_eight_are_inside():
    plane = cover_polygon([(0, 0), (4, 4), (4, 0), (0, 4)], AREA)
    assert plane[2, 0] == 255
    assert plane[1, 3] == 255
    assert plane[0, 1] == 0


@pytest.mark.parametrize("points", [[], [(1, 1)], [(1, 1), (4, 3)], [(0, 2), (3, 2), (5, 2)]])
def test_what_has_no_area_covers_nothing(points):
    assert not cover_polygon(points, AREA).any()


def test_what_lies_outside_covers_nothing():
    square = [(1, 1), (4, 1), (4, 4), (1, 4)]
    for dx, dy in ((50, 0), (-50, 0), (0, 50), (0, -50)):
        assert not cover_polygon([(x + dx, y + dy) for x, y in square], AREA).any()


def test_what_goes_far_beyond_covers_all():
    far = 1e6
    plane = cover_polygon([(-far, -far), (far, -far), (far, far), (-far, far)], AREA)
    assert plane.min() == 255
