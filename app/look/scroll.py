"""Scrolling with a thin bar that lies over the content and takes no room from it."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QScrollArea, QWidget

from app.look.paint import box
from app.look.theme import Theme

BAR = 6
INSET = 2
SHORTEST = 24


class ThinScroll(QWidget):
    """The vertical bar of a scroll area whose own bar is hidden."""

    def __init__(self, theme: Theme, area: QAbstractScrollArea) -> None:
        super().__init__(area)
        self._theme = theme
        self._area = area
        self._real = area.verticalScrollBar()
        self._grip: float | None = None
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._real.rangeChanged.connect(self._show_need)
        self._real.valueChanged.connect(self.update)
        theme.changed.connect(self.update)
        area.installEventFilter(self)
        self._place()
        self._show_need()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        area = self._area
        self.setGeometry(area.width() - BAR - INSET, INSET, BAR, area.height() - 2 * INSET)
        self.raise_()

    def _show_need(self) -> None:
        self.setVisible(self._real.maximum() > self._real.minimum())
        self.update()

    @property
    def _span(self) -> int:
        return self._real.maximum() - self._real.minimum()

    def _handle(self) -> QRectF:
        page = self._real.pageStep()
        length = max(SHORTEST, self.height() * page / max(1, page + self._span))
        free = self.height() - length
        top = free * (self._real.value() - self._real.minimum()) / max(1, self._span)
        return QRectF(0, top, BAR, length)

    def paintEvent(self, event: QPaintEvent) -> None:
        color = self._theme.color("edge" if self._grip is None else "off")
        box(QPainter(self), self._handle(), BAR / 2, fill=color)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        handle, y = self._handle(), event.position().y()
        inside = handle.top() <= y <= handle.bottom()
        self._grip = y - handle.top() if inside else handle.height() / 2
        self._drag(y)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._drag(event.position().y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = None
        self.update()

    def _drag(self, y: float) -> None:
        free = self.height() - self._handle().height()
        if self._grip is not None and free > 0:
            share = (y - self._grip) / free
            self._real.setValue(self._real.minimum() + round(share * self._span))
        self.update()


class ScrollArea(QScrollArea):
    """A column that scrolls up and down only, as wide as the area itself."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.bar = ThinScroll(theme, self)
