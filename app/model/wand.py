"""Areas of one colour: what the wand selects."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from app.model.change import combine
from app.model.components import Components
from app.model.geometry import Rect
from app.model.selection.area import Area, reach_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.model.change import Change
    from app.model.picture import Picture, Plane
    from app.model.selecting import Mode, Selecting

Flags: TypeAlias = NDArray[np.bool_]

BAND = 32
"""Rows looked at together: few enough to stay near the processor."""
ALL = np.uint32(0x01010101)
"""Four flags of a byte that are all set."""
FEWEST = 4
"""Sixteenths around a pixel that a straight edge beside it makes up."""


class Wand:
    """What has the colour of one pixel of a picture.

    Pixels are alike up to a tolerance, in levels of the channel that differs most; alpha is a
    channel like the others.
    """

    def __init__(self, picture: Picture, x: int, y: int) -> None:
        self._picture = picture
        self._x, self._y = x, y

    def change(
        self, selecting: Selecting, mode: Mode, base: Plane, report: Callable[[float], None]
    ) -> Change:
        """The change that joins the area to a mask."""
        area = self.area(selecting)
        report(0.5)
        return combine(base, *area, mode)

    def area(self, selecting: Selecting) -> Area:
        """What the wand selects; its slanting edges are antialiased."""
        region = alike(self._picture, self._x, self._y, round(selecting.tolerance))
        box = Rect.of(self._picture.size)
        if selecting.contiguous:
            parts = Components(region)
            number = parts.at(self._x, self._y)
            region, box = parts.part(number), parts.box(number)
        reach = reach_of(box.grown(1), selecting, self._picture.size)
        return Area(antialiased(region[reach.slices]), reach).finished(selecting)


def alike(picture: Picture, x: int, y: int, tolerance: int) -> Flags:
    """The pixels whose colour differs from that of the pixel (x, y) by so many levels at most."""
    width, height = picture.size
    found = np.empty((height, width), np.bool_)
    rows = picture.pixels.reshape(height, 4 * width)
    low, span = (np.tile(each, width) for each in _levels(picture.pixels[y, x], tolerance))
    for top in range(0, height, BAND):
        # What is below the lowest level wraps round, to above all that is alike.
        fits = rows[top : top + BAND] - low <= span
        np.equal(fits.view(np.uint32), ALL, out=found[top : top + BAND])
    if picture.alpha is not None:
        low, span = _levels(picture.alpha[y, x], tolerance)
        found &= picture.alpha - low <= span
    return found


def antialiased(region: Flags) -> Plane:
    """A region at full strength, and pixels beside its edge as far as a smooth edge covers them.

    Where a region fills more than a quarter of what is around a pixel, the rest of that pixel's
    coverage is what exceeds the quarter, doubled: nothing along straight edges, an eighth along
    diagonal ones, just as if the edge had been drawn.
    """
    sixteenths = _binomial(region.view(np.uint8))
    beside = np.maximum(sixteenths, FEWEST)
    beside -= FEWEST
    np.minimum(beside, 8, out=beside)
    beside *= 31  # less than 255 where it is beside
    beside |= np.negative(region.view(np.uint8))
    return beside


def _levels(color: Plane, tolerance: int) -> tuple[Plane, Plane]:
    """The lowest level of each channel that is alike, and how many above it are too."""
    low = np.maximum(color.astype(np.intp) - tolerance, 0)
    high = np.minimum(color.astype(np.intp) + tolerance, 255)
    return low.astype(np.uint8), (high - low).astype(np.uint8)


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
