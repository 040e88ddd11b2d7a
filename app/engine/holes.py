"""Holes: the pixels that a filler paints, as hard masks."""

import numpy as np
from numpy.typing import NDArray

from app.model.picture import Plane

Bits = NDArray[np.bool_]


def grown(bits: Bits, radius: int) -> Bits:
    """All pixels within a square of `radius` around those that are set."""
    for axis in (0, 1):
        lines = np.moveaxis(bits, axis, 0)
        wider = lines.copy()
        for shift in range(1, radius + 1):
            wider[shift:] |= lines[:-shift]
            wider[:-shift] |= lines[shift:]
        bits = np.moveaxis(wider, 0, axis)
    return bits


def plane(bits: Bits) -> Plane:
    """The pixels that are set as 255, all others 0."""
    return np.ascontiguousarray(np.where(bits, 255, 0).astype(np.uint8))
