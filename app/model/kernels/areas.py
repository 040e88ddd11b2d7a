"""The kernels of areas in numpy: what is of one colour, and edges made smooth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.model.components import Components

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from app.model.components import Flags
    from app.model.picture import Plane

    Pixels = NDArray[np.uint32]

BAND = 32
"""Rows looked at together: few enough to stay near the processor."""
ALL = np.uint32(0x01010101)
"""Four flags of a byte that are all set."""
FEWEST = 4
"""Sixteenths around a pixel that a straight edge beside it makes up."""


def alike(pixels: Pixels, x: int, y: int, tolerance: int) -> Flags:
    """The pixels none of whose bytes differs from the pixel's at (x, y) by more."""
    height, width = pixels.shape
    found = np.empty((height, width), np.bool_)
    rows = pixels.view(np.uint8)
    color = rows[y, 4 * x : 4 * x + 4].astype(np.intp)
    low, high = np.maximum(color - tolerance, 0), np.minimum(color + tolerance, 255)
    lows, spans = (np.tile(each.astype(np.uint8), width) for each in (low, high - low))
    for top in range(0, height, BAND):
        # What is below the lowest level wraps round, to above all that is alike.
        fits = rows[top : top + BAND] - lows <= spans
        np.equal(fits.view(np.uint32), ALL, out=found[top : top + BAND])
    return found


def flood(
    pixels: Pixels, x: int, y: int, tolerance: int
) -> tuple[tuple[int, int, int, int], bytes]:
    """What is `alike` and hangs together with the pixel at (x, y) by the pixels' sides.

    Left, top, right and bottom of it, and a byte for each pixel there: 1 where it is, else 0.
    """
    parts = Components(alike(pixels, x, y, tolerance))
    number = parts.at(x, y)
    box = parts.box(number)
    return box, parts.part(number)[box.slices].tobytes()


def smooth_edges(target: Plane, region: Flags) -> None:
    """Write a region at full strength, and pixels beside it as far as a smooth edge covers them.

    Where a region fills more than a quarter of what is around a pixel, that pixel's coverage is
    what exceeds the quarter, doubled: nothing along straight edges, an eighth along diagonal
    ones, just as if the edge had been drawn.
    """
    values = region.view(np.uint8)
    np.subtract(np.maximum(_binomial(values), FEWEST), FEWEST, out=target)
    np.minimum(target, 8, out=target)
    np.multiply(target, 31, out=target)
    np.bitwise_or(target, np.negative(values), out=target)


def _binomial(values: Plane) -> Plane:
    """Each value four times, its neighbours twice and those at its corners once, added up."""
    across = values + values
    across[:, 1:] += values[:, :-1]
    across[:, :-1] += values[:, 1:]
    across[:, 0] += values[:, 0]
    across[:, -1] += values[:, -1]
    summed = across + across
    summed[1:] += across[:-1]
    summed[:-1] += across[1:]
    summed[0] += across[0]
    summed[-1] += across[-1]
    return summed
