"""Edits of a whole mask that look at hardly any of it."""

import numpy as np

from app.model.change import Change
from app.model.mask import Mask
from app.model.patch import Inversion, Patch, TilePatch


def invert(mask: Mask) -> Patch:
    """Swap what is redrawn and what is kept."""
    mask.invert()
    return Inversion()


def fill(mask: Mask, value: int = 255) -> Patch:
    """Give every pixel the same value; looks only at tiles that hold another."""
    before = {tile: mask.tile_bytes(tile) for tile in mask.tiles_without(value)}
    mask.fill_tiles(before, value)
    return TilePatch(before)


def painted(mask: Mask) -> Change:
    """All that is painted, for a time when it is not there any more."""
    tiles = ((tile, mask.tile_bytes(tile)) for tile in mask.tiles_without(0))
    return {tile: data for tile, data in tiles if data != b"\0"}


def added(mask: Mask, paint: Change) -> Change:
    """The change that adds paint to a mask, where it is stronger than what is there."""
    change = {}
    for tile, data in paint.items():
        below, above = (np.frombuffer(each, np.uint8) for each in (mask.tile_bytes(tile), data))
        joined = np.maximum(below, above).tobytes()
        change[tile] = joined if joined != joined[:1] * len(joined) else joined[:1]
    return change
