"""Where a brush may paint that is to stay within edges: where colours are near the first one."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

import numpy as np

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
        self._pixels = picture.pixels
        self._whole = Rect.of(picture.size)
        self._tiles = Tiles(picture.size)
        self._known: set[int] = set()
        self._shown = EMPTY
        self._color = _color(picture.pixels, start)
        self._share = _fading(tolerance)
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
            self.limit[part.slices] = self._near(part)

    def _near(self, rect: Rect) -> Plane:
        """How near the colours of a rectangle are, smoothed like an edge drawn by hand."""
        around = rect.grown(1)
        inside = around.within(self._whole)
        share = self._share[_difference(self._pixels[inside.slices], self._color)]
        before = inside.top - around.top, inside.left - around.left
        after = around.bottom - inside.bottom, around.right - inside.right
        if any(before) or any(after):
            share = np.pad(share, tuple(zip(before, after, strict=True)), mode="edge")
        return _smoothed(share)


def _color(pixels: Plane, start: Sample) -> Plane:
    """The colour below the start, or nearest to it; one odd pixel does not count."""
    height, width = pixels.shape[:2]
    whole = Rect.of(Size(width, height))
    x = min(max(floor(start.x), 0), width - 1)
    y = min(max(floor(start.y), 0), height - 1)
    around = Rect(x, y, x + 1, y + 1).grown(1).within(whole)
    color: Plane = np.median(pixels[around.slices], axis=(0, 1)).astype(np.uint8)
    return color


def _fading(tolerance: float) -> Plane:
    """How much may be painted, by the difference in levels."""
    beyond = np.arange(256) - tolerance
    share: Plane = np.clip(255 - 255 * beyond / max(1.0, FADE * tolerance), 0, 255).astype(np.uint8)
    return share


def _difference(pixels: Plane, color: Plane) -> Plane:
    """The difference of the channel that differs most; alpha does not count."""
    most = np.zeros(pixels.shape[:2], np.uint8)
    low, high = np.empty_like(most), np.empty_like(most)
    for channel in range(3):
        # Within bytes, and channel by channel: anything else is several times slower.
        np.minimum(pixels[..., channel], color[channel], out=low)
        np.maximum(pixels[..., channel], color[channel], out=high)
        np.maximum(most, np.subtract(high, low, out=high), out=most)
    return most


def _smoothed(values: Plane) -> Plane:
    """Each value mixed with its eight neighbours; the outermost ones are left off."""
    wide = values.astype(np.uint16)
    across = wide[:, :-2] + 2 * wide[:, 1:-1] + wide[:, 2:]
    mixed: Plane = ((across[:-2] + 2 * across[1:-1] + across[2:] + 8) >> 4).astype(np.uint8)
    return mixed
