"""A part of a picture, and what a line goes round in it, at a half, a quarter, … of their size."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from app.model.halving import halve, halved

if TYPE_CHECKING:
    from app.model.picture import Plane

SMALL = 300
"""The longest side that is divided as a whole."""


class Level(NamedTuple):
    """Three planes of colours, and how much of each pixel is in the line."""

    channels: Plane
    inside: Plane


def levels_of(pixels: Plane, inside: Plane) -> list[Level]:
    """The full size first, each further one half as large, the last one small."""
    levels = [Level(pixels[:, :, :3].transpose(2, 0, 1), inside)]
    while max(levels[-1].inside.shape) > SMALL:
        levels.append(_halved(levels[-1]))
    return levels


def enlarged(small: Plane, like: Plane) -> Plane:
    """A plane twice as large, cut to the shape of another."""
    height, width = like.shape
    rows, columns = small.shape
    wide = np.empty((rows, 2, columns), np.uint16)
    wide[...] = (small * np.uint16(0x0101))[:, None]  # each byte twice
    return np.ascontiguousarray(wide.view(np.uint8).reshape(2 * rows, -1)[:height, :width])


def _halved(level: Level) -> Level:
    height, width = (halved(length) for length in level.inside.shape)
    planes = np.empty((4, height, width), np.uint8)
    for plane, source in zip(planes, (*level.channels, level.inside), strict=True):
        halve(source, plane)
    return Level(planes[:3], planes[3])
