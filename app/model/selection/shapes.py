"""The shapes that areas are drawn with, in picture pixels."""

from __future__ import annotations

from dataclasses import dataclass
from math import acos, ceil, cos, floor, pi, sin
from typing import TYPE_CHECKING, Protocol

import numpy as np

from app.model.geometry import EMPTY, Rect
from app.model.selection.polygon import cover_polygon

if TYPE_CHECKING:
    from app.model.picture import Plane

Point = tuple[float, float]

SAGITTA = 0.001
"""How far, at most, a circle's polygon is from the circle: less than a level can show."""


class Shape(Protocol):
    """An area of any form."""

    @property
    def box(self) -> Rect:
        """The pixels that it may cover; empty when it covers none."""

    def cover(self, rect: Rect) -> Plane:
        """How much of each pixel in `rect` it covers, 0…255."""


@dataclass(frozen=True, slots=True)
class Rectangle:
    """Whole pixels."""

    box: Rect

    def cover(self, rect: Rect) -> Plane:
        plane = np.zeros((rect.height, rect.width), np.uint8)
        inside = self.box.within(rect)
        if not inside.is_empty:
            plane[inside.moved(-rect.left, -rect.top).slices] = 255
        return plane


@dataclass(frozen=True, slots=True)
class Ellipse:
    """What fits into a rectangle."""

    box: Rect

    def cover(self, rect: Rect) -> Plane:
        if self.box.is_empty:
            return np.zeros((rect.height, rect.width), np.uint8)
        return cover_polygon(self._points(), rect)

    def _points(self) -> list[Point]:
        x, y = (self.box.left + self.box.right) / 2, (self.box.top + self.box.bottom) / 2
        a, b = self.box.width / 2, self.box.height / 2
        count = ceil(pi / acos(1 - SAGITTA / max(a, b)))
        # Slightly outside, so that its edges are as often beyond the ellipse as short of it.
        a, b = a + SAGITTA / 2, b + SAGITTA / 2
        turns = (2 * pi * step / count for step in range(count))
        return [(x + a * cos(turn), y + b * sin(turn)) for turn in turns]


@dataclass(frozen=True, slots=True)
class Polygon:
    """What a line goes round; where it crosses itself, all that it goes round."""

    points: tuple[Point, ...]

    @property
    def box(self) -> Rect:
        if len(self.points) < 3:
            return EMPTY
        columns, rows = zip(*self.points, strict=True)
        return Rect(floor(min(columns)), floor(min(rows)), ceil(max(columns)), ceil(max(rows)))

    def cover(self, rect: Rect) -> Plane:
        return cover_polygon(self.points, rect)
