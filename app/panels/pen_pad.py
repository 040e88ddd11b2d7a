"""A sheet to try the pen on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QInputDevice, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.look.paint import RADIUS, box

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent, QTabletEvent

    from app.look.theme import Theme
    from app.session.pen import Pen

THICKEST = 40.0
LINE = 20
"""The room for words at the foot."""


class PenPad(QWidget):
    """Paints lines as thick as the pen's pressure is felt, and tells both in numbers.

    `pressed` tells the pressure as the pen has it, or None when it is lifted.
    """

    pressed = Signal(object)

    def __init__(self, theme: Theme, pen: Pen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pen = pen
        self._sheet = QImage()
        self._last: tuple[QPointF, float] | None = None  # where and how hard, while down
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.clear()
        theme.changed.connect(self.clear)

    @property
    def words(self) -> str:
        """What stands at the foot."""
        return self._words

    def clear(self) -> None:
        """Begin with an empty sheet."""
        ratio = self.devicePixelRatioF()
        self._sheet = QImage(self.size() * ratio, QImage.Format.Format_ARGB32_Premultiplied)
        self._sheet.setDevicePixelRatio(ratio)
        self._sheet.fill(Qt.GlobalColor.transparent)
        self._last = None
        self._tell(self.tr("Paint here with your pen"))

    def sizeHint(self) -> QSize:
        return QSize(320, 208)

    def tabletEvent(self, event: QTabletEvent) -> None:
        event.accept()
        self._pen.notice()
        has_pressure = event.pointingDevice().hasCapability(QInputDevice.Capability.Pressure)
        pressure = event.pressure() if has_pressure else 1.0
        if event.type() == QEvent.Type.TabletRelease or not event.buttons():
            self._lift()
        elif event.type() == QEvent.Type.TabletPress:
            self._last = None  # pens tell no pressure to trust yet
        else:
            self._paint(event.position(), pressure)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._tell(self.tr("A mouse has no pressure: it always paints in full"))
            self._line(event.position(), 1.0)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._last is not None:
            self._line(event.position(), 1.0)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._last = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.clear()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        bounds = QRectF(self.rect())
        box(painter, bounds, fill=self._theme.color("field"), edge=self._theme.color("edge"))
        inside = QPainterPath()
        inside.addRoundedRect(bounds.adjusted(1, 1, -1, -1), RADIUS - 1, RADIUS - 1)
        painter.setClipPath(inside)
        painter.drawImage(0, 0, self._sheet)
        painter.setClipping(False)
        painter.setFont(self._theme.font(12))
        painter.setPen(self._theme.color("sub"))
        foot = bounds.adjusted(9, bounds.height() - LINE - 4, -9, -4)
        painter.drawText(foot, Qt.AlignmentFlag.AlignVCenter, self._words)

    def _paint(self, place: QPointF, pressure: float) -> None:
        felt = self._pen.feel.of(pressure)
        self._line(place, felt)
        words = self.tr("Pressure {pressed} %, counts as {felt} %")
        self._tell(words.format(pressed=round(100 * pressure), felt=round(100 * felt)))
        self.pressed.emit(pressure)

    def _line(self, place: QPointF, felt: float) -> None:
        """Go on from the last place to this one."""
        start, width = self._last or (place, felt)
        self._last = place, felt
        painter = QPainter(self._sheet)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._theme.color("text"), max(1.0, THICKEST * (width + felt) / 2))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawLine(start, place)
        painter.end()
        self.update()

    def _lift(self) -> None:
        if self._last is not None:
            self._last = None
            self.pressed.emit(None)

    def _tell(self, words: str) -> None:
        self._words = words
        self.update()
