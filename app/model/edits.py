"""Edits of a whole mask, each as one patch."""

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


def clear(mask: Mask) -> Patch:
    """Take all paint away."""
    return fill(mask, 0)
