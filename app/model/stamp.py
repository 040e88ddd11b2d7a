"""Stamps: what one dab of a brush looks like, made once and kept."""

from __future__ import annotations

from collections import OrderedDict
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from app.model import kernels
from app.model.disc import paint_disc
from app.model.kernels.discs import UNIT

if TYPE_CHECKING:
    from app.model.brush import Brush
    from app.model.picture import Plane

CACHE_BYTES = 48 << 20

Place = tuple[int, int]
"""A point, counted in the places that a tip of a brush has."""


class Stamps:
    """The stamps of one brush, one for each place within a pixel, made when first needed.

    Every stamp is a square of 2 · `reach` + 1 pixels around the pixel that the dab's middle is in,
    and says how much of each the brush covers; `kernels.dab` sets it into a mask.

    The place of a dab at x is floor(x · `grid` + `offset`); its upper bits (those above `bits`)
    are the pixel, its lower ones the place within it. With a grid of 1 that is the pixel's middle.
    """

    def __init__(self, brush: Brush) -> None:
        self.brush = brush
        self._made: dict[int, Plane] = {}
        self.grid = brush.grid
        self.bits = self.grid.bit_length() - 1
        self.offset = 0.0 if self.grid == 1 else 0.5
        self.reach = ceil(brush.outer + (0.5 if self.grid > 1 else 0.0)) - 1
        self.nbytes = 0

    def dab(
        self, plane: Plane, places: list[Place], erase: bool, opacity: int, limit: Plane | None
    ) -> None:
        """Set dabs; what is beside the plane is left off."""
        # Painting takes most of its time here.
        bits, last, reach, stamp_at = self.bits, self.grid - 1, self.reach, self.at
        dabs = [
            (stamp_at(column & last, row & last), (column >> bits) - reach, (row >> bits) - reach)
            for column, row in places
        ]
        kernels.dab(plane, dabs, erase, opacity, limit)

    def at(self, column: int, row: int) -> Plane:
        """The stamp for a place within a pixel."""
        place = row << self.bits | column
        stamp = self._made.get(place)
        return self._make(place, column, row) if stamp is None else stamp

    def forget(self) -> None:
        """Let go of all stamps; they are made anew when needed."""
        self._made.clear()
        self.nbytes = 0

    def _make(self, place: int, column: int, row: int) -> Plane:
        if self.nbytes > CACHE_BYTES:
            self.forget()
        if self.grid == 1:
            stamp = _mirrored(_quarter(self.brush, self.reach))
        else:
            stamp = _placed(self.brush, self.reach, column / self.grid, row / self.grid)
        self._made[place] = stamp
        self.nbytes += stamp.nbytes
        return stamp


class StampCache:
    """The stamps of the brushes used last, up to a number of bytes."""

    def __init__(self, limit: int = CACHE_BYTES) -> None:
        self._limit = limit
        self._sets: OrderedDict[Brush, Stamps] = OrderedDict()

    def stamps(self, brush: Brush) -> Stamps:
        found = self._sets.setdefault(brush, Stamps(brush))
        self._sets.move_to_end(brush)
        while (
            len(self._sets) > 1 and sum(each.nbytes for each in self._sets.values()) > self._limit
        ):
            _, oldest = self._sets.popitem(last=False)
            oldest.forget()  # a stroke may hold on to it
        return found


def _quarter(brush: Brush, reach: int) -> Plane:
    """The lower right quarter of a stamp around the middle of a pixel."""
    quarter = np.zeros((reach + 1, reach + 1), np.uint8)
    paint_disc(quarter, brush, UNIT // 2, UNIT // 2)
    return quarter


def _mirrored(quarter: Plane) -> Plane:
    """The whole stamp."""
    reach = len(quarter) - 1
    stamp = np.empty((2 * reach + 1, 2 * reach + 1), np.uint8)
    stamp[reach:, reach:] = quarter
    stamp[reach:, :reach] = quarter[:, :0:-1]
    stamp[:reach] = stamp[:reach:-1]
    return stamp


def _placed(brush: Brush, reach: int, column: float, row: float) -> Plane:
    """A stamp around any place of its middle pixel."""
    stamp = np.zeros((2 * reach + 1, 2 * reach + 1), np.uint8)
    paint_disc(stamp, brush, round((reach + column) * UNIT), round((reach + row) * UNIT))
    return stamp
