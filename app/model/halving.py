"""Planes at a half, a quarter, … of their size, for showing large ones small."""

import numpy as np
from numpy.typing import NDArray

from app.model.picture import Plane

BLOCK = 1 << 18
"""Pixels worked on at once, so that what is in between stays in the processor's cache."""

# Sums are added two or four at a time: they lie side by side in one word, and multiplying it by
# ones in their places adds all of them up in its highest.
_TWO, _SECOND = np.uint32(0x1_0001), np.uint32(16)
_FOUR, _FOURTH = np.uint64(0x1_0001_0001_0001), np.uint64(48)


def halved(length: int, times: int = 1) -> int:
    """A length halved so often, rounded up: what is left over keeps a pixel of its own."""
    return -(-length >> times)


def halve(source: Plane, target: Plane, times: int = 1) -> None:
    """Make each pixel of `target` the rounded mean of its 2 · 2, 4 · 4, … in `source`.

    Where `source` ends within those, its last row or column stands for what is missing.
    """
    height, width = source.shape
    if height * width <= BLOCK:
        _halve(source, target, times)
        return
    lines = max(1, (BLOCK >> times) // width)
    for top in range(0, target.shape[0], lines):
        block = source[top << times : (top + lines) << times]
        _halve(block, target[top : top + lines], times)


def _halve(source: Plane, target: Plane, times: int) -> None:
    below, beside = (-length % (1 << times) for length in source.shape)
    if below or beside:
        source = np.pad(source, ((0, below), (0, beside)), mode="edge")
    sums = _pairs(source) if times == 1 else _squares(source, times)
    bits = 2 * times
    sums += sums.dtype.type(1 << bits - 1)
    sums >>= sums.dtype.type(bits)
    np.copyto(target, sums, casting="unsafe")


def _pairs(source: Plane) -> NDArray[np.uint32]:
    """The sum of each 2 · 2 pixels."""
    sums = np.add(source[0::2], source[1::2], dtype=np.uint16).view(np.uint32)
    sums *= _TWO
    sums >>= _SECOND
    return sums


def _squares(source: Plane, times: int) -> NDArray[np.uint64]:
    """The sum of each 4 · 4, 8 · 8, … pixels; up to 64 · 64 four of a row's fit in 16 bits."""
    height, width = source.shape
    lines = source.reshape(height >> times, 1 << times, width)
    sums: NDArray[np.uint64] = np.add.reduce(lines, axis=1, dtype=np.uint16).view(np.uint64)
    sums *= _FOUR
    sums >>= _FOURTH
    for _ in range(times - 2):
        sums = sums[:, 0::2] + sums[:, 1::2]
    return sums
