import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.operations.settings import Levels
from app.model.operations.toning import curve_of, levels, ramp
from tests.support.masks import Stop, changed, planes, silent, stop_after

SETTINGS = st.builds(
    Levels,
    black=st.integers(0, 254),
    white=st.integers(1, 255),
    gamma=st.floats(0.1, 10),
    strength=st.floats(0, 2),
)


def plainly(value, settings):
    """The definition, for one pixel."""
    span = max(1, settings.white - settings.black)
    share = min(max((value - settings.black) / span, 0), 1)
    return round(min(share ** (1 / settings.gamma) * settings.strength, 1) * 255)


@given(SETTINGS)
def test_the_curve_spreads_bends_and_multiplies(settings):
    assert curve_of(settings).tolist() == [plainly(value, settings) for value in range(256)]


@given(planes(), SETTINGS)
def test_every_pixel_goes_by_the_curve(plane, settings):
    found = changed(plane, levels(plane, settings, silent))
    assert np.array_equal(found, curve_of(settings)[plane])


def test_levels_as_they_come_change_nothing():
    plane = np.arange(256, dtype=np.uint8).repeat(256).reshape(256, 256)
    assert not levels(plane, Levels(), silent)


def test_strength_is_a_share_of_what_is_painted():
    plane = np.full((10, 10), 200, np.uint8)
    assert changed(plane, levels(plane, Levels(strength=0.5), silent)).max() == 100


def test_a_ramp_rises_from_black_to_white():
    curve = ramp(100, 200)
    assert (curve[100], curve[150], curve[200]) == (0, 128, 255)


def test_it_ends_as_soon_as_it_is_not_wanted():
    plane = np.full((600, 600), 200, np.uint8)
    with pytest.raises(Stop):
        levels(plane, Levels(strength=0.5), stop_after(2))
