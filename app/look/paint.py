"""The few strokes that every widget of the kit is drawn with."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

RADIUS = 6
"""The corners of buttons and fields."""

RING = 2
"""The width of the focus ring."""


def box(
    painter: QPainter,
    rect: QRectF,
    radius: float = RADIUS,
    *,
    fill: QColor | None = None,
    edge: QColor | None = None,
    width: float = 1,
) -> None:
    """A rounded box whose edge lies within `rect`."""
    half = width / 2 if edge is not None else 0
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen if edge is None else QPen(edge, width))
    painter.setBrush(Qt.BrushStyle.NoBrush if fill is None else fill)
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius - half, radius - half)


def ring(
    painter: QPainter, rect: QRectF, color: QColor, radius: float = RADIUS, width: float = RING
) -> None:
    """The focus ring, inside `rect`."""
    box(painter, rect, radius, edge=color, width=width)
