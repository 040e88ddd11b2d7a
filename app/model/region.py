"""Which part of a picture a job sends."""

import numpy as np

from app.contract.request import MAX_SIDE
from app.model.geometry import EMPTY, Rect, Size
from app.model.job import Region
from app.model.picture import Plane

MIN_SIDE = 512
"""A smaller part than this shows a model too little to work with."""

GRID = 8
"""Models work in cells of 8 × 8 pixels; a side that fits them is not resampled on the way."""


def redrawn_box(mask: Plane, *, invert: bool) -> Rect:
    """The smallest rectangle around all that a job redraws; `EMPTY` when that is nothing.

    `mask` has shape (height, width), 255 = painted; `invert` redraws what is not painted.
    """
    touched = mask < 255 if invert else mask > 0
    rows = np.flatnonzero(touched.any(axis=1))
    if not rows.size:
        return EMPTY
    columns = np.flatnonzero(touched[rows[0] : rows[-1] + 1].any(axis=0))
    return Rect(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)


def plan_region(size: Size, box: Rect, *, reach: int) -> Region:
    """What to send of a picture of `size` when `box` is redrawn.

    A picture that the service takes goes whole. Of a larger one goes the box with at least
    `reach` pixels around it (blur and padding look that far), half the box's longer side of
    context, no more than the service takes; it is scaled only if the box alone is larger.
    """
    whole = Rect.of(size)
    if size.longest <= MAX_SIDE:
        return Region(rect=whole, sent=size)
    context = max(reach, max(box.size) // 2)
    left, right = _span(box.left, box.right, context, reach, size.width)
    top, bottom = _span(box.top, box.bottom, context, reach, size.height)
    rect = Rect(left, top, right, bottom)
    return Region(rect=rect, sent=rect.size.scaled(min(1.0, MAX_SIDE / rect.size.longest)))


def _span(low: int, high: int, context: int, reach: int, limit: int) -> tuple[int, int]:
    """Widen `low`…`high` to the length to send, inside 0…`limit`, keeping it centred if it can."""
    needed = high - low + 2 * reach
    wanted = max(high - low + 2 * context, MIN_SIDE)
    length = -(-max(needed, min(wanted, MAX_SIDE)) // GRID) * GRID
    length = min(length, limit)
    start = min(max(0, (low + high - length) // 2), limit - length)
    return start, start + length
