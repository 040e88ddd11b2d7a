"""Stamps: what one dab of a brush looks like, made once and kept."""

from collections import OrderedDict
from functools import lru_cache
from math import ceil

import numpy as np
from numpy.typing import NDArray

from app.model.brush import Brush
from app.model.picture import Plane

Floats = NDArray[np.float32]

CACHE_BYTES = 48 << 20
STEPS = 4096
"""How finely a brush's rim is told apart: ten times finer than it can be painted."""


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
            stamp = _centred(self.brush, self.reach)
        else:
            stamp = _rimmed(self.brush, self.reach, column / self.grid, row / self.grid)
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


def _centred(brush: Brush, reach: int) -> Plane:
    """A stamp around the middle of a pixel: a quarter of it, mirrored."""
    squares = np.square(np.arange(reach + 1, dtype=np.float32))
    quarter = _levels(brush, squares[:, None] + squares)
    stamp = np.empty((2 * reach + 1, 2 * reach + 1), np.uint8)
    stamp[reach:, reach:] = quarter
    stamp[reach:, :reach] = quarter[:, :0:-1]
    stamp[:reach] = stamp[:reach:-1]
    return stamp


def _rimmed(brush: Brush, reach: int, column: float, row: float) -> Plane:
    """A stamp around any place of a pixel. Only its rim is computed, which is what makes large
    hard stamps cheap enough to be made between two dabs."""
    span = np.arange(-reach, reach + 1, dtype=np.float32) + np.float32(0.5)
    x, y = span - np.float32(column), span - np.float32(row)
    far, near = _chord(brush.outer, y), _chord(brush.inner, y)
    full = np.abs(x) <= np.where(np.abs(y) < brush.inner, near, -1)[:, None]
    stamp: Plane = full.view(np.uint8) * np.uint8(round(255 * brush.opacity))
    # A pixel more than there should be on the inner side: what is rounded must leave no gap.
    for first, last in (
        (np.ceil(-far - x[0]), np.floor(-near - x[0]) + 2),
        (np.floor(near - x[0]), np.floor(far - x[0]) + 1),
    ):
        rows, columns = _runs(
            np.maximum(first, 0).astype(np.intp), np.minimum(last, x.size).astype(np.intp)
        )
        stamp[rows, columns] = _levels(brush, np.square(x)[columns] + np.square(y)[rows])
    return stamp


def _chord(radius: float, y: Floats) -> Floats:
    """Half the width of a disc at the heights `y`."""
    half: Floats = np.sqrt(np.maximum(np.float32(radius * radius) - y * y, 0))
    return half


def _runs(
    first: NDArray[np.intp], last: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Rows and columns of all pixels from `first` up to but without `last`, for each row."""
    counts = np.maximum(last - first, 0)
    starts = np.cumsum(counts) - counts
    rows = np.repeat(np.arange(first.size), counts)
    return rows, np.arange(rows.size) - np.repeat(starts - first, counts)


def _levels(brush: Brush, squares: Floats) -> Plane:
    """What the brush paints at these squared distances from its middle, 0…255."""
    # Nothing here is computed in another way on another machine, so that strokes replay alike.
    scale = np.float32(STEPS / brush.falloff)
    steps = (np.sqrt(squares) - np.float32(brush.inner)) * scale
    levels: Plane = _profile(brush.opacity, is_hard=brush.is_hard)[
        np.clip(np.rint(steps), 0, STEPS).astype(np.uint16)
    ]
    return levels


@lru_cache(maxsize=64)
def _profile(opacity: float, *, is_hard: bool) -> Plane:
    """What a brush paints from where it is full to where it ends."""
    rim = np.arange(STEPS + 1) / STEPS
    # A rim of one pixel is coverage, hence linear.
    share = 1 - rim if is_hard else (1 + np.cos(np.pi * rim)) / 2
    profile: Plane = np.rint(share * (255 * opacity)).astype(np.uint8)
    return profile
