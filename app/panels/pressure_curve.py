"""The curve of a pen's pressure, to be bent by its points."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from app.look.paint import box, ring

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from app.look.theme import Theme
    from app.session.pen import Pen

SIDE = 208
PAD = 10
"""From the frame to the square that the curve lies in."""
KNOB = 5.0
NEAR = 10.0
"""How near to a point a press takes hold of it."""
STEP = 0.01
FAR_STEP = 0.1

_WAYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
_TURNS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class PressureCurve(QWidget):
    """How hard a touch counts (upwards) for how hard it is (to the right), floor and all.

    A press takes hold of a point or makes one, a double click takes it away. By keyboard, Page Up
    and Down choose a point, arrows move it, Insert makes one after it and Delete takes it away.
    """

    def __init__(self, theme: Theme, pen: Pen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pen = pen
        self._chosen = 0
        self._is_held = False
        self._mark: float | None = None
        self.setFixedSize(SIDE, SIDE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self.update)
        pen.feel_changed.connect(self._follow)

    def mark(self, pressure: float | None) -> None:
        """Show where on the curve a pen's pressure is now."""
        self._mark = pressure
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(SIDE, SIDE)

    def place(self, x: float, y: float) -> QPointF:
        """Where a place of the curve is shown, its floor not counted in."""
        span, floor = SIDE - 2 * PAD, self._pen.feel.floor
        return QPointF(PAD + x * span, SIDE - PAD - (floor + (1 - floor) * y) * span)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        color = self._theme.color
        box(painter, QRectF(self.rect()), fill=color("field"), edge=color("edge"))
        self._draw_grid(painter)
        curve, line = self._pen.feel.curve, QPainterPath(self.place(*self._points[0]))
        for step in range(1, SIDE - 2 * PAD + 1):
            x = step / (SIDE - 2 * PAD)
            line.lineTo(self.place(x, curve.at(x)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color("accent"), 2))
        painter.drawPath(line)
        if self._mark is not None:
            self._draw_mark(painter, self._mark)
        for number, point in enumerate(self._points):
            self._draw_knob(painter, self.place(*point), number == self._chosen)
        if self.hasFocus():
            ring(painter, QRectF(self.rect()), color("accent"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        near = self._nearest(event.position())
        if near is None:
            before = self._points
            self._pen.edit(curve=self._pen.feel.curve.plus_point(self._value(event.position())[0]))
            new = [number for number, point in enumerate(self._points) if point not in before]
            near = new[0] if new else None
        self._is_held = near is not None
        self._chosen = self._chosen if near is None else near
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._is_held:
            self._move(*self._value(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._is_held = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        near = self._nearest(event.position())
        if near is not None:
            self._remove(near)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, count = Qt.Key(event.key()), len(self._points)
        if key in _TURNS:
            self._chosen = (self._chosen + _TURNS[key]) % count
            self.update()
        elif key in _WAYS:
            far = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            step = FAR_STEP if far else STEP
            x, y = self._points[self._chosen]
            self._move(x + _WAYS[key][0] * step, y + _WAYS[key][1] * step)
        elif key == Qt.Key.Key_Insert:
            self._insert()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._remove(self._chosen)
        else:
            super().keyPressEvent(event)

    @property
    def _points(self) -> tuple[tuple[float, float], ...]:
        return self._pen.feel.curve.points

    def _follow(self) -> None:
        self._chosen = min(self._chosen, len(self._points) - 1)
        self.update()

    def _value(self, place: QPointF) -> tuple[float, float]:
        """The opposite of `place`."""
        span, floor = SIDE - 2 * PAD, self._pen.feel.floor
        x, up = (place.x() - PAD) / span, (SIDE - PAD - place.y()) / span
        return x, (up - floor) / (1 - floor)

    def _nearest(self, at: QPointF) -> int | None:
        """The point within reach of a press."""
        ways = [self.place(*point) - at for point in self._points]
        far, number = min((hypot(way.x(), way.y()), number) for number, way in enumerate(ways))
        return number if far <= NEAR else None

    def _move(self, x: float, y: float) -> None:
        self._pen.edit(curve=self._pen.feel.curve.with_point(self._chosen, (x, y)))

    def _insert(self) -> None:
        """Make a point in the middle after the chosen one."""
        first = min(self._chosen, len(self._points) - 2)
        curve = self._pen.feel.curve
        longer = curve.plus_point((self._points[first][0] + self._points[first + 1][0]) / 2)
        if longer is not curve:
            self._pen.edit(curve=longer)
            self._chosen = first + 1
            self.update()

    def _remove(self, number: int) -> None:
        self._is_held = False
        self._pen.edit(curve=self._pen.feel.curve.minus_point(number))

    def _draw_grid(self, painter: QPainter) -> None:
        for quarter in range(5):
            at = PAD + round(quarter * (SIDE - 2 * PAD) / 4)
            painter.fillRect(at, PAD, 1, SIDE - 2 * PAD + 1, self._theme.color("line"))
            painter.fillRect(PAD, at, SIDE - 2 * PAD + 1, 1, self._theme.color("line"))

    def _draw_mark(self, painter: QPainter, pressure: float) -> None:
        at = self.place(pressure, self._pen.feel.curve.at(pressure))
        painter.setPen(QPen(self._theme.color("sub"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(at.x(), SIDE - PAD), at)
        painter.drawLine(QPointF(PAD, at.y()), at)

    def _draw_knob(self, painter: QPainter, at: QPointF, is_chosen: bool) -> None:
        color = self._theme.color
        painter.setPen(QPen(color("accent") if is_chosen else color("knob_edge"), 2))
        painter.setBrush(color("knob"))
        painter.drawEllipse(at, KNOB, KNOB)
