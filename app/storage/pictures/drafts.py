"""What can be seen of a large picture while a reader decodes it.

A JPEG comes at an eighth of its size from the reader itself (`reduced`). Of others the rows are
looked at, here, that are on the canvas already: the reader writes them from the top.
"""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from app.model.picture import Picture
from app.storage.pictures.turning import turn

if TYPE_CHECKING:
    from app.model.geometry import Size
    from app.storage.pictures.canvas import Canvas
    from app.storage.pictures.lending import Packed

LARGE = 1 << 24
"""Pictures of fewer pixels are there before a draft would be."""

SIDE = 1024
"""About the longer side of a draft: enough for the short time that it is looked at."""

INTERVAL_S = 0.1


class Rows:
    """A look at the rows on a canvas, now and then, until all of them are there."""

    def __init__(self, canvas: Canvas, size: Size, orientation: int, *, is_ordered: bool) -> None:
        step = max(1, size.longest // SIDE)
        self._seen = canvas.pixels(size)[::step, ::step]
        self._orientation = orientation
        self._is_ordered = is_ordered
        self._last = perf_counter()

    def look(self) -> Picture | None:
        """A picture of what is there, if it is time for one and there is anything."""
        if perf_counter() - self._last < INTERVAL_S:
            return None
        self._last = perf_counter()
        packed = self._seen.copy()
        turn(packed, self._orientation)
        picture = _picture(packed, is_ordered=self._is_ordered)
        return picture if picture.alpha is not None and picture.alpha.any() else None


def reduced(size: Size, pixels: bytes) -> Picture:
    """The picture that a reader sent, smaller than the whole."""
    return Picture(pixels=np.frombuffer(pixels, np.uint8).reshape(size.height, size.width, 4))


def _picture(packed: Packed, *, is_ordered: bool) -> Picture:
    """What is decoded has a fourth byte; what is not has none."""
    pixels = packed.view(np.uint8).reshape(*packed.shape, 4)
    alpha = pixels[..., 3].copy()
    if not is_ordered:
        pixels[..., :3] = pixels[..., 2::-1].copy()
    pixels[..., 3] = 255
    return Picture(pixels=pixels, alpha=alpha)
