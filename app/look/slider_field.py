"""The compact slider of a bar: a labelled number that is dragged, clicked or typed."""

import math

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.look.fields import Spin
from app.look.frames import HEIGHT
from app.look.paint import box, ring
from app.look.sliders import NumberSlider
from app.look.theme import Theme

GAP = 6
"""Between the words and the number of a field."""
_TYPE_KEYS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2}


class SliderField(NumberSlider):
    """A labelled number with its bar at the foot: drag to change, click or just type.

    `curve` above 1 gives the low end more room, as brush sizes want.
    """

    value_changed = Signal(float)

    def __init__(
        self,
        theme: Theme,
        label: str,
        unit: str,
        low: float,
        high: float,
        step: float,
        curve: float = 1,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._label = label
        self._unit = unit
        self._curve = curve
        self._decimals = max(0, -math.floor(math.log10(step)))
        self._grip: QPointF | None = None
        self._from = 0.0
        self._typed_over = 0.0  # the number that Escape brings back
        self.set_scale(low, high, step)
        self.setFixedSize(124, HEIGHT)
        self.setAccessibleName(label)
        self.setToolTip(label)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.moved.connect(self.value_changed)
        self.spin = Spin(theme, low, high, step, self._decimals, parent=self)
        self.spin.setAccessibleName(label)
        self.objectNameChanged.connect(lambda name: self.spin.setObjectName(f"{name}_value"))
        self.spin.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.spin.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.spin.valueChanged.connect(self._follow_typing)
        self.spin.editingFinished.connect(self._end_typing)
        self.spin.installEventFilter(self)
        self.spin.hide()

    def set_value(self, value: float) -> None:
        """Show `value` without telling."""
        self.set_number(value)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.spin.setGeometry(self.width() - 76, 3, 72, HEIGHT - 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        color = self.theme.color
        on = self.isEnabled()
        bounds = QRectF(self.rect())
        box(
            painter,
            bounds,
            fill=color("field") if on else None,
            edge=color("edge" if on else "line"),
        )
        bar = QRectF(5, self.height() - 4, self.width() - 10, 2)
        painter.fillRect(bar, color("track" if on else "line"))
        if on:
            bar.setWidth(bar.width() * self._share())
            painter.fillRect(bar, color("accent"))
        room = bounds.adjusted(9, 0, -9, -2)
        painter.setFont(self.theme.font(12))
        painter.setPen(color("sub" if on else "off"))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self._label)
        taken = painter.fontMetrics().horizontalAdvance(self._label)
        if self.spin.isHidden():
            painter.setFont(self.theme.font())
            painter.setPen(color("text" if on else "off"))
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            words = self._words()
            if painter.fontMetrics().horizontalAdvance(words) > room.width() - taken - GAP:
                words = self._number()  # a narrow field is better without its unit
            painter.drawText(room, right, words)
        if self.hasFocus() or self.spin.hasFocus():
            ring(painter, bounds, color("accent"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._grip = event.position()
            self._from = self._share()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is None:
            return
        way = event.position().x() - self._grip.x()
        if not self.isSliderDown() and abs(way) < QApplication.startDragDistance() / 2:
            return
        self.setSliderDown(True)
        share = max(0.0, min(1.0, self._from + way / (self.width() - 10)))
        self.setValue(round(share**self._curve * self.maximum()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        was_click = self._grip is not None and not self.isSliderDown()
        self._grip = None
        self.setSliderDown(False)
        if was_click:
            self._begin_typing()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """End typing by Escape, or by Return, which must not reach this field and begin it anew."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.spin.setValue(self._typed_over)
            self._end_typing()
        elif event.key() in _TYPE_KEYS:
            self.spin.interpretText()
            self._end_typing()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _TYPE_KEYS:
            self._begin_typing()
        elif event.text().isdecimal():
            self._begin_typing()
            QApplication.sendEvent(self.spin, event)
        else:
            super().keyPressEvent(event)

    def _share(self) -> float:
        return float((self.value() / max(1, self.maximum())) ** (1 / self._curve))

    def _words(self) -> str:
        return f"{self._number()} {self._unit}" if self._unit else self._number()

    def _number(self) -> str:
        return f"{self.number:.{self._decimals}f}"

    def _begin_typing(self) -> None:
        self._typed_over = self.number
        with QSignalBlocker(self.spin):
            self.spin.setValue(self.number)
        self.spin.show()
        self.spin.setFocus(Qt.FocusReason.OtherFocusReason)
        self.spin.selectAll()
        self.update()

    def _follow_typing(self, number: float) -> None:
        """Tell what is typed as it is typed, so that its effect is seen before it counts."""
        self.setValue(self._notch(number))

    def _end_typing(self) -> None:
        if self.spin.isHidden():
            return
        had_focus = self.spin.hasFocus()
        self.spin.hide()
        self.setValue(self._notch(self.spin.value()))
        if had_focus:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.update()
