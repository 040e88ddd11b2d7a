"""A round dab against the same worked out pixel by pixel."""

from math import hypot, nan
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.kernels import discs
from app.model.kernels.discs import STEPS, UNIT

SIDE = 40
PROFILE = bytes(round(200 * (1 - step / STEPS)) for step in range(STEPS + 1))
places = st.integers(-30 * UNIT, 70 * UNIT)
radii = st.sampled_from([0.0, 0.3, 5.5, 20.25, 60.0])
rims = st.sampled_from([1.0, 3.0, 17.5])


@pytest.fixture(scope="session")
def disc(kernels: ModuleType):
    return getattr(kernels, "disc", discs.disc)


def noise(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (SIDE, SIDE), np.uint8)


@given(places, places, radii, rims, st.booleans(), st.integers(0, 255), st.booleans())
def test_a_disc_covers_what_it_says_and_nothing_else(
    disc, x, y, inner, falloff, erase, opacity, is_limited
):
    plane, limit = noise(1), noise(2) if is_limited else None
    expected = plane.copy()
    for row in range(SIDE):
        for column in range(SIDE):
            off = hypot(column * UNIT + UNIT / 2 - x, row * UNIT + UNIT / 2 - y) / UNIT
            step = int(min(max((off - inner) * STEPS / falloff, 0), STEPS))
            cover = round(PROFILE[step] * opacity / 255)
            cover = cover if limit is None else min(cover, int(limit[row, column]))
            was = int(plane[row, column])
            expected[row, column] = min(was, 255 - cover) if erase else max(was, cover)
    disc(plane, [(x, y)], inner, falloff, PROFILE, erase, opacity, limit)
    # A distance right between two steps may be rounded to either.
    assert np.abs(plane.astype(int) - expected).max() <= 1


@given(places, places, radii, rims, st.booleans(), st.integers(0, 255), st.booleans())
def test_compiled_or_not_it_is_the_same_to_the_bit(
    disc, x, y, inner, falloff, erase, opacity, is_limited
):
    by_one, by_other, limit = noise(3), noise(3), noise(4) if is_limited else None
    disc(by_one, [(x, y)], inner, falloff, PROFILE, erase, opacity, limit)
    discs.disc(by_other, [(x, y)], inner, falloff, PROFILE, erase, opacity, limit)
    assert (by_one == by_other).all()


@pytest.mark.parametrize("erase", [False, True])
def test_a_full_brush_is_full_inside(disc, erase):
    plane = np.full((500, 500), 77, np.uint8)
    full = bytes([255]) * STEPS + b"\0"
    disc(plane, [(250 * UNIT, 250 * UNIT)], 200.0, 1.0, full, erase, 255, None)
    assert (plane[250, 60:440] == (0 if erase else 255)).all()
    assert plane[250, 40] == 77


def test_what_makes_no_sense_is_refused(drawing):
    disc = drawing.disc
    plane = np.zeros((5, 5), np.uint8)
    for arguments in (
        (plane, [(0, 0)], 1.0, 1.0, b"short", False, 255, None),
        (plane, [(0, 0)], 1.0, 0.0, PROFILE, False, 255, None),
        (plane, [(0, 0)], nan, 1.0, PROFILE, False, 255, None),
        (plane, [(0, 0)], 1.0, nan, PROFILE, False, 255, None),
        (plane, [(0, 0)], 1.0, 1.0, PROFILE, False, 255, np.zeros((4, 5), np.uint8)),
    ):
        with pytest.raises(ValueError):
            disc(*arguments)
    for arguments in (
        (plane, [(0, 0)], 1.0, 1.0),
        (plane, [(0, 0)], "1", 1.0, PROFILE, False, 255, None),
        (plane, [(0, 0)], 1.0, 1.0, "text", False, 255, None),
        (plane, [(0, 0)], 1.0, 1.0, PROFILE, False, 255, 7),
        (plane, [0], 1.0, 1.0, PROFILE, False, 255, None),
        (plane, 0, 1.0, 1.0, PROFILE, False, 255, None),
        (b"fixed", [(0, 0)], 1.0, 1.0, PROFILE, False, 255, None),
    ):
        with pytest.raises((TypeError, BufferError)):
            disc(*arguments)
    assert not plane.any()
