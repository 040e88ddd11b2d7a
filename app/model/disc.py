"""Dabs that are drawn one by one, where stamps would not be used again or be too large to keep."""

from __future__ import annotations

from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from app.model import kernels
from app.model.kernels.discs import STEPS, UNIT

if TYPE_CHECKING:
    from app.model.brush import Brush
    from app.model.picture import Plane


class Disc:
    """The tip of a brush, with all that `Stamps` tells, but as exact as places can be."""

    grid = UNIT
    bits = UNIT.bit_length() - 1
    offset = 0.5

    def __init__(self, brush: Brush) -> None:
        self.brush = brush
        self.reach = ceil(brush.outer) + 1
        self._shape = _shape(brush)

    def dab(
        self,
        plane: Plane,
        places: list[tuple[int, int]],
        erase: bool,
        opacity: int,
        limit: Plane | None,
    ) -> None:
        """Set dabs; what is beside the plane is left off."""
        kernels.disc(plane, places, *self._shape, erase, opacity, limit)


def paint_disc(plane: Plane, brush: Brush, x: int, y: int) -> None:
    """Set one dab around a place, counted in `UNIT`s of a pixel."""
    kernels.disc(plane, [(x, y)], *_shape(brush), False, 255, None)


def _shape(brush: Brush) -> tuple[float, float, bytes]:
    """Where the brush is full, how wide its rim is, and what it paints there."""
    return brush.inner, brush.falloff, _profile(brush.opacity, brush.is_hard)


@lru_cache(maxsize=64)
def _profile(opacity: float, is_hard: bool) -> bytes:
    """What a brush paints from where it is full to where it ends."""
    rim = (np.arange(STEPS) + 0.5) / STEPS
    # A rim of one pixel is coverage, hence linear.
    share = 1 - rim if is_hard else (1 + np.cos(np.pi * rim)) / 2
    return np.rint(np.append(share, 0) * (255 * opacity)).astype(np.uint8).tobytes()
