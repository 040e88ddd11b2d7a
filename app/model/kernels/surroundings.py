"""The kernels that look all around each pixel, in numpy: the highest in a disc, a soft mean."""

from __future__ import annotations

from math import isqrt
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from app.model.picture import Plane

SHIFT = 7
"""Levels are multiplied by 2⁷: two of them times a weight still fit into 32 bits."""


def highest(target: Plane, source: Plane, radius: int, /) -> None:
    """Write the highest value in the disc around each pixel: dx² + dy² ≤ radius².

    `source` has the target's pixels and `radius` more on each side.

    Rows of one width share the highest values along them, and those come from two overlapping
    stretches whose length is a power of two.
    """
    height, width = target.shape
    _check(target, source, radius)
    target.fill(0)
    along = np.empty((height + 2 * radius, width), np.uint8)
    stretches, length = source, 1
    for half, offsets in _rows(radius):
        wide = 2 * half + 1
        while 2 * length <= wide:
            stretches = np.maximum(stretches[:, :-length], stretches[:, length:])
            length *= 2
        first, second = radius - half, radius + half + 1 - length
        # Only the outermost rows are missing from what the offsets reach.
        seen = slice(radius - offsets[-1], height + radius + offsets[-1])
        left, right = (stretches[seen, at : at + width] for at in (first, second))
        np.maximum(left, right, out=along[seen])
        for offset in offsets:
            for top in {radius - offset, radius + offset}:
                np.maximum(target, along[top : top + height], out=target)


def gaussian(target: Plane, source: Plane, weights: bytes, /) -> None:
    """Write the mean of what is around each pixel, by weights of its distance in x and in y.

    `weights` are numbers of 16 bits, in 65536ths: half of the middle's, then those of either side;
    with 63 of them at most, what is even stays so. `source` has the target's pixels and as many
    more on each side as there are weights but the first.

    Of each product the fraction is dropped; what that amounts to in all is put in before.
    """
    shares = np.frombuffer(weights, np.uint16)
    reach = shares.size - 1
    _check(target, source, reach)
    scaled = np.left_shift(source.T, SHIFT, dtype=np.uint16, order="C")
    down = _summed(np.ascontiguousarray(_summed(scaled, shares).T), shares)
    np.copyto(target, (down + np.uint16(1 << SHIFT - 1)) >> SHIFT, casting="unsafe")


def _summed(values: NDArray[np.uint16], shares: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """The means down each column; as many rows as there are weights but the first are gone."""
    reach = shares.size - 1
    height = values.shape[0] - 2 * reach
    sums = np.full((height, values.shape[1]), shares.size // 2, np.uint16)
    both, products = np.empty_like(sums), np.empty(sums.shape, np.uint32)
    high = products.view(np.uint16)[:, 1::2]  # what is left of each without its lower 16 bits
    for step, share in enumerate(shares):
        above, below = (values[reach + way : reach + way + height] for way in (-step, step))
        np.add(above, below, out=both)
        np.multiply(both, share, out=products, dtype=np.uint32)
        sums += high
    return sums


def _rows(radius: int) -> list[tuple[int, list[int]]]:
    """Half the width of a disc's rows, narrow ones first, and how far above and below they lie."""
    rows: dict[int, list[int]] = {}
    for offset in range(radius + 1):
        rows.setdefault(isqrt(radius * radius - offset * offset), []).append(offset)
    return sorted(rows.items())


def _check(target: Plane, source: Plane, margin: int) -> None:
    if source.shape != tuple(length + 2 * margin for length in target.shape):
        raise ValueError("source: not the target and its surroundings")
