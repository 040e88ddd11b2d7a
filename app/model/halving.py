"""Planes at half their size, for showing large ones small."""

import numpy as np

from app.model.picture import Plane

BLOCK = 1 << 18
"""Pixels worked on at once, so that what is in between stays in the processor's cache."""

# Each 32-bit word holds two sums. This adds them in its upper half, with 2 for rounding; the low
# byte of a quarter of that is the mean. (Given as numpy's own numbers, they cost half as much.)
_ADD, _ROUND, _QUARTER = np.uint32(0x10001), np.uint32(0x20000), np.uint32(18)


def half_size(length: int) -> int:
    """A length halved; an odd one keeps its last pixel."""
    return (length + 1) // 2


def halve(source: Plane, target: Plane) -> None:
    """Make each pixel of `target` the rounded mean of its four in `source`.

    Where `source` is odd, its last row or column stands for two.
    """
    height, width = source.shape
    if height * width <= BLOCK:
        _halve(source, target)
        return
    rows = max(2, BLOCK // width & ~1)
    for top in range(0, height, rows):
        _halve(source[top : top + rows], target[top // 2 : (top + rows) // 2])


def _halve(source: Plane, target: Plane) -> None:
    height, width = source.shape
    if (height | width) & 1:
        source = np.pad(source, ((0, height & 1), (0, width & 1)), mode="edge")
    pairs = np.add(source[0::2], source[1::2], dtype=np.uint16).view(np.uint32)
    pairs *= _ADD
    pairs += _ROUND
    pairs >>= _QUARTER
    np.copyto(target, pairs, casting="unsafe")
