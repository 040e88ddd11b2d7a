"""Makes of a rough line around an object the object's own outline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from app.model.geometry import EMPTY, Rect
from app.model.outline.levels import enlarged, levels_of
from app.model.outline.search import Search
from app.model.selection.area import change_by

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.model.change import Change
    from app.model.outline.levels import Level
    from app.model.picture import Picture, Plane
    from app.model.selecting import Mode, Selecting
    from app.model.selection.shapes import Shape

MARGIN, LEAST_MARGIN = 0.2, 8
"""How much around the line is looked at to know the ground: a share of its size, and pixels."""


@dataclass(frozen=True, slots=True)
class Cutout:
    """Coverage as it was found, as a shape."""

    coverage: Plane
    box: Rect

    def cover(self, rect: Rect) -> Plane:
        """How much of each pixel in `rect` it covers, 0…255."""
        plane = np.zeros((rect.height, rect.width), np.uint8)
        seen = self.box.within(rect)
        if not seen.is_empty:
            found = self.coverage[seen.moved(-self.box.left, -self.box.top).slices]
            plane[seen.moved(-rect.left, -rect.top).slices] = found
        return plane


def snapped_change(
    picture: Picture,
    rough: Shape,
    selecting: Selecting,
    mode: Mode,
    base: Plane,
    report: Callable[[float], None],
) -> Change:
    """The change that joins the object which a rough shape goes round to a mask."""
    cutout = snap(picture, rough, lambda share: report(0.9 * share))
    return change_by(cutout, selecting, mode, base, lambda share: report(0.9 + 0.1 * share))


def snap(picture: Picture, rough: Shape, report: Callable[[float], None]) -> Cutout:
    """The object that a rough shape goes round; none of it lies outside the shape.

    Where nothing tells an object from its ground, it is the shape as drawn.
    """
    whole = Rect.of(picture.size)
    box = rough.box.within(whole)
    if box.is_empty:
        return Cutout(np.zeros((0, 0), np.uint8), EMPTY)
    margin = LEAST_MARGIN + int(MARGIN * box.size.longest)
    rect = box.grown(margin).within(whole)
    inside = rough.cover(rect)
    coverage = _found(levels_of(picture.pixels[rect.slices], inside), report)
    np.minimum(coverage, inside, out=coverage)
    return Cutout(coverage if coverage.any() else inside, rect)


def _found(levels: list[Level], report: Callable[[float], None]) -> Plane:
    """The object's coverage at the first level's size; all of the inside if none can be told."""
    is_inside = levels[-1].inside > 127
    if is_inside.all() or not is_inside.any():
        return levels[0].inside.copy()
    search = Search(levels[-1])
    found = search.found(lambda share: report(share / 2))
    finer = levels[-2::-1]
    for number, level in enumerate(finer):
        report((1 + number / len(finer)) / 2)
        found = search.refined(enlarged(found, level.inside), level)
    return found
