"""Edits of a whole mask that look at hardly any of it."""

import numpy as np

from app.model import kernels
from app.model.change import Change
from app.model.mask import Mask
from app.model.patch import Inversion, Patch, TilePatch


def invert(mask: Mask) -> Patch:
    """Swap what is redrawn and what is kept."""
    mask.invert()
    return Inversion()


def fill(mask: Mask, value: int = 255) -> TilePatch:
    """Give every pixel the same value; looks only at tiles that hold another."""
    return TilePatch(mask.fill(value))


def added(mask: Mask, paint: Change) -> Change:
    """The change that adds paint to a mask, where it is stronger than what is there."""
    return {tile: _stronger(mask.tile_bytes(tile), data) for tile, data in paint.items()}


def _stronger(one: bytes, other: bytes) -> bytes:
    """The stronger of each two values of a tile."""
    if one == b"\0":
        return other
    planes = (np.frombuffer(each, np.uint8).reshape(1, -1) for each in (one, other))
    return kernels.tile_bytes(np.maximum(*planes))
