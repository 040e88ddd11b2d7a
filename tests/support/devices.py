"""A pen, fingers and a touchpad, whose events Qt delivers like real ones."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import (
    QEventPoint,
    QInputDevice,
    QNativeGestureEvent,
    QPointingDevice,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.MouseButton.NoButton
PLAIN = Qt.KeyboardModifier.NoModifier
STYLUS = (
    QInputDevice.Capability.Position
    | QInputDevice.Capability.Pressure
    | QInputDevice.Capability.Hover
)


class Stylus:
    """One end of a pen over a widget."""

    def __init__(self, widget: QWidget, *, eraser: bool = False, number: int = 1) -> None:
        end = QPointingDevice.PointerType.Eraser if eraser else QPointingDevice.PointerType.Pen
        self._device = QPointingDevice(
            "pen", number, QInputDevice.DeviceType.Stylus, end, STYLUS, 1, 3
        )
        self._widget = widget

    def press(
        self, place: QPointF, pressure: float = 0.5, button: Qt.MouseButton = LEFT
    ) -> QTabletEvent:
        return self.send(QEvent.Type.TabletPress, place, pressure, button, button)

    def move(
        self, place: QPointF, pressure: float = 0.5, held: Qt.MouseButton = LEFT
    ) -> QTabletEvent:
        return self.send(QEvent.Type.TabletMove, place, pressure, NONE, held)

    def hover(self, place: QPointF) -> QTabletEvent:
        return self.move(place, 0.0, NONE)

    def release(
        self, place: QPointF, pressure: float = 0.0, button: Qt.MouseButton = LEFT
    ) -> QTabletEvent:
        return self.send(QEvent.Type.TabletRelease, place, pressure, button, NONE)

    def send(
        self,
        kind: QEvent.Type,
        place: QPointF,
        pressure: float,
        button: Qt.MouseButton,
        held: Qt.MouseButton,
    ) -> QTabletEvent:
        at = self._widget.mapToGlobal(place)
        event = QTabletEvent(
            kind, self._device, place, at, pressure, 0, 0, 0, 0, 0, PLAIN, button, held
        )
        event.ignore()
        QApplication.sendEvent(self._widget, event)
        return event


class Fingers:
    """Fingers on a screen, by number."""

    def __init__(self, widget: QWidget) -> None:
        self._device = QPointingDevice(
            "screen",
            7,
            QInputDevice.DeviceType.TouchScreen,
            QPointingDevice.PointerType.Finger,
            QInputDevice.Capability.Position,
            10,
            0,
        )
        self._widget = widget
        self._down: dict[int, QPointF] = {}

    def touch(self, places: Mapping[int, QPointF]) -> None:
        """These fingers are down now, and no others."""
        kind = QEvent.Type.TouchUpdate
        if not self._down:
            kind = QEvent.Type.TouchBegin
        elif not places:
            kind = QEvent.Type.TouchEnd
        points = [self._point(finger, place) for finger, place in places.items()]
        points += [
            self._point(finger, place, QEventPoint.State.Released)
            for finger, place in self._down.items()
            if finger not in places
        ]
        self._down = dict(places)
        self._send(kind, points)

    def cancel(self) -> None:
        """The system takes the fingers away, say for a gesture of its own."""
        self._down = {}
        self._send(QEvent.Type.TouchCancel, [])

    def _point(
        self, finger: int, place: QPointF, state: QEventPoint.State | None = None
    ) -> QEventPoint:
        states = QEventPoint.State
        state = state or (states.Updated if finger in self._down else states.Pressed)
        at = self._widget.mapToGlobal(place)
        return QEventPoint(finger, state, self._widget.mapTo(self._widget.window(), place), at)

    def _send(self, kind: QEvent.Type, points: list[QEventPoint]) -> None:
        QApplication.sendEvent(self._widget, QTouchEvent(kind, self._device, PLAIN, points))


def pinch(
    widget: QWidget,
    place: QPointF,
    value: float,
    kind: Qt.NativeGestureType = Qt.NativeGestureType.ZoomNativeGesture,
) -> None:
    """Two fingers on a touchpad zoom or turn."""
    device = QPointingDevice.primaryPointingDevice()
    event = QNativeGestureEvent(
        kind, device, 2, place, place, widget.mapToGlobal(place), value, QPointF()
    )
    QApplication.sendEvent(widget, event)


class Clock:
    """A clock that stands until it is told to go on."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now
