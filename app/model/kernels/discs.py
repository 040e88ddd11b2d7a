"""Round dabs in numpy: what `disc` means, and what runs where it is not compiled."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from app.model.kernels.pure import dab

if TYPE_CHECKING:
    from app.model.picture import Plane

Floats = NDArray[np.float64]

UNIT = 64
"""The places that a pixel has along each axis."""
STEPS = 4096
"""How finely a rim is told apart: ten times finer than it can be painted."""


def disc(
    plane: Plane,
    places: list[tuple[int, int]],
    inner: float,
    falloff: float,
    profile: bytes,
    erase: bool,
    opacity: int,
    limit: Plane | None,
    /,
) -> None:
    """Set dabs of a round brush whose middles are at `places`, UNIT of which are a pixel.

    It is full up to `inner` pixels from there; the `profile` has the levels of the `falloff`
    pixels around that, in STEPS + 1 steps from within. All else is as with `dab`.
    """
    reach, levels = ceil(inner + falloff) + 1, np.frombuffer(profile, np.uint8)
    span = np.arange(2 * reach + 1) * UNIT + UNIT // 2
    for x, y in places:
        left, top = x // UNIT - reach, y // UNIT - reach
        across = (span + left * UNIT - x).astype(np.float64)
        down = (span + top * UNIT - y).astype(np.float64)
        cover = _cover(across, down, inner * UNIT, falloff * UNIT, levels)
        dab(plane, [(cover, left, top)], erase, opacity, limit)


def _cover(x: Floats, y: Floats, inner: float, falloff: float, profile: Plane) -> Plane:
    """The levels at places `x` and `y` off the middle. Only the rim is worked out."""
    far, near = _chord(inner + falloff, y), _chord(inner, y)
    first = np.floor((-far - x[0]) / UNIT).astype(np.intp)
    last = np.ceil((far - x[0]) / UNIT).astype(np.intp) + 1
    # A pixel less than is full at either side: rounding must not matter.
    start = np.ceil((-near - x[0]) / UNIT).astype(np.intp) + 1
    end = np.floor((near - x[0]) / UNIT).astype(np.intp)
    start, end = np.where(start < end, start, last), np.where(start < end, end, last)
    columns = np.arange(x.size)
    is_full = (columns >= start[:, None]) & (columns < end[:, None])
    cover: Plane = is_full.view(np.uint8) * profile[0]
    for one, other in ((first, start), (end, last)):
        rows, places = _runs(np.maximum(one, 0), np.minimum(other, x.size))
        off = np.sqrt(x[places] * x[places] + y[rows] * y[rows]) - inner
        steps = np.clip(off * (STEPS / falloff), 0, STEPS).astype(np.intp)
        cover[rows, places] = profile[steps]
    return cover


def _chord(radius: float, y: Floats) -> Floats:
    """Half the width of a disc at the heights `y`."""
    half: Floats = np.sqrt(np.maximum(radius * radius - y * y, 0))
    return half


def _runs(
    first: NDArray[np.intp], last: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Rows and columns of all pixels from `first` up to but without `last`, for each row."""
    counts = np.maximum(last - first, 0)
    starts = np.cumsum(counts) - counts
    rows = np.repeat(np.arange(first.size), counts)
    return rows, np.arange(rows.size) - np.repeat(starts - first, counts)
