"""Drawing the picture, what is around it, and the mask over both, on sheets of device pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPolygonF, QRegion

from app.canvas.grid import draw_grid
from app.canvas.layer import ANTIALIASING, draw, outline
from app.canvas.pixels import draw_picture
from app.canvas.regions import qrect, rects

if TYPE_CHECKING:
    from app.canvas.mask_layer import MaskLayer
    from app.canvas.picture_layer import PictureLayer
    from app.canvas.pixels import Sheet
    from app.canvas.view import View
    from app.model.geometry import Rect

SQUARE = 8
CHECKERS = QColor(0x80, 0x80, 0x80), QColor(0x99, 0x99, 0x99)
"""What shows through transparent pixels; greys that a picture is not mistaken for."""

BLACK = QBrush(QColor(0, 0, 0))

SOURCE = QPainter.CompositionMode.CompositionMode_Source
SOURCE_OVER = QPainter.CompositionMode.CompositionMode_SourceOver


def draw_around(sheet: Sheet, color: QColor, view: View, area: Rect) -> None:
    """Fill what is around the picture."""
    painter = QPainter(sheet.image)
    for rest in without(area, view.frame):
        painter.fillRect(qrect(rest), color)
    painter.end()


def draw_ground(sheet: Sheet, layer: PictureLayer, view: View, area: Rect, around: QColor) -> None:
    """Draw the picture, where it is."""
    frame = view.frame.within(area)
    if frame.is_empty or draw_picture(sheet, layer, view, frame, around):
        return
    painter = QPainter(sheet.image)
    painter.setClipRect(qrect(frame))
    if not view.axes.is_straight:
        painter.fillRect(qrect(frame), around)
    if not layer.is_opaque:
        # What shows through a picture is pushed along with it, but never turned.
        painter.setBrushOrigin(round(view.left), round(view.top))
        _cover(painter, view, frame, _checkers())
    painter.setCompositionMode(SOURCE if layer.is_opaque else SOURCE_OVER)
    draw(layer, painter, view, frame)
    painter.end()


def draw_mask(
    image: Sheet,
    ground: Sheet,
    mask: MaskLayer,
    view: View,
    area: Rect,
    painted: Rect,
    around: QColor,
) -> None:
    """Lay the mask over the ground, or put it in its place; `painted` is what of it is not 0."""
    if mask.is_clear_around:
        image.copy(ground, area)
    painter = QPainter(image.image)
    painter.setClipRect(qrect(area))
    if not mask.is_clear_around:
        painter.fillRect(qrect(area), around)
        _cover(painter, view, area, BLACK)
    seen = painted.within(area)
    if not seen.is_empty:
        painter.setClipRect(qrect(seen))
        draw(mask, painter, view, seen)
    painter.end()


def draw_lines(sheet: Sheet, view: View, area: Rect) -> None:
    """Draw the lines between pixels that are shown large."""
    painter = QPainter(sheet.image)
    painter.setClipRect(qrect(area))
    draw_grid(painter, view, area)
    painter.end()


def without(area: Rect, other: Rect) -> list[Rect]:
    """An area but for what another has of it."""
    return rects(QRegion(qrect(area)) - QRegion(qrect(other)))


def _cover(painter: QPainter, view: View, frame: Rect, brush: QBrush) -> None:
    """Fill the picture's place, of which only `frame` is wanted."""
    if view.axes.is_straight:
        painter.fillRect(qrect(frame), brush)
    else:
        painter.setRenderHint(ANTIALIASING)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush)
        # What takes time is how much of the polygon's edge there is, clipped or not.
        near = QPolygonF(QRectF(qrect(frame.grown(2))))
        painter.drawPolygon(outline(view).intersected(near))


def _checkers() -> QBrush:
    dark, light = CHECKERS
    tile = QImage(2 * SQUARE, 2 * SQUARE, QImage.Format.Format_RGB32)
    tile.fill(dark)
    painter = QPainter(tile)
    for corner in (QPoint(0, 0), QPoint(SQUARE, SQUARE)):
        painter.fillRect(corner.x(), corner.y(), SQUARE, SQUARE, light)
    painter.end()
    return QBrush(tile)
