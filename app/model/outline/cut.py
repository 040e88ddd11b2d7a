"""Divides object from ground where it costs least.

Minimises ∑ weight · |difference to the neighbours| + ∑ cost · share over shares between 0 and 1,
by the primal-dual method of Chambolle and Pock (2011). Nearly all shares end as 0 or 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from app.model.outline.mixture import Floats
    from app.model.picture import Plane

Flags: TypeAlias = NDArray[np.bool_]
T = TypeVar("T", bound=np.generic)

DUAL_STEP = np.float32(0.35)
STEP = np.float32(1 / (8 * DUAL_STEP))
"""Their product may be an eighth at most: that is what differences in two directions amount to."""
LEAST_WEIGHT = 0.02
"""Even along the hardest edge a shorter outline is a better one."""


class Cut:
    """The pixels of a plane that are to be divided, and those next to them, which stay.

    They are kept in reading order, so that neighbours in a row lie side by side.
    """

    def __init__(self, free: Flags, channels: Plane) -> None:
        self._width = free.shape[1]
        self._pixels = np.flatnonzero(widened(free))
        self.is_free: Flags = free.ravel()[self._pixels]
        rows, columns = np.divmod(self._pixels, self._width)
        self.colors: Floats = np.stack(
            [channel[rows, columns] for channel in channels], axis=1
        ).astype(np.float32)
        self._join(columns)
        count = len(self._pixels)
        self._step = np.where(self.is_free, STEP, np.float32(0))
        self._right = np.zeros(count, np.float32)
        self._down = np.zeros(count, np.float32)

    def taken(self, plane: NDArray[T]) -> NDArray[T]:
        """The values of a plane at these pixels."""
        return plane.reshape(-1)[self._pixels]

    def put(self, values: NDArray[T], plane: NDArray[T]) -> None:
        """Write values of these pixels into a C-contiguous plane."""
        plane.reshape(-1)[self._pixels] = values

    def solve(self, shares: Floats, cost: Floats, steps: int) -> Floats:
        """Go on from `shares`, for so many steps; a positive cost speaks for the ground."""
        ahead = shares
        flow = np.zeros(len(shares) + 1, np.float32)  # the last one is of pixels that are not here
        for _ in range(steps):
            self._climb(ahead)
            before, shares = shares, self._descend(shares, cost, flow)
            ahead = 2 * shares
            ahead -= before
        return shares

    def _join(self, columns: NDArray[np.intp]) -> None:
        """Find the neighbours of each pixel, and what an edge between the two costs."""
        pixels, count = self._pixels, len(self._pixels)
        is_joined = (np.diff(pixels) == 1) & (columns[1:] > 0)
        below = np.searchsorted(pixels, pixels + self._width)
        np.minimum(below, count - 1, out=below)
        has_below = pixels[below] == pixels + self._width
        right = np.zeros(count, np.float32)
        right[:-1] = _squared(self.colors[1:] - self.colors[:-1])
        down = _squared(self.colors[below] - self.colors)
        edges = right[:-1][is_joined].sum(dtype=float) + down[has_below].sum(dtype=float)
        contrast = max(1e-3, edges / max(1, is_joined.sum() + has_below.sum()))
        self._right_weight = _weights(right, contrast)
        self._right_weight[:-1][~is_joined] = 0
        self._right_weight[-1:] = 0
        self._down_weight = _weights(down, contrast)
        self._down_weight[~has_below] = 0
        self._below = below
        self._above = np.full(count, count)
        self._above[below[has_below]] = np.flatnonzero(has_below)

    def _climb(self, shares: Floats) -> None:
        """Take the differences between neighbours into account more."""
        right, down = np.zeros_like(shares), np.take(shares, self._below, mode="clip")
        np.subtract(shares[1:], shares[:-1], out=right[:-1])
        down -= shares
        for more, weight, sum_ in (
            (right, self._right_weight, self._right),
            (down, self._down_weight, self._down),
        ):
            more *= weight
            more *= DUAL_STEP
            sum_ += more
        np.multiply(self._right, self._right, out=right)
        np.multiply(self._down, self._down, out=down)
        length = right
        length += down
        np.maximum(length, 1, out=length)
        np.sqrt(length, out=length)
        self._right /= length
        self._down /= length

    def _descend(self, shares: Floats, cost: Floats, flow: Floats) -> Floats:
        """Give in to differences and costs."""
        right = self._right * self._right_weight
        np.multiply(self._down, self._down_weight, out=flow[:-1])
        change = np.take(flow, self._above, mode="clip")
        np.subtract(flow[:-1], change, out=change)
        change += right
        change[1:] -= right[:-1]
        change -= cost
        change *= self._step
        change += shares
        return np.clip(change, 0, 1, out=change)


def widened(flags: Flags) -> Flags:
    """The pixels that are set, and their neighbours above, below and beside."""
    wide = flags.copy()
    wide[1:] |= flags[:-1]
    wide[:-1] |= flags[1:]
    wide[:, 1:] |= flags[:, :-1]
    wide[:, :-1] |= flags[:, 1:]
    return wide


def _squared(differences: Floats) -> Floats:
    squared: Floats = np.einsum("ij,ij->i", differences, differences)
    return squared


def _weights(squared: Floats, contrast: float) -> Floats:
    weights: Floats = np.exp(squared * np.float32(-0.5 / contrast))
    return np.maximum(weights, np.float32(LEAST_WEIGHT))
