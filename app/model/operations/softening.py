"""Feather and smooth: edges made soft, and made crisp again."""

from functools import partial
from math import floor, sqrt

import numpy as np
from numpy.typing import NDArray

from app.model.change import Change, Report, difference
from app.model.gaussian import MOST, averaged, reach_of, weighted
from app.model.geometry import Rect
from app.model.operations.places import (
    Wanted,
    around,
    blocks,
    extremes,
    highest_near,
    lowest_near,
    padded,
    rewritten,
    size_of,
    strips,
)
from app.model.operations.settings import Feather, Smooth
from app.model.picture import Plane
from app.model.tiles import TILE

BAND = 2 * TILE
"""Rows, and then columns, that are blurred at a time."""

SCALE = 1 << 13
"""What levels are multiplied by, so that means of means are not rounded to whole ones."""


def feather(base: Plane, settings: Feather, report: Report) -> Change:
    """A Gaussian of the whole mask; beyond its edge all goes on as it is there."""
    if settings.radius > MOST:
        return _feathered_widely(base, settings.radius, report)
    reach = reach_of(settings.radius)
    places = blocks(_uneven(base, reach), size_of(base), tall=2, wide=8)

    def feathered(place: Rect) -> Plane:
        return weighted(padded(base, place, reach), settings.radius)

    return rewritten(base, places, feathered, report)


def smooth(base: Plane, settings: Smooth, report: Report) -> Change:
    """A blur whose edges are made steep again around the middle level.

    The blur is three running means of 2 · radius + 1 pixels, close to a Gaussian. Made as steep
    as it is soft, a straight edge is what it was, to the pixel, and others are antialiased.
    """
    radius = round(settings.radius)
    length = 2 * radius + 1
    # How much of its height a straight edge climbs in one pixel once it is blurred.
    slope = (3 * length**2 + 1) / (4 * length**3)
    steepness = 1 + settings.hardness * (1 / slope - 1)
    reach = 3 * radius
    wanted = _uneven(base, reach)
    if settings.hardness:
        wanted |= _grey(base)  # where steepness alone tells: else it would end with a tile
    places = blocks(wanted, size_of(base), tall=4, wide=4)

    def smoothed(place: Rect) -> Plane:
        blurred = padded(base, place, reach).astype(np.uint32) * np.uint32(SCALE)
        for _ in ("down", "across"):
            for _ in range(3):
                blurred = _running_mean(blurred, length)
            blurred = np.ascontiguousarray(blurred.T)
        levels = (blurred.astype(np.float32) / SCALE - 127.5) * np.float32(steepness) + 127.5
        found: Plane = np.rint(np.clip(levels, 0, 255)).astype(np.uint8)
        return found

    return rewritten(base, places, smoothed, report)


def _feathered_widely(base: Plane, radius: float, report: Report) -> Change:
    size = size_of(base)
    reach = _mean_reach(radius)
    wanted = _uneven(base, reach)
    if not wanted.any():
        return {}
    target = around(wanted, size)
    seen = target.grown(reach).within(Rect.of(size))
    places = blocks(wanted, size, tall=2, wide=8)
    if sum(place.grown(reach).size.area for place in places) < seen.size.area:
        return rewritten(base, places, partial(_feathered, base, radius), report)
    # Pillow goes along the rows first and then along the columns, and so can be had in pieces.
    plane = base[seen.slices].copy()
    for rows in strips(seen.height, BAND):
        report(rows.start / seen.height / 2)
        plane[rows] = averaged(plane[rows], radius, 0)
    change: dict[int, bytes] = {}
    for columns in strips(target.width, BAND):
        report((1 + columns.start / target.width) / 2)
        place = target._replace(left=target.left + columns.start, right=target.left + columns.stop)
        within = place.moved(-seen.left, -seen.top)
        soft = averaged(plane[:, within.columns], 0, radius)
        change.update(difference(base, soft[within.rows], place))
    return change


def _feathered(base: Plane, radius: float, place: Rect) -> Plane:
    """A part of the feathered mask, by itself."""
    # Where the mask ends, all must end: Pillow goes on with what each of its steps has there.
    seen = place.grown(_mean_reach(radius)).within(Rect.of(size_of(base)))
    return averaged(base[seen.slices], radius, radius)[place.moved(-seen.left, -seen.top).slices]


def _uneven(base: Plane, reach: int) -> Wanted:
    """The tiles that have more than one value within `reach`."""
    low, high = extremes(base)
    uneven: Wanted = highest_near(high, reach) > lowest_near(low, reach)
    return uneven


def _grey(base: Plane) -> Wanted:
    """The tiles that hold more than nothing and full paint."""
    low, high = extremes(base)
    grey: Wanted = ((low > 0) & (low < 255)) | ((high > 0) & (high < 255))
    return grey


def _mean_reach(radius: float) -> int:
    """How far three running means see: over pixels and parts of pixels."""
    half = floor((sqrt(4 * radius * radius + 1) - 1) / 2)
    return 3 * (half + 1)


def _running_mean(values: NDArray[np.uint32], length: int) -> NDArray[np.uint32]:
    """The rounded mean of each `length` values down a column; so many less one are gone."""
    sums = np.empty((values.shape[0] + 1, values.shape[1]), np.uint32)
    sums[0] = 0
    np.cumsum(values, axis=0, out=sums[1:])
    means = sums[length:] - sums[:-length]
    means += np.uint32(length // 2)
    means //= np.uint32(length)
    return means
