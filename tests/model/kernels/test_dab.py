"""A dab against the same worked out pixel by pixel."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

SIDE = 40
seeds = st.integers(0, 2**32 - 1)
corners = st.integers(-60, 60)


def noise(seed: int, height: int, width: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (height, width), np.uint8)


@given(seeds, st.integers(1, 70), st.integers(1, 70), corners, corners, st.data())
def test_a_dab_covers_what_it_says_and_nothing_else(kernels, seed, width, height, left, top, data):
    erase, opacity = data.draw(st.booleans()), data.draw(st.integers(0, 255))
    plane, stamp = noise(seed, SIDE, SIDE), noise(seed + 1, height, width)
    limit = noise(seed + 2, SIDE, SIDE) if data.draw(st.booleans()) else None
    expected = plane.copy()
    for y in range(max(0, top), min(SIDE, top + height)):
        for x in range(max(0, left), min(SIDE, left + width)):
            cover = round(int(stamp[y - top, x - left]) * opacity / 255)
            cover = cover if limit is None else min(cover, int(limit[y, x]))
            was = int(plane[y, x])
            expected[y, x] = min(was, 255 - cover) if erase else max(was, cover)
    kernels.dab(plane, [(stamp, left, top)], erase, opacity, limit)
    assert (plane == expected).all()


@given(seeds, corners, corners)
def test_erasing_is_painting_on_the_inverse(kernels, seed, left, top):
    plane, stamp = noise(seed, SIDE, SIDE), noise(seed + 1, 31, 31)
    inverse = ~plane
    kernels.dab(plane, [(stamp, left, top)], True, 255, None)
    kernels.dab(inverse, [(stamp, left, top)], False, 255, None)
    assert (plane == ~inverse).all()


def test_rows_may_go_upwards_in_memory(kernels):
    plane, stamp, limit = (noise(seed, SIDE, SIDE) for seed in range(3))
    upright = plane.copy()
    kernels.dab(upright, [(stamp, 3, 5)], False, 255, limit)
    mirrored = plane[::-1].copy()[::-1]
    kernels.dab(mirrored, [(stamp, 3, 5)], False, 255, limit)
    assert (mirrored == upright).all()
