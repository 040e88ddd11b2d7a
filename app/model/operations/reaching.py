"""Grow and shrink: the largest or the smallest value within a disc around each pixel."""

from math import isqrt

import numpy as np

from app.model import kernels
from app.model.change import Change, Report
from app.model.components import Flags
from app.model.geometry import EMPTY, Rect
from app.model.operations.places import (
    Wanted,
    blocks,
    extremes,
    highest_near,
    lowest_near,
    padded,
    rewritten,
    size_of,
)
from app.model.operations.settings import Grow, Shrink
from app.model.picture import Plane

FAR = 64
"""From this radius on, most of what is done for a block lies around it."""


def grow(base: Plane, settings: Grow, report: Report) -> Change:
    """What has paint within a disc around it gets the strongest of that.

    The disc are all offsets with dx² + dy² ≤ radius².
    """
    radius = round(settings.radius)
    low, high = extremes(base)
    places = _blocks(highest_near(high, radius) > low, base, radius)

    def grown(place: Rect) -> Plane:
        return highest(padded(base, place, radius, outside=0), radius)

    return rewritten(base, places, grown, report)


def shrink(base: Plane, settings: Shrink, report: Report) -> Change:
    """What has less paint within the disc around it gets the weakest of that.

    There is nothing beyond the picture: paint at its edge is not taken off from there.
    """
    radius = round(settings.radius)
    low, high = extremes(base)
    places = _blocks(lowest_near(low, radius) < high, base, radius)

    def shrunk(place: Rect) -> Plane:
        inverse = np.invert(padded(base, place, radius, outside=255))
        return np.invert(highest(inverse, radius))

    return rewritten(base, places, shrunk, report)


def highest(source: Plane, radius: int) -> Plane:
    """The highest value in the disc around each pixel that has `radius` pixels on all sides."""
    if radius < FAR:
        return _in_disc(source, radius)
    # A square is had almost for free. Where it found the highest value of all, that is it.
    half = isqrt(radius * radius // 2)
    found = _in_square(source[radius - half : half - radius, radius - half : half - radius], half)
    rest = _box(found < source.max())
    if not rest.is_empty:
        around = rest._replace(right=rest.right + 2 * radius, bottom=rest.bottom + 2 * radius)
        found[rest.slices] = _in_disc(source[around.slices], radius)
    return found


def _in_disc(source: Plane, radius: int) -> Plane:
    height, width = (length - 2 * radius for length in source.shape)
    found = np.empty((height, width), np.uint8)
    kernels.highest(found, source, radius)
    return found


def _in_square(source: Plane, half: int) -> Plane:
    """The highest value in the square around each pixel that has `half` pixels on all sides."""
    down = _along(source, 2 * half + 1)
    return np.ascontiguousarray(_along(down.T, 2 * half + 1).T)


def _along(source: Plane, length: int) -> Plane:
    """The highest of each `length` values down a column."""
    stretch = 1
    while 2 * stretch <= length:
        source = np.maximum(source[:-stretch], source[stretch:])
        stretch *= 2
    rest = length - stretch
    return np.maximum(source[: source.shape[0] - rest], source[rest:])


def _box(is_set: Flags) -> Rect:
    """The rectangle around all that is set."""
    rows, columns = (np.flatnonzero(is_set.any(axis=axis)) for axis in (1, 0))
    if not rows.size:
        return EMPTY
    return Rect(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)


def _blocks(wanted: Wanted, base: Plane, radius: int) -> list[Rect]:
    tall, wide = (2, 4) if radius >= FAR else (1, 16)
    return blocks(wanted, size_of(base), tall=tall, wide=wide)
