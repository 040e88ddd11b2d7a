"""The kernels in numpy: what they mean, and what runs where the compiled ones are not built."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.model.geometry import Rect
from app.model.halving import halve

if TYPE_CHECKING:
    from app.model.picture import Plane


__all__ = ["dab", "halve", "tile_bytes"]


def dab(
    plane: Plane,
    stamp: Plane,
    left: int,
    top: int,
    *,
    erase: bool = False,
    opacity: int = 255,
    limit: Plane | None = None,
) -> None:
    """Paint a stamp of coverage with its corner at `left`, `top`; clipped to the plane.

    Where the stamp covers more than is painted already, it is as full as the stamp; `erase` takes
    away in the same way. `opacity`, 0…255, scales the stamp, and `limit`, a plane of the same
    size, is the most that it may cover at each pixel.
    """
    height, width = stamp.shape
    whole = Rect(left, top, left + width, top + height)
    seen = whole.within(Rect(0, 0, plane.shape[1], plane.shape[0]))
    if seen.is_empty:
        return
    if seen != whole:
        stamp = stamp[seen.moved(-left, -top).slices]
    if opacity != 255:
        # Rounded: 255 is odd, so no quotient lies halfway.
        stamp = ((stamp * np.uint16(opacity) + np.uint16(127)) // np.uint16(255)).astype(np.uint8)
    if limit is not None:
        stamp = np.minimum(stamp, limit[seen.slices])
    values = plane[seen.slices]
    if erase:
        np.minimum(values, ~stamp, out=values)
    else:
        np.maximum(values, stamp, out=values)


def tile_bytes(values: Plane) -> bytes:
    """The values in reading order; a single one where they are all the same."""
    data = values.tobytes()
    one = data[:1]
    return one if data == one * len(data) else data
