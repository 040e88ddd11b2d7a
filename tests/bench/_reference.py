"""The least that painting in a window takes: a line drawn into an image, shown where it changed.

Started as a program: picture, then x, y, width and height of the window.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

BRUSH = 100
MARGIN = 24
RED = QColor(255, 0, 0)


class Reference(QWidget):
    """Ctrl+0 fits the picture, Ctrl+1 shows it at 100 %, Ctrl+Z takes a stroke back."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self._image = QImage(path).convertToFormat(QImage.Format.Format_RGB32)
        self._zoom = 1.0
        self._last = QPointF()
        self._strokes: list[list[tuple[QRect, QImage]]] = []

    def show_at(self, zoom: float | None) -> None:
        """Show it at this zoom, or fitted."""
        width, height = self.width() - 2 * MARGIN, self.height() - 2 * MARGIN
        fitted = min(width / self._image.width(), height / self._image.height())
        self._zoom = zoom or fitted
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._strokes.append([])
        self._last = self._place(event)
        self._draw_to(self._last)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons():
            self._draw_to(self._place(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_0:
            self.show_at(None)
        elif event.key() == Qt.Key.Key_1:
            self.show_at(1)
        elif event.key() == Qt.Key.Key_Z and self._strokes:
            self._undo()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(40, 40, 40))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._zoom != 1)
        painter.translate(self._origin())
        painter.scale(self._zoom, self._zoom)
        seen = painter.transform().inverted()[0].mapRect(QRectF(event.rect()))
        part = seen.toAlignedRect().intersected(self._image.rect())
        painter.drawImage(part, self._image, part)

    def _origin(self) -> QPointF:
        size = self._image.size() * self._zoom
        return QPointF((self.width() - size.width()) // 2, (self.height() - size.height()) // 2)

    def _place(self, event: QMouseEvent) -> QPointF:
        return (event.position() - self._origin()) / self._zoom

    def _draw_to(self, place: QPointF) -> None:
        reach = BRUSH // 2 + 2
        dirty = QRectF(self._last, place).normalized().toAlignedRect()
        dirty = dirty.adjusted(-reach, -reach, reach, reach).intersected(self._image.rect())
        self._strokes[-1].append((dirty, self._image.copy(dirty)))
        painter = QPainter(self._image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(RED, BRUSH, c=Qt.PenCapStyle.RoundCap))
        painter.drawLine(self._last, place)
        painter.end()
        self._last = place
        self._show(dirty)

    def _undo(self) -> None:
        whole, painter = QRect(), QPainter(self._image)
        for dirty, before in reversed(self._strokes.pop()):
            painter.drawImage(dirty.topLeft(), before)
            whole = whole.united(dirty)
        painter.end()
        self._show(whole)

    def _show(self, dirty: QRect) -> None:
        origin, zoom = self._origin(), self._zoom
        shown = QRectF(
            dirty.x() * zoom, dirty.y() * zoom, dirty.width() * zoom, dirty.height() * zoom
        )
        self.update(shown.translated(origin).toAlignedRect())


def main(path: str, *place: str) -> None:
    application = QApplication([])
    window = Reference(path)
    window.setGeometry(*map(int, place))
    window.show_at(None)
    window.show()
    application.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
