"""How an image that is kept at several sizes is drawn into the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QPainter, QPolygonF, QTransform

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from app.canvas.view import View
    from app.model.geometry import Rect

SMOOTH = QPainter.RenderHint.SmoothPixmapTransform
ANTIALIASING = QPainter.RenderHint.Antialiasing


class Layer(Protocol):
    """Pixels at full size (level 0), at half (level 1), a quarter, …"""

    def crop(self, level: int, rect: Rect) -> tuple[QImage, QRect]:
        """An image, and the part of it that holds the pixels `rect` of a level."""


def draw(layer: Layer, painter: QPainter, view: View, area: Rect) -> None:
    """Draw what `area` of the window shows of a layer; the painter must be clipped to it."""
    rect = view.sampled(area)
    if rect.is_empty:
        return
    image, part = layer.crop(view.level, rect)
    is_whole = view.zoom * (1 << view.level) == 1 and view.axes.is_straight
    painter.setRenderHint(SMOOTH, view.is_smooth and not is_whole)
    painter.setRenderHint(ANTIALIASING, not view.axes.is_straight)
    painter.setTransform(transform(view, view.level))
    painter.drawImage(QPoint(rect.left, rect.top), image, part)
    painter.resetTransform()


def transform(view: View, level: int = 0) -> QTransform:
    """From the pixels of a level of the picture to the window's."""
    across, down = (scale * (1 << level) for scale in view.scale)
    xx, xy, yx, yy = view.axes
    return QTransform(xx * across, xy * across, yx * down, yy * down, view.left, view.top)


def outline(view: View) -> QPolygonF:
    """The picture's edges in the window."""
    size = view.picture
    return transform(view).map(QPolygonF(QRectF(0, 0, size.width, size.height)))
