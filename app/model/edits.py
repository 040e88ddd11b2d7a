"""Edits of a whole mask, each as one patch."""

import numpy as np

from app.model.mask import Mask
from app.model.patch import Patch, Recorder


def invert(mask: Mask) -> Patch:
    """Swap what is redrawn and what is kept."""
    recorder = Recorder(mask)
    recorder.keep_tiles(range(len(mask.tiles)))
    np.subtract(255, mask.plane, out=mask.plane)
    return recorder.patch()


def fill(mask: Mask, value: int = 255) -> Patch:
    """Give every pixel the same value."""
    recorder = Recorder(mask)
    recorder.keep_tiles(range(len(mask.tiles)))
    mask.plane.fill(value)
    return recorder.patch()


def clear(mask: Mask) -> Patch:
    """Take all paint away; looks only at the tiles that hold some."""
    recorder = Recorder(mask)
    painted = mask.painted_tiles
    recorder.keep_tiles(painted)
    for tile in painted:
        mask.tile(tile).fill(0)
    return recorder.patch()
