"""Planes made soft, against the same worked out with all digits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.gaussian import MOST, blurred
from tests.support.masks import disc, planes


def plainly(plane, deviation):
    """The definition: a bell of three deviations in each direction, and edges that go on."""
    reach = int(np.ceil(3 * deviation))
    bell = np.exp(-0.5 * (np.arange(-reach, reach + 1) / deviation) ** 2)
    wide = np.pad(plane.astype(float), reach, mode="edge")
    for axis in (0, 1):
        wide = np.apply_along_axis(np.convolve, axis, wide, bell / bell.sum(), mode="valid")
    return wide


@given(planes(150), st.floats(0.5, MOST))
def test_it_is_a_gaussian_rounded_to_the_nearest_or_nearly(plane, deviation):
    assert np.abs(blurred(plane, deviation) - plainly(plane, deviation)).max() < 1


@pytest.mark.parametrize("deviation", [MOST + 0.1, 60])
def test_a_wide_one_is_close_to_it(deviation):
    plane = disc(700, (350, 300), 200)
    assert np.abs(blurred(plane, deviation) - plainly(plane, deviation)).max() < 4


def test_from_one_way_to_the_other_there_is_no_step():
    plane = disc(400, (200, 150), 90)
    below, above = (blurred(plane, MOST + more).astype(int) for more in (0, 0.001))
    assert np.abs(below - above).max() <= 3


@pytest.mark.parametrize("deviation", [0.5, 3.3, MOST, MOST + 1])
def test_it_has_no_direction(deviation):
    plane = disc(200, (90.5, 110), 50, soft=3)
    soft = blurred(plane, deviation)
    for turn in (np.fliplr, np.flipud):
        assert (turn(blurred(np.ascontiguousarray(turn(plane)), deviation)) == soft).all()
