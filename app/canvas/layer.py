"""How an image that is kept at several sizes is drawn into the window's."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter, QTransform

from app.model.geometry import Rect

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from app.canvas.view import View

SMOOTH_UP_TO = 2.0
"""Above this zoom pixels are shown as squares."""

REACH = 2
"""How many pixels around a place smooth drawing looks at."""


class Layer(Protocol):
    """Pixels at full size (level 0), at half (level 1), a quarter, …"""

    def crop(self, level: int, rect: Rect) -> tuple[QImage, QRect]:
        """An image, and the part of it that holds the pixels `rect` of a level."""


def level_for(zoom: float) -> int:
    """The smallest level that has at least a pixel for each of the window's."""
    level = 0
    while zoom * 2 ** (level + 1) <= 1:
        level += 1
    return level


def draw(layer: Layer, painter: QPainter, view: View, area: Rect) -> None:
    """Draw what `area` of the window shows of a layer; the painter must be clipped to it."""
    level = level_for(view.zoom)
    pixel = 1 << level
    scale = view.zoom * pixel
    seen = view.seen(area, REACH * pixel)
    if seen.is_empty:
        return
    rect = Rect(
        floor(seen.left / pixel),
        floor(seen.top / pixel),
        ceil(seen.right / pixel),
        ceil(seen.bottom / pixel),
    )
    image, part = layer.crop(level, rect)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, view.zoom < SMOOTH_UP_TO)
    painter.setTransform(QTransform(scale, 0, 0, scale, view.left, view.top))
    painter.drawImage(QPoint(rect.left, rect.top), image, part)
    painter.resetTransform()


def reach(view: View) -> int:
    """How many pixels of the picture around a changed one look different in the window."""
    return REACH << level_for(view.zoom) if view.zoom < SMOOTH_UP_TO else 0
