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
    """Shows and moves the one bar of a scroll area, whose own is hidden; gone when all fits.

    It lies along the right or the lower edge, `margin` away from the ends.
    """

    def __init__(
        self,
        theme: Theme,
        area: QAbstractScrollArea,
        orientation: Qt.Orientation = Qt.Orientation.Vertical,
        margin: int = INSET,
    ) -> None:
        super().__init__(area)
        self._theme = theme
        self._area = area
        self._is_vertical = orientation is Qt.Orientation.Vertical
        self._margin = margin
        self._real = area.verticalScrollBar() if self._is_vertical else area.horizontalScrollBar()
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

    def paintEvent(self, event: QPaintEvent) -> None:
        color = self._theme.color("edge" if self._grip is None else "off")
        start, length = self._handle()
        rect = QRectF(0, start, BAR, length) if self._is_vertical else QRectF(start, 0, length, BAR)
        box(QPainter(self), rect, BAR / 2, fill=color)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        start, length = self._handle()
        at = self._along(event)
        self._grip = at - start if start <= at <= start + length else length / 2
        self._drag(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._drag(self._along(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = None
        self.update()

    def _place(self) -> None:
        width, height, margin = self._area.width(), self._area.height(), self._margin
        if self._is_vertical:
            self.setGeometry(width - BAR - INSET, margin, BAR, height - 2 * margin)
        else:
            self.setGeometry(margin, height - BAR - INSET, width - 2 * margin, BAR)
        self.raise_()

    def _show_need(self) -> None:
        self.setVisible(self._span > 0)
        self.update()

    @property
    def _span(self) -> int:
        return self._real.maximum() - self._real.minimum()

    @property
    def _room(self) -> int:
        return self.height() if self._is_vertical else self.width()

    def _along(self, event: QMouseEvent) -> float:
        at = event.position()
        return at.y() if self._is_vertical else at.x()

    def _handle(self) -> tuple[float, float]:
        """Where the handle begins, and its length."""
        page = self._real.pageStep()
        length = max(SHORTEST, self._room * page / max(1, page + self._span))
        passed = self._real.value() - self._real.minimum()
        return (self._room - length) * passed / max(1, self._span), length

    def _drag(self, at: float) -> None:
        _, length = self._handle()
        free = self._room - length
        if self._grip is not None and free > 0:
            share = (at - self._grip) / free
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
