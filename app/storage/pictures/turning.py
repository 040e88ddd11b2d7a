"""Which way is up: planes turned as the orientation in EXIF says, 1…8."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

SIDEWAYS = 5
"""From this orientation on, width and height change places."""

_STRIP_PIXELS = 2**20

T = TypeVar("T", bound=np.generic)


def strips(height: int, width: int) -> Iterator[slice]:
    """The rows of a plane, about a million pixels at a time."""
    rows = max(1, _STRIP_PIXELS // width)
    for top in range(0, height, rows):
        yield slice(top, min(top + rows, height))


def turn(plane: NDArray[T], orientation: int) -> None:
    """Turn `plane`, whose rows are as in the file, upright in its own memory; not sideways."""
    if orientation in {3, 4}:
        _swap_rows(plane)
    if orientation in {2, 3}:
        for rows in strips(*plane.shape):
            plane[rows] = plane[rows, ::-1].copy()


def turn_into(upright: NDArray[T], plane: NDArray[T], orientation: int) -> None:
    """Write `plane`, whose rows are as in the file, into memory of its own, upright."""
    filed = as_filed(upright, orientation)
    for rows in strips(*plane.shape):
        filed[rows] = plane[rows]


def as_filed(upright: NDArray[T], orientation: int) -> NDArray[T]:
    """A view of `upright` whose rows and columns run as the file's do."""
    match orientation:
        case 2:
            return upright[:, ::-1]
        case 3:
            return upright[::-1, ::-1]
        case 4:
            return upright[::-1]
        case 5:
            return upright.T
        case 6:
            return np.rot90(upright)
        case 7:
            return upright[::-1, ::-1].T
        case 8:
            return np.rot90(upright, -1)
    return upright


def _swap_rows(plane: NDArray[T]) -> None:
    """Turn a plane upside down."""
    height, width = plane.shape
    for rows in strips(height // 2, width):
        above, below = plane[rows], plane[::-1][rows]
        kept = above.copy()
        above[...] = below
        below[...] = kept
