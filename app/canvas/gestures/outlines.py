"""Outlines that show what is being drawn, in picture pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.model.geometry import Rect

Place = tuple[float, float]

HANDLE = 3.5
"""Half the side of the square around a corner, in pixels of the screen."""


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
