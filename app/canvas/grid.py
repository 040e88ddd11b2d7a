"""The lines between pixels that are shown large."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRect, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen, QTransform

from app.canvas.regions import qrect

if TYPE_CHECKING:
    from app.canvas.view import View
    from app.model.geometry import Rect

FROM_ZOOM = 8.0
"""The zoom from which on there are lines; below it there would be little else to see."""
DOT = 2
FAINT = 0x60


def draw_grid(painter: QPainter, view: View, area: Rect) -> None:
    """Draw what `area` of the window shows of the lines; the painter must be clipped to it."""
    seen = view.seen(area)
    if view.axes.is_straight:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_dots(view))
        painter.drawRects(_rows_and_columns(view, seen, area))
    else:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(_dots(view), 1))
        painter.drawLines(_lines(view, seen))


def _rows_and_columns(view: View, seen: Rect, area: Rect) -> list[QRect]:
    """The first row or column of device pixels of each of the picture's."""
    frame = view.frame.within(area)
    columns = [
        view.place(column, 0) for column in _inner(seen.left, seen.right, view.picture.width)
    ]
    rows = [view.place(0, row) for row in _inner(seen.top, seen.bottom, view.picture.height)]
    if view.axes.xy != 0:  # a quarter turn makes one the other
        columns, rows = rows, columns
    across = (ceil(x - 0.5) for x, _ in columns)
    down = (ceil(y - 0.5) for _, y in rows)
    return [
        *(qrect(frame._replace(left=x, right=x + 1)) for x in across),
        *(qrect(frame._replace(top=y, bottom=y + 1)) for y in down),
    ]


def _lines(view: View, seen: Rect) -> list[QLineF]:
    lines = []
    for column in _inner(seen.left, seen.right, view.picture.width):
        ends = view.place(column, seen.top), view.place(column, seen.bottom)
        lines.append(QLineF(*ends[0], *ends[1]))
    for row in _inner(seen.top, seen.bottom, view.picture.height):
        ends = view.place(seen.left, row), view.place(seen.right, row)
        lines.append(QLineF(*ends[0], *ends[1]))
    return lines


def _inner(start: int, end: int, length: int) -> range:
    """Where pixels from `start` to `end` meet others; the picture's own edges need no line."""
    return range(max(start, 1), min(end, length - 1) + 1)


def _dots(view: View) -> QBrush:
    """Black and white in turn along a line of any direction, so that it is seen on any colour.

    They lie still on the picture: what is drawn already is pushed along with it.
    """
    tile = QImage(2 * DOT, 2 * DOT, QImage.Format.Format_ARGB32_Premultiplied)
    for y in range(2 * DOT):
        for x in range(2 * DOT):
            grey = 255 * ((x // DOT + y // DOT) % 2)
            tile.setPixelColor(x, y, QColor(grey, grey, grey, FAINT))
    dots = QBrush(tile)
    # A pen heeds no origin of the painter's.
    dots.setTransform(QTransform.fromTranslate(round(view.box.left), round(view.box.top)))
    return dots
