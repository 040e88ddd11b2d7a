import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.operations.reaching import grow, shrink
from app.model.operations.settings import Grow, Shrink
from tests.support.masks import Stop, changed, disc, planes, silent, stop_after


def plainly(plane, radius, pick, outside):
    """The definition: every offset of the disc, one after the other."""
    height, width = plane.shape
    wide = np.pad(plane, radius, constant_values=outside)
    found = plane.copy()
    for dy in range(-radius, radius + 1):
        for dx in range(-radius, radius + 1):
            if dx * dx + dy * dy <= radius * radius:
                top, left = radius + dy, radius + dx
                found = pick(found, wide[top : top + height, left : left + width])
    return found


@given(planes(), st.integers(1, 7))
def test_growing_takes_the_strongest_of_the_disc_around_each_pixel(plane, radius):
    found = changed(plane, grow(plane, Grow(radius=radius), silent))
    assert np.array_equal(found, plainly(plane, radius, np.maximum, 0))


@given(planes(), st.integers(1, 7))
def test_shrinking_takes_the_weakest_that_is_in_the_picture(plane, radius):
    found = changed(plane, shrink(plane, Shrink(radius=radius), silent))
    assert np.array_equal(found, plainly(plane, radius, np.minimum, 255))


@pytest.mark.parametrize("radius", [64, 100, 250])
def test_a_point_grows_to_a_disc_of_its_radius(radius):
    plane = np.zeros((700, 600), np.uint8)
    plane[400, 200] = 77
    y, x = np.ogrid[:700, :600]
    inside = (x - 200) ** 2 + (y - 400) ** 2 <= radius**2
    found = changed(plane, grow(plane, Grow(radius=radius), silent))
    assert np.array_equal(found, np.where(inside, 77, 0))
    back = changed(255 - plane, shrink(255 - plane, Shrink(radius=radius), silent))
    assert np.array_equal(back, 255 - found)


def test_only_tiles_that_can_change_are_told():
    plane = disc(1024, (200, 200), 40)
    assert set(grow(plane, Grow(radius=8), silent)) <= {0, 1, 8, 9}
    assert not grow(np.zeros_like(plane), Grow(radius=250), silent)
    assert not shrink(np.full_like(plane, 255), Shrink(radius=250), silent)


@pytest.mark.parametrize(("operation", "settings"), [(grow, Grow()), (shrink, Shrink())])
def test_it_ends_as_soon_as_it_is_not_wanted(operation, settings):
    with pytest.raises(Stop):
        operation(disc(1024, (500, 500), 400), settings, stop_after(2))
