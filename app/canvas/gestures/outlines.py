"""Outlines that show what is being drawn, in picture pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.model.geometry import Rect

Place = tuple[float, float]

HANDLE = 3.5
"""Half the side of the square around a corner, in pixels of the screen."""


PART = 64
"""Lines in one part of a chain: so many are drawn anew when one of them is another."""


class Chain:
    """Lines from place to place, in parts: one that is as it was is the same path again.

    `zoom`, in screen's pixels per picture's, is for marking the places.
    """

    def __init__(self, zoom: Callable[[], float] | None = None) -> None:
        self.places: list[Place] = []
        self._zoom = zoom
        self._drawn_at: float | None = None
        self._parts: dict[int, QPainterPath] = {}

    def add(self, place: Place) -> None:
        """Go on to a place."""
        self.places.append(place)
        self._spoil(len(self.places) - 1)

    def move(self, at: int, place: Place) -> None:
        """Have a place elsewhere."""
        self.places[at] = place
        self._spoil(at)

    def pop(self) -> None:
        """Take the last place away."""
        self.places.pop()
        self._spoil(len(self.places))

    def restore(self, places: Sequence[Place]) -> None:
        """Go back to other places."""
        self.places = list(places)
        self._parts.clear()

    def parts(self) -> list[QPainterPath]:
        """All lines."""
        zoom = self._zoom() if self._zoom else None
        if zoom != self._drawn_at:
            self._drawn_at = zoom
            self._parts.clear()
        return [
            self._parts.get(part) or self._draw(part, zoom)
            for part in range(-(-len(self.places) // PART))
        ]

    def _draw(self, part: int, zoom: float | None) -> QPainterPath:
        start, end = part * PART, (part + 1) * PART
        path = line_through(self.places[start : end + 1])
        if zoom is not None:
            path.addPath(corners_at(self.places[start:end], zoom))
        self._parts[part] = path
        return path

    def _spoil(self, at: int) -> None:
        """The lines from and to a place are others."""
        for part in {max(at - 1, 0) // PART, at // PART}:
            self._parts.pop(part, None)


def line_through(places: Sequence[Place]) -> QPainterPath:
    """A line from place to place."""
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(*place) for place in places]))
    return path


def box_around(box: Rect) -> QPainterPath:
    path = QPainterPath()
    path.addRect(QRectF(box.left, box.top, box.width, box.height))
    return path


def oval_in(box: Rect) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QRectF(box.left, box.top, box.width, box.height))
    return path


def corners_at(places: Sequence[Place], zoom: float) -> QPainterPath:
    """A small square around each place, as large at any zoom, in screen's pixels per picture's."""
    path = QPainterPath()
    reach = HANDLE / zoom
    for x, y in places:
        path.addRect(QRectF(x - reach, y - reach, 2 * reach, 2 * reach))
    return path
