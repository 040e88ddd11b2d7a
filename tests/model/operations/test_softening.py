import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.gaussian import blurred
from app.model.operations.settings import Feather, Smooth
from app.model.operations.softening import feather, smooth
from tests.support.masks import Stop, changed, disc, planes, silent, stop_after


def plainly(plane, radius, hardness):
    """The definition: nine means over everything, edges that go on, and a steep curve."""
    length = 2 * radius + 1
    window = np.ones(length) / length
    kernel = np.convolve(np.convolve(window, window), window)
    reach = 3 * radius
    wide = np.pad(plane.astype(float), reach, mode="edge")
    for axis in (0, 1):
        wide = np.apply_along_axis(np.convolve, axis, wide, kernel, mode="valid")
    steepness = 1 + hardness * (1 / kernel[reach] - 1)
    return np.clip((wide - 127.5) * steepness + 127.5, 0, 255)


@given(planes(), st.floats(0.5, 60))
def test_feathering_is_a_gaussian_of_the_whole_mask(plane, radius):
    found = changed(plane, feather(plane, Feather(radius=radius), silent))
    assert np.array_equal(found, blurred(plane, radius))


@pytest.mark.parametrize("radius", [0.5, 8, 20, 21, 100, 250])
def test_feathering_in_pieces_shows_no_seams(radius):
    plane = disc(1100, (900, 300), 220)
    found = changed(plane, feather(plane, Feather(radius=radius), silent))
    assert np.array_equal(found, blurred(plane, radius))


@given(planes(120), st.integers(1, 12), st.floats(0, 1))
def test_smoothing_is_a_blur_made_steep(plane, radius, hardness):
    settings = Smooth(radius=radius, hardness=hardness)
    found = changed(plane, smooth(plane, settings, silent))
    assert np.abs(found - plainly(plane, radius, hardness)).max() < 0.6


@pytest.mark.parametrize("value", [1, 100, 217, 254])
def test_an_even_grey_is_made_as_steep_far_from_edges_as_near_them(value):
    plane = np.zeros((700, 700), np.uint8)
    plane[50:, 50:] = value
    found = changed(plane, smooth(plane, Smooth(radius=4), silent))
    assert np.unique(found[100:, 100:]).size == 1


@pytest.mark.parametrize("radius", [1, 6, 50])
def test_straight_edges_stay_where_they_are_to_the_pixel(radius):
    plane = np.zeros((400, 400), np.uint8)
    plane[:, 130:] = 255
    assert not smooth(plane, Smooth(radius=radius), silent)
    assert not smooth(np.ascontiguousarray(plane.T), Smooth(radius=radius), silent)


def test_ragged_edges_become_straight_and_corners_round():
    plane = np.zeros((400, 400), np.uint8)
    plane[100:300, 100:300] = 255
    plane[100:300:2, 98:100] = 255
    found = changed(plane, smooth(plane, Smooth(radius=8), silent))
    edge = found[180:220, 90:110].astype(int)
    assert np.ptp(edge, axis=0).max() <= 16
    assert found[100, 299] == 0
    assert found[290, 290] == 255


def test_edges_in_between_are_antialiased():
    y, x = np.mgrid[:300, :300]
    plane = np.where(y > 0.37 * x + 80, 255, 0).astype(np.uint8)
    found = changed(plane, smooth(plane, Smooth(radius=10), silent))
    steps = found[:, 150][(found[:, 150] > 0) & (found[:, 150] < 255)]
    assert 1 <= steps.size <= 3
    assert np.unique(found[50:200, 50:250]).size > 40


@pytest.mark.parametrize(("operation", "settings"), [(feather, Feather()), (smooth, Smooth())])
def test_it_ends_as_soon_as_it_is_not_wanted(operation, settings):
    with pytest.raises(Stop):
        operation(disc(1024, (500, 500), 400), settings, stop_after(2))


@pytest.mark.parametrize("value", [0, 255])
def test_what_is_the_same_everywhere_is_left_alone(value):
    plane = np.full((300, 300), value, np.uint8)
    assert not feather(plane, Feather(), silent)
    assert not smooth(plane, Smooth(), silent)
