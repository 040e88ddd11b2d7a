"""Masks as tests want them: made of a few patches, sharp and soft, and changed as a whole."""

import numpy as np
from hypothesis import strategies as st

from app.model.mask import Mask

VALUES = (0, 1, 90, 128, 200, 255)


@st.composite
def planes(draw, most=300):
    """A plane of a few patches of one value or of noise, on nothing or on everything."""
    width, height = draw(st.tuples(st.integers(1, most), st.integers(1, most)))
    plane = np.full((height, width), draw(st.sampled_from((0, 255))), np.uint8)
    for _ in range(draw(st.integers(0, 4))):
        left, top = draw(st.integers(0, width - 1)), draw(st.integers(0, height - 1))
        place = plane[top : top + draw(st.integers(1, 90)), left : left + draw(st.integers(1, 90))]
        if draw(st.booleans()):
            place[...] = draw(st.sampled_from(VALUES))
        else:
            place[...] = np.random.default_rng(left).integers(0, 256, place.shape)
    return plane


def disc(size, middle, radius, soft=0.0):
    """A plane with a round patch, its edge `soft` pixels wide."""
    y, x = np.ogrid[:size, :size]
    inside = radius - np.hypot(x - middle[0], y - middle[1])
    return (np.clip(inside / max(soft, 1e-9) + 0.5, 0, 1) * 255).round().astype(np.uint8)


def changed(base, change):
    """What a mask with the values of `base` holds after a change."""
    mask = Mask.of(base)
    mask.swap_tiles(dict(change))
    return mask.plane


def silent(share):
    """A report to nobody."""
    assert 0 <= share <= 1


class Stop(Exception):
    """Nobody wants the work any more."""


def stop_after(calls):
    """A report that wants no more after so many calls."""
    left = iter(range(calls))

    def report(share):
        if next(left, None) is None:
            raise Stop

    return report


def plain_search(fits: np.ndarray, x: int, y: int) -> np.ndarray:
    """What hangs together with a pixel, found from pixel to pixel."""
    found, front = np.zeros_like(fits), [(y, x)]
    while front:
        row, column = front.pop()
        inside = 0 <= row < fits.shape[0] and 0 <= column < fits.shape[1]
        if inside and fits[row, column] and not found[row, column]:
            found[row, column] = True
            front += [(row, column + 1), (row, column - 1), (row + 1, column), (row - 1, column)]
    return found
