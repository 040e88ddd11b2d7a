"""Where a brush may paint that is to stay within edges: where colours are near the first one."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

import numpy as np

from app.model import kernels
from app.model.geometry import EMPTY, Rect, Size
from app.model.tiles import TILE, Tiles

if TYPE_CHECKING:
    from app.model.brush import Sample
    from app.model.picture import Picture, Plane

FADE = 0.5
"""Beyond the tolerance the brush fades out, over so much of it: photos have no sharp colours."""


class Edges:
    """How much of each pixel a stroke may paint, worked out tile by tile where the brush comes by.

    A pixel is as near as its most different channel. `limit` is a plane of the picture's size;
    it is true where `reveal` was asked for, and was never touched anywhere else.
    """

    def __init__(self, picture: Picture, tolerance: float, start: Sample) -> None:
        self._pixels = picture.pixels.view(np.uint32)[..., 0]
        self._tiles = Tiles(picture.size)
        self._known: set[int] = set()
        self._shown = EMPTY
        self._color = _color(picture.pixels, start)
        self._shares = _fading(tolerance)
        self.limit: Plane = np.empty(picture.size[::-1], np.uint8)

    def reveal(self, rect: Rect) -> None:
        """Work out the limit for the pixels of a rectangle within the picture."""
        if self._shown.contains(rect):
            return
        block = self._tiles.block(rect)
        self._shown = Rect(*(side * TILE for side in block))
        new = {
            row * self._tiles.columns + column
            for row in range(block.top, block.bottom)
            for column in range(block.left, block.right)
        } - self._known
        self._known |= new
        for part in self._tiles.merged(new):
            kernels.near(self.limit, self._pixels, part, self._color, self._shares)


def _color(pixels: Plane, start: Sample) -> tuple[int, int, int]:
    """Blue, green and red below the start, or nearest to it; one odd pixel does not count."""
    height, width = pixels.shape[:2]
    whole = Rect.of(Size(width, height))
    x = min(max(floor(start.x), 0), width - 1)
    y = min(max(floor(start.y), 0), height - 1)
    around = Rect(x, y, x + 1, y + 1).grown(1).within(whole)
    blue, green, red, _ = np.median(pixels[around.slices], axis=(0, 1)).astype(int).tolist()
    return blue, green, red


def _fading(tolerance: float) -> bytes:
    """How much may be painted, by the difference in levels."""
    beyond = np.arange(256) - tolerance
    share: Plane = np.clip(255 - 255 * beyond / max(1.0, FADE * tolerance), 0, 255).astype(np.uint8)
    return share.tobytes()
