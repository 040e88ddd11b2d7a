"""Cursors that the system has none of, in black with a white rim so that they read anywhere."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QCursor, QPainter, QPainterPath, QPen, QPixmap

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.model.selecting import Mode

Drawn = Literal["cross", "zoom_in", "zoom_out", "turn"]

SIDE = 32
MIDDLE = SIDE // 2
ARM = 9
"""From the middle to the end of a cross."""
GAP = 3


@lru_cache(maxsize=32)
def cursor(shape: Drawn, mode: Mode, ratio: float) -> QCursor:
    """A cursor for a screen of that pixel `ratio`; a cross tells what will be done to the mask."""
    pixmap = QPixmap(round(SIDE * ratio), round(SIDE * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    # The hot pixel's middle, from which a cross stretches equally far.
    painter.translate(MIDDLE + 0.5, MIDDLE + 0.5)
    path = _PATHS[shape]()
    if shape == "cross":
        path.addPath(_badge(mode))
    for color, width in ((QColor(255, 255, 255), 3.0), (QColor(0, 0, 0), 1.0)):
        cap, join = Qt.PenCapStyle.SquareCap, Qt.PenJoinStyle.MiterJoin
        painter.setPen(QPen(color, width, Qt.PenStyle.SolidLine, cap, join))
        painter.drawPath(path)
    painter.end()
    return QCursor(pixmap, MIDDLE, MIDDLE)


def _cross() -> QPainterPath:
    path = QPainterPath()
    for side in (-1, 1):
        for near, far in (
            (QPointF(side * GAP, 0), QPointF(side * ARM, 0)),
            (QPointF(0, side * GAP), QPointF(0, side * ARM)),
        ):
            path.moveTo(near)
            path.lineTo(far)
    return path


def _badge(mode: Mode) -> QPainterPath:
    """At the lower right: a minus for what takes away, a small × for what keeps what both have."""
    path, middle, arm = QPainterPath(), QPointF(9, 9), 3
    ends = {
        "subtract": [(QPointF(-arm, 0), QPointF(arm, 0))],
        "intersect": [
            (QPointF(-arm, -arm), QPointF(arm, arm)),
            (QPointF(-arm, arm), QPointF(arm, -arm)),
        ],
    }
    for start, end in ends.get(mode, ()):
        path.moveTo(middle + start)
        path.lineTo(middle + end)
    return path


def _lens(*, grows: bool) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(0, 0), 7, 7)
    path.moveTo(5.5, 5.5)
    path.lineTo(11, 11)
    path.moveTo(-3, 0)
    path.lineTo(3, 0)
    if grows:
        path.moveTo(0, -3)
        path.lineTo(0, 3)
    return path


def _turn() -> QPainterPath:
    """Most of a circle with an arrow's head."""
    path = QPainterPath()
    path.arcMoveTo(QRectF(-8, -8, 16, 16), 50)
    path.arcTo(QRectF(-8, -8, 16, 16), 50, 280)
    tip = path.currentPosition()
    path.moveTo(tip + QPointF(-5, 1))
    path.lineTo(tip)
    path.lineTo(tip + QPointF(1, 5))
    return path


_PATHS: dict[Drawn, Callable[[], QPainterPath]] = {
    "cross": _cross,
    "zoom_in": lambda: _lens(grows=True),
    "zoom_out": lambda: _lens(grows=False),
    "turn": _turn,
}
