from math import cos, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPolygonF

from app.canvas.layer import outline
from app.canvas.view import KEPT_IN_VIEW, MAX_ZOOM, MIN_ZOOM, View
from app.model.geometry import Rect, Size

sizes = st.builds(Size, st.integers(1, 9000), st.integers(1, 9000))
views = st.builds(
    View,
    picture=sizes,
    window=sizes,
    zoom=st.floats(MIN_ZOOM, MAX_ZOOM),
    x=st.floats(-5000, 5000),
    y=st.floats(-5000, 5000),
    angle=st.sampled_from([0.0, 90.0, 180.0, 270.0]) | st.floats(0, 359.9),
    mirrored=st.booleans(),
)
places = st.tuples(st.floats(0, 2000), st.floats(0, 2000))


def shown_at(view: View, at: tuple[float, float]) -> tuple[float, float]:
    """The place in the picture that belongs at a place of the window, before any rounding."""
    turn, (dx, dy) = radians(view.angle), (at[0] - view.x, at[1] - view.y)
    x, y = cos(turn) * dx + sin(turn) * dy, cos(turn) * dy - sin(turn) * dx
    return (-x if view.mirrored else x) / view.zoom, y / view.zoom


def near(one: tuple[float, float], other: tuple[float, float], reach: float) -> bool:
    return all(abs(a - b) <= reach for a, b in zip(one, other, strict=True))


@given(views, places)
def test_a_place_is_hit_where_it_is_shown(view, at):
    place = view.to_picture(*at)
    assert near(view.place(*place), at, 1e-6)
    if min(view.scale) == view.zoom == max(view.scale):
        # Shown at whole device pixels, never more than half a one away.
        assert near(place, shown_at(view, at), 0.71 / view.zoom)


@given(views)
def test_no_picture_is_too_thin_to_be_seen(view):
    assert not view.frame.is_empty
    assert min(view.scale[0] * view.picture.width, view.scale[1] * view.picture.height) >= 0.999


@given(views, places, st.lists(st.floats(0.2, 5), max_size=20))
def test_zooming_keeps_what_is_under_the_pointer(view, at, factors):
    before = shown_at(view, at)
    for factor in factors:
        view = view.zoomed(view.zoom * factor, at)
        assert near(shown_at(view, at), before, 1e-6 / view.zoom)  # nothing adds up


@given(views, places, st.lists(st.floats(-720, 720), max_size=20))
def test_turning_keeps_what_is_under_the_pointer(view, at, angles):
    before = shown_at(view, at)
    for angle in angles:
        view = view.turned(angle, at)
        assert 0 <= view.angle <= 360
        assert near(shown_at(view, at), before, 1e-6 / view.zoom)


@given(views, places)
def test_mirroring_swaps_left_and_right(view, at):
    flipped = view.flipped()
    assert near(shown_at(flipped, (view.window.width - at[0], at[1])), shown_at(view, at), 1e-6)
    twice = flipped.flipped()
    assert near((twice.x, twice.y), (view.x, view.y), 1e-6)
    assert twice.mirrored == view.mirrored


@given(views, st.floats(0, 1e6))
def test_the_zoom_has_its_limits(view, zoom):
    assert MIN_ZOOM <= view.zoomed(zoom, (5, 5)).zoom <= MAX_ZOOM


@given(views, st.tuples(st.floats(0, 8999), st.floats(0, 8999)), st.floats(0, 50))
def test_what_changes_is_within_what_is_said_to_be_touched(view, corner, length):
    rect = Rect(*map(int, corner), *(int(side + length) + 1 for side in corner))
    area = view.to_window(rect)
    for x in (rect.left, rect.right):
        for y in (rect.top, rect.bottom):
            at = view.place(x, y)
            assert area.left - 1e-6 <= at[0] <= area.right + 1e-6
            assert area.top - 1e-6 <= at[1] <= area.bottom + 1e-6


@given(views, places, places)
def test_what_is_seen_is_within_what_is_said_to_be_looked_at(view, one, other):
    (left, right), (top, bottom) = (sorted(map(int, pair)) for pair in zip(one, other, strict=True))
    area = Rect(left, top, right + 1, bottom + 1)
    seen, sampled = view.seen(area), view.sampled(area)
    for at in ((left, top), (right + 1, top), (left, bottom + 1), (right + 1, bottom + 1)):
        x, y = view.to_picture(*at)
        if 0 <= x < view.picture.width and 0 <= y < view.picture.height:
            assert seen.left <= x + 1e-6 <= seen.right + 1e-5
            assert seen.top <= y + 1e-6 <= seen.bottom + 1e-5
            assert sampled.left <= x / 2**view.level <= sampled.right
            assert sampled.top <= y / 2**view.level <= sampled.bottom


@given(views)
def test_a_fitted_picture_has_its_margin_and_is_in_the_middle(view):
    fitted = view.fitted(24)
    if not MIN_ZOOM < fitted.zoom < MAX_ZOOM or min(fitted.window) < 49:
        return
    if fitted.scale != (fitted.zoom, fitted.zoom):
        return  # a side that would be shorter than a pixel is shown as one
    box, window = fitted.box, fitted.window
    assert min(window.width - box.width, window.height - box.height) == pytest.approx(48, abs=0.01)
    assert abs(box.left + box.right - window.width) <= 1.01
    assert abs(box.top + box.bottom - window.height) <= 1.01


@given(views)
def test_filling_shows_nothing_but_the_picture_and_no_less_of_it_than_that_takes(view):
    filled = view.filled()
    if not MIN_ZOOM < filled.zoom < MAX_ZOOM:
        return
    width, height = filled.window
    corners = [shown_at(filled, at) for at in ((0, 0), (width, 0), (0, height), (width, height))]
    rims = [
        rim
        for x, y in corners
        for rim in (x, y, filled.picture.width - x, filled.picture.height - y)
    ]
    assert abs(min(rims)) * filled.zoom <= 1e-6


def test_fitting_a_part_shows_that_part_in_the_middle():
    view = View(picture=Size(2000, 1000), window=Size(800, 600), angle=90)
    fitted = view.fitted(20, around=Rect(1500, 100, 1900, 300))
    assert fitted.zoom == pytest.approx(560 / 400)
    assert near(shown_at(fitted, (400, 300)), (1700, 200), 1e-6)


def test_a_small_picture_is_not_blown_up_beyond_the_limit_asked_for():
    view = View(picture=Size(50, 50), window=Size(1000, 800))
    assert view.fitted(24, 1.0).zoom == 1
    assert view.fitted(24).zoom == pytest.approx(752 / 50)


@given(views, st.floats(-1e5, 1e5), st.floats(-1e5, 1e5))
def test_some_of_the_picture_stays_in_the_window(view, dx, dy):
    moved = view.moved(dx, dy)
    (width, height), rim = moved.window, KEPT_IN_VIEW - 1
    rim_x, rim_y = min(rim, width / 2 - 1), min(rim, height / 2 - 1)
    inner = QRectF(rim_x, rim_y, width - 2 * rim_x, height - 2 * rim_y)
    assert QPolygonF(inner).intersects(outline(moved))


def test_what_is_in_the_middle_stays_there_when_the_window_grows():
    view = View(picture=Size(500, 400), window=Size(300, 200), zoom=2, x=-80, y=-60)
    before = view.to_picture(150, 100)
    assert view.resized(Size(500, 260)).to_picture(250, 130) == before
