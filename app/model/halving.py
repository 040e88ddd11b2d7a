"""Planes at half their size, for showing large ones small."""

import numpy as np

from app.model.picture import Plane

BLOCK = 1 << 18
"""Pixels worked on at once, so that what is in between stays in the processor's cache."""


def half_size(length: int) -> int:
    """A length halved; an odd one keeps its last pixel."""
    return (length + 1) // 2


def halve(source: Plane, target: Plane) -> None:
    """Make each pixel of `target` the rounded mean of its four in `source`.

    Where `source` is odd, its last row or column stands for two.
    """
    height, width = source.shape
    rows = max(2, BLOCK // max(1, width) & ~1)
    for top in range(0, height, rows):
        part = source[top : top + rows]
        if part.shape[0] & 1 or width & 1:
            part = np.pad(part, ((0, part.shape[0] & 1), (0, width & 1)), mode="edge")
        _halve(part, target[top // 2 : (top + rows) // 2])


def _halve(source: Plane, target: Plane) -> None:
    pairs = np.add(source[0::2], source[1::2], dtype=np.uint16).view(np.uint32)
    # Each 32-bit word holds two sums. This adds them in its upper half, with 2 for rounding; the
    # low byte of a quarter of that is the mean.
    pairs *= 0x10001
    pairs += 0x20000
    pairs >>= 18
    np.copyto(target, pairs, casting="unsafe")
