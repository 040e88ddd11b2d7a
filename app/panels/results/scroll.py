"""A thin bar below the items, drawn over the strip's own ground."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from app.look.paint import box
from app.look.theme import Theme

THICKNESS = 6
_SHORTEST = 24


class SidewaysBar(QWidget):
    """Shows and moves a horizontal scroll bar that is hidden itself; gone when all fits."""

    def __init__(self, theme: Theme, bar: QScrollBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._bar = bar
        self._grip: float | None = None
        self.setCursor(Qt.CursorShape.ArrowCursor)
        bar.rangeChanged.connect(self._show_need)
        bar.valueChanged.connect(self.update)
        theme.changed.connect(self.update)
        self._show_need()

    def paintEvent(self, event: QPaintEvent) -> None:
        color = self._theme.color("edge" if self._grip is None else "off")
        box(QPainter(self), self._handle(), THICKNESS / 2, fill=color)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        handle, x = self._handle(), event.position().x()
        inside = handle.left() <= x <= handle.right()
        self._grip = x - handle.left() if inside else handle.width() / 2
        self._drag(x)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._drag(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = None
        self.update()

    def _show_need(self) -> None:
        self.setVisible(self._bar.maximum() > 0)
        self.update()

    def _handle(self) -> QRectF:
        page, last = self._bar.pageStep(), self._bar.maximum()
        length = max(_SHORTEST, self.width() * page / max(1, page + last))
        left = (self.width() - length) * self._bar.value() / max(1, last)
        return QRectF(left, 0, length, THICKNESS)

    def _drag(self, x: float) -> None:
        free = self.width() - self._handle().width()
        if self._grip is not None and free > 0:
            self._bar.setValue(round((x - self._grip) / free * self._bar.maximum()))
        self.update()
