"""Selected areas as they are joined to the mask: with a soft edge, and at a strength."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from app.model import gaussian
from app.model.change import combine
from app.model.geometry import EMPTY, Rect, Size

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.model.change import Change
    from app.model.picture import Plane
    from app.model.selecting import Mode, Selecting
    from app.model.selection.shapes import Shape


class Area(NamedTuple):
    """What is covered, 0…255, in a rectangle, and nothing around it."""

    coverage: Plane
    rect: Rect

    @classmethod
    def none(cls) -> Area:
        return cls(np.zeros((0, 0), np.uint8), EMPTY)

    def within(self, rect: Rect) -> Area:
        """The part in a rectangle that lies in this one's."""
        return Area(self.coverage[rect.moved(-self.rect.left, -self.rect.top).slices], rect)

    def finished(self, selecting: Selecting) -> Area:
        """With the feather and at the strength of the settings.

        The feather is the standard deviation of a Gaussian, as of the operation of that name.
        """
        coverage = self.coverage
        if selecting.feather:
            coverage = gaussian.blurred(coverage, selecting.feather)
        return Area(_at_strength(coverage, selecting.opacity), self.rect)


def reach_of(box: Rect, selecting: Selecting, size: Size) -> Rect:
    """The pixels of a picture of `size` that an area in `box` may select something of."""
    if box.is_empty:
        return EMPTY
    reach = box.grown(margin_of(selecting)).within(Rect.of(size))
    return EMPTY if reach.is_empty else reach


def margin_of(selecting: Selecting) -> int:
    """How far an area fades beyond its own pixels."""
    return gaussian.reach_of(selecting.feather)


def area_of(shape: Shape, selecting: Selecting, size: Size) -> Area:
    """What a shape selects of a picture of `size`; what it has outside counts for the feather."""
    rect = reach_of(shape.box, selecting, size)
    if rect.is_empty:
        return Area.none()
    wide = rect.grown(margin_of(selecting))
    return Area(shape.cover(wide), wide).finished(selecting).within(rect)


def change_by(
    shape: Shape, selecting: Selecting, mode: Mode, base: Plane, report: Callable[[float], None]
) -> Change:
    """The change that joins what a shape selects to a mask."""
    height, width = base.shape
    area = area_of(shape, selecting, Size(width, height))
    report(0.5)
    return combine(base, *area, mode)


def _at_strength(coverage: Plane, opacity: float) -> Plane:
    """Coverage that reaches no more than a share of all."""
    if opacity == 1:
        return coverage
    levels = np.rint(np.arange(256) * opacity).astype(np.uint8)
    limited: Plane = levels[coverage]
    return limited
