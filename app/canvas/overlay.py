"""A line over the picture that reads on any colour: what a tool is about to select."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from app.canvas.layer import transform
from app.canvas.regions import rect_of
from app.model.geometry import EMPTY

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.canvas.view import View
    from app.model.geometry import Rect

DASH = 4.0


class Overlay:
    """One path in picture pixels, or none, drawn one device pixel wide wherever it is seen."""

    def __init__(self, repaint: Callable[[Rect], None]) -> None:
        self._repaint = repaint
        self._view: View | None = None
        self._path: QPainterPath | None = None
        self._shown: QPainterPath | None = None  # in device pixels
        self._area = EMPTY

    def show(self, path: QPainterPath | None) -> None:
        """Draw this path from now on; None: nothing."""
        self._path = None if path is None or path.isEmpty() else path
        self._place()

    def look(self, view: View | None) -> None:
        """The picture lies elsewhere."""
        self._view = view
        self._place()

    def draw(self, painter: QPainter) -> None:
        """Draw it; the painter must draw in device pixels."""
        if self._shown is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(255, 255, 255), 0))
        painter.drawPath(self._shown)
        dashes = QPen(QColor(0, 0, 0), 0)
        dashes.setDashPattern([DASH, DASH])
        painter.setPen(dashes)
        painter.drawPath(self._shown)

    def _place(self) -> None:
        """Find out where the path is seen, and have that painted, and what it left."""
        before, self._shown, self._area = self._area, None, EMPTY
        if self._path is not None and self._view is not None:
            self._shown = transform(self._view).map(self._path)
            around = rect_of(self._shown.boundingRect().toAlignedRect())
            self._area = around.grown(2).within(self._view.area)
        self._repaint(before.united(self._area))
