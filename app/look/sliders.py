"""Sliders over real numbers, as they stand in a panel's row."""

from PySide6.QtCore import QPointF, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from app.look.paint import box, ring
from app.look.theme import Theme

TRACK = 3
KNOB = 12


class NumberSlider(QSlider):
    """A slider over real numbers: Qt's own counts notches, this one says what they stand for.

    `moved` tells a change by mouse, wheel or key; `set_number` stays silent.
    """

    moved = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.theme = theme
        self._low = 0.0
        self._step = 1.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.valueChanged.connect(self._tell)
        theme.changed.connect(self.update)

    def set_scale(self, low: float, high: float, step: float) -> None:
        """Go from `low` to `high` by `step`."""
        self._low, self._step = low, step
        notches = round((high - low) / step)
        with QSignalBlocker(self):
            self.setRange(0, notches)
        self.setPageStep(max(1, min(10, notches // 8)))

    @property
    def number(self) -> float:
        return self._low + self.value() * self._step

    def set_number(self, number: float) -> None:
        """Show `number`, or the nearest that the scale has."""
        with QSignalBlocker(self):
            self.setValue(self._notch(number))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def share_of(self, number: float) -> float:
        """Where `number` lies between the ends, 0…1."""
        return self._notch(number) / max(1, self.maximum())

    def _notch(self, number: float) -> int:
        return max(0, min(self.maximum(), round((number - self._low) / self._step)))

    def _tell(self) -> None:
        self.moved.emit(self.number)


class Slider(NumberSlider):
    """Track, value bar and knob, with a tick at the default. A click jumps to its place."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._tick: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(32)

    def set_tick(self, number: float | None) -> None:
        """Mark the default below the track."""
        self._tick = number
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(136, 32)

    def minimumSizeHint(self) -> QSize:
        return QSize(2 * KNOB, 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        color = self.theme.color
        on = self.isEnabled()
        middle = self.height() / 2
        at = self._x(self.share_of(self.number))
        track = QRectF(0, middle - TRACK / 2, self.width(), TRACK)
        box(painter, track, TRACK / 2, fill=color("track" if on else "line"))
        if self.value() > 0 and on:
            box(painter, QRectF(0, track.top(), at, TRACK), TRACK / 2, fill=color("accent"))
        if self._tick is not None:
            x = round(self._x(self.share_of(self._tick)))
            painter.fillRect(QRectF(x, middle + 8, 1, 3), color("hint" if on else "off"))
        knob = QRectF(at - KNOB / 2, middle - KNOB / 2, KNOB, KNOB)
        edge = color("knob_edge") if on else color("off")
        box(painter, knob, KNOB / 2, fill=color("knob" if on else "off"), edge=edge)
        if self.hasFocus():
            ring(painter, knob.adjusted(-2, -2, 2, 2), color("accent"), KNOB / 2 + 2)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._go_to(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._go_to(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)

    def _x(self, share: float) -> float:
        return KNOB / 2 + share * (self.width() - KNOB)

    def _go_to(self, at: QPointF) -> None:
        share = (at.x() - KNOB / 2) / max(1, self.width() - KNOB)
        self.setValue(round(share * self.maximum()))
