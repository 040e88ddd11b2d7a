"""Filling what paint encloses, or taking away what hangs together."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from app.model.change import combine
from app.model.components import Components
from app.model.geometry import Size
from app.model.selection.area import Area, reach_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.model.change import Change
    from app.model.picture import Plane
    from app.model.selecting import Mode, Selecting

Flags: TypeAlias = NDArray[np.bool_]

HALF = 128
"""From this level on a pixel counts as painted."""


def change_at(
    x: int,
    y: int,
    selecting: Selecting,
    mode: Mode,
    base: Plane,
    report: Callable[[float], None],
) -> Change:
    """The change that joins the area around a pixel to the mask."""
    height, width = base.shape
    # Taking away is filling with nothing.
    levels = ~base if mode == "subtract" else base
    parts = Components((levels >= HALF) == (levels[y, x] >= HALF))
    report(0.4)
    number = parts.at(x, y)
    area, box = parts.part(number), parts.box(number)
    if levels[y, x] < HALF:
        area, box = _up_to_the_crest(levels, area), box.grown(HALF)
    report(0.8)
    reach = reach_of(box, selecting, Size(width, height))
    coverage = area[reach.slices].view(np.uint8) * np.uint8(255)
    return combine(base, *Area(coverage, reach).finished(selecting), mode)


def _up_to_the_crest(levels: Plane, area: Flags) -> Flags:
    """The area, and the soft edges around it for as long as they rise: no seam is to stay."""
    level, found = np.pad(levels, 1), np.pad(area, 1)
    stride = level.shape[1]
    level, found = level.reshape(-1), found.reshape(-1)
    front = np.flatnonzero(np.pad(_rim(area), 1))
    while front.size:
        risen = []
        for step in (-stride, -1, 1, stride):
            to = front + step
            to = to[(level[to] > level[front]) & ~found[to]]
            found[to] = True
            risen.append(to)
        front = np.concatenate(risen)
    return found.reshape(-1, stride)[1:-1, 1:-1]


def _rim(area: Flags) -> Flags:
    """The pixels of an area that have a side in common with one outside."""
    inside = area.copy()
    inside[1:] &= area[:-1]
    inside[:-1] &= area[1:]
    inside[:, 1:] &= area[:, :-1]
    inside[:, :-1] &= area[:, 1:]
    return area & ~inside
