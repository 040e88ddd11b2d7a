"""Nearness of colours in numpy: what `near` means, and what runs where it is not compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.model.geometry import Rect

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from app.model.picture import Plane

    Pixels = NDArray[np.uint32]


def near(
    limit: Plane,
    pixels: Pixels,
    area: tuple[int, int, int, int],
    color: tuple[int, int, int],
    shares: bytes,
    /,
) -> None:
    """Tell for each pixel of an area how much of it may be painted: how near it is to a colour.

    `pixels` are a picture's, as wide and high as `limit`, and `color` is blue, green, red.
    `shares` tells by the difference of the channel that differs most. Each share is mixed with
    those of the eight neighbours, like an edge drawn by hand; beside the picture its outermost
    pixels go on.
    """
    height, width = limit.shape
    rect = Rect(*area)
    around = rect.grown(1)
    inside = around.within(Rect(0, 0, width, height))
    share = np.frombuffer(shares, np.uint8)[_difference(pixels[inside.slices], color)]
    before = inside.top - around.top, inside.left - around.left
    after = around.bottom - inside.bottom, around.right - inside.right
    if any(before) or any(after):
        share = np.pad(share, tuple(zip(before, after, strict=True)), mode="edge")
    limit[rect.slices] = _mixed(share)


def _difference(pixels: Pixels, color: tuple[int, int, int]) -> Plane:
    """The difference of the channel that differs most."""
    most = np.zeros(pixels.shape, np.uint8)
    low, high = np.empty_like(most), np.empty_like(most)
    for channel, level in enumerate(color):
        # Within bytes, and channel by channel: anything else is several times slower.
        values = (pixels >> (8 * channel)).astype(np.uint8)
        np.minimum(values, level, out=low)
        np.maximum(values, level, out=high)
        np.maximum(most, np.subtract(high, low, out=high), out=most)
    return most


def _mixed(values: Plane) -> Plane:
    """Each value mixed with its eight neighbours; the outermost ones are left off."""
    wide = values.astype(np.uint16)
    across = wide[:, :-2] + 2 * wide[:, 1:-1] + wide[:, 2:]
    mixed: Plane = ((across[:-2] + 2 * across[1:-1] + across[2:] + 8) >> 4).astype(np.uint8)
    return mixed
