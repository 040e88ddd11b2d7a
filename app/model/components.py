"""Connected parts of a plane: how large they are, where they lie, and any of them by itself.

Rows are cut into runs of set pixels, and runs that touch are joined: what has a million pixels
has a few thousand runs, so that this is as fast as a compiled flood fill.
"""

from __future__ import annotations

from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from app.model.geometry import Rect, Size
from app.model.runs import drawn_out

Flags: TypeAlias = NDArray[np.bool_]
Numbers: TypeAlias = NDArray[np.intp]

NOWHERE = -1
"""The number of the part that a pixel is in which is not set."""


class Components:
    """The connected parts of the pixels that are set, numbered in reading order from 0.

    Parts are connected by the sides of their pixels, with `diagonal` by their corners too.
    """

    def __init__(self, is_set: Flags, *, diagonal: bool = False) -> None:
        height, width = is_set.shape
        self.size = Size(width, height)
        self._starts, self._ends = _runs(is_set)
        root = _joined(self._starts, self._ends, width + 1, diagonal)
        is_root = root == np.arange(root.size)
        self._parts: Numbers = (np.cumsum(is_root) - 1)[root]  # of each run
        self.count = int(np.count_nonzero(is_root))

    @cached_property
    def areas(self) -> Numbers:
        """How many pixels each part has."""
        areas = np.zeros(self.count, np.intp)
        np.add.at(areas, self._parts, self._ends - self._starts)
        return areas

    @cached_property
    def boxes(self) -> Numbers:
        """Left, top, right and bottom of the rectangle around each part; shape (count, 4)."""
        rows, left = np.divmod(self._starts, self.size.width + 1)
        boxes = np.empty((self.count, 4), np.intp)
        boxes[:, :2], boxes[:, 2:] = max(self.size) + 1, 0
        np.minimum.at(boxes[:, 0], self._parts, left)
        np.minimum.at(boxes[:, 1], self._parts, rows)
        np.maximum.at(boxes[:, 2], self._parts, left + self._ends - self._starts)
        np.maximum.at(boxes[:, 3], self._parts, rows + 1)
        return boxes

    @cached_property
    def touches_border(self) -> Flags:
        """Whether each part reaches the plane's edge."""
        width, height = self.size
        left, top, right, bottom = self.boxes.T
        touches: Flags = (left == 0) | (top == 0) | (right == width) | (bottom == height)
        return touches

    def box(self, part: int) -> Rect:
        """The rectangle around a part."""
        return Rect(*self.boxes[part].tolist())

    def at(self, x: int, y: int) -> int:
        """The part that a pixel is in, or NOWHERE."""
        place = y * (self.size.width + 1) + x
        run = int(np.searchsorted(self._starts, place, "right")) - 1
        return int(self._parts[run]) if run >= 0 and place < self._ends[run] else NOWHERE

    def plane(self, chosen: Flags) -> Flags:
        """The pixels of the parts that are chosen, one flag a part."""
        is_chosen = chosen[self._parts]
        return _painted(self._starts[is_chosen], self._ends[is_chosen], self.size)

    def part(self, number: int) -> Flags:
        """The pixels of one part."""
        return self.plane(np.arange(self.count) == number)


def _runs(is_set: Flags) -> tuple[Numbers, Numbers]:
    """Where runs of set pixels start and end, counted through rows that end in one gap more."""
    height, width = is_set.shape
    padded = np.zeros(height * (width + 1) + 1, np.bool_)
    padded[1:].reshape(height, width + 1)[:, :width] = is_set
    turns = np.flatnonzero(padded[1:] != padded[:-1])
    return turns[::2], turns[1::2]


def _joined(starts: Numbers, ends: Numbers, stride: int, diagonal: bool) -> Numbers:
    """For each run the first run of its part."""
    # The runs of the row above that each run touches, from `first` up to but without `last`.
    first = np.searchsorted(ends, starts - stride, "left" if diagonal else "right")
    last = np.searchsorted(starts, ends - stride, "right" if diagonal else "left")
    touched = last - first
    root = _followed(np.where(touched > 0, first, np.arange(starts.size)))
    forks = np.flatnonzero(touched > 1)
    return _bridged(root, *_pairs(forks, first[forks] + 1, touched[forks] - 1))


def _pairs(runs: Numbers, first: Numbers, counts: Numbers) -> tuple[Numbers, Numbers]:
    """Each run with `counts` others, one after the other from `first`."""
    starts = np.cumsum(counts) - counts
    others = np.arange(counts.sum()) + np.repeat(first - starts, counts)
    return np.repeat(runs, counts), others


def _bridged(root: Numbers, one: Numbers, other: Numbers) -> Numbers:
    """The roots after the parts of each pair of runs have become one part."""
    while True:
        a, b = root[one], root[other]
        apart = a != b
        if not apart.any():
            return root
        one, other, a, b = one[apart], other[apart], a[apart], b[apart]
        # Whatever has a smaller neighbour joins it, so at least half the parts are gone each time.
        np.minimum.at(root, np.maximum(a, b), np.minimum(a, b))
        root = _followed(root)


def _followed(root: Numbers) -> Numbers:
    """Every way to a root made one step long."""
    while True:
        further = root[root]
        if np.array_equal(further, root):
            return root
        root = further


def _painted(starts: Numbers, ends: Numbers, size: Size) -> Flags:
    """A plane in which these runs are set."""
    stride = size.width + 1
    turns = np.empty(2 * starts.size + 2, np.intp)
    turns[0], turns[1:-1:2], turns[2:-1:2], turns[-1] = 0, starts, ends, size.height * stride
    is_set = np.zeros(turns.size - 1, np.bool_)
    is_set[1::2] = True
    return drawn_out(is_set, turns).reshape(size.height, stride)[:, :-1]
