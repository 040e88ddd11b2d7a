import pytest
from hypothesis import given
from hypothesis import strategies as st

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
)
places = st.tuples(st.floats(0, 2000), st.floats(0, 2000))


@given(views, places, st.lists(st.floats(0.2, 5), max_size=20))
def test_zooming_keeps_what_is_under_the_pointer(view, at, factors):
    x, y = (at[0] - view.x) / view.zoom, (at[1] - view.y) / view.zoom
    for factor in factors:
        view = view.zoomed(view.zoom * factor, at)
        # Shown at whole device pixels, never more than half a one away; nothing adds up.
        assert abs(view.left + x * view.zoom - at[0]) <= 0.51
        assert abs(view.top + y * view.zoom - at[1]) <= 0.51


@given(views, st.floats(0, 1e6))
def test_the_zoom_has_its_limits(view, zoom):
    assert MIN_ZOOM <= view.zoomed(zoom, (5, 5)).zoom <= MAX_ZOOM


@given(views, st.tuples(st.integers(0, 8999), st.integers(0, 8999)))
def test_a_pixel_is_found_where_it_is_shown(view, pixel):
    area = view.to_window(Rect(pixel[0], pixel[1], pixel[0] + 1, pixel[1] + 1))
    x, y = view.to_picture((area.left + area.right) / 2, (area.top + area.bottom) / 2)
    assert abs(x - pixel[0] - 0.5) <= 0.5 + 0.5 / view.zoom
    assert abs(y - pixel[1] - 0.5) <= 0.5 + 0.5 / view.zoom


@given(views)
def test_a_fitted_picture_has_its_margin_and_is_in_the_middle(view):
    fitted = view.fitted(24)
    if not MIN_ZOOM < fitted.zoom < MAX_ZOOM or min(fitted.window) < 49:
        return
    wide, high = fitted.picture.width * fitted.zoom, fitted.picture.height * fitted.zoom
    spare = fitted.window.width - wide, fitted.window.height - high
    assert min(spare) == pytest.approx(48, abs=0.01)
    assert (fitted.x, fitted.y) == pytest.approx((spare[0] / 2, spare[1] / 2))


def test_a_small_picture_is_not_blown_up_beyond_the_limit_asked_for():
    view = View(picture=Size(50, 50), window=Size(1000, 800))
    assert view.fitted(24, 1.0).zoom == 1
    assert view.fitted(24).zoom == pytest.approx(752 / 50)


@given(views, st.floats(-1e5, 1e5), st.floats(-1e5, 1e5))
def test_some_of_the_picture_stays_in_the_window(view, dx, dy):
    moved = view.moved(dx, dy)
    for start, length, window in (
        (moved.x, moved.picture.width * moved.zoom, moved.window.width),
        (moved.y, moved.picture.height * moved.zoom, moved.window.height),
    ):
        seen = min(start + length, window) - max(start, 0)
        assert seen >= min(KEPT_IN_VIEW, length, window) - 0.01


def test_what_is_in_the_middle_stays_there_when_the_window_grows():
    view = View(picture=Size(500, 400), window=Size(300, 200), zoom=2, x=-80, y=-60)
    before = view.to_picture(150, 100)
    assert view.resized(Size(500, 260)).to_picture(250, 130) == before
