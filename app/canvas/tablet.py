"""The pen of a tablet: what its events mean to the canvas."""

from __future__ import annotations

from math import hypot
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QTabletEvent

    from app.canvas.gestures.gesture import Pointer
    from app.session.pen import Pen

GHOSTS_S = 0.5
"""So long after the pen, mouse events are taken for its ghosts: systems send both, in any order."""

DOUBLE_S = 0.4
DOUBLE_REACH = 10.0
"""So soon, and so few pixels of the widget beside the first, a second tap makes a double tap."""

LEFT, MIDDLE, RIGHT = (
    Qt.MouseButton.LeftButton,
    Qt.MouseButton.MiddleButton,
    Qt.MouseButton.RightButton,
)

Device = tuple[int, int, QPointingDevice.PointerType]


class Surface(Protocol):
    """What a device needs of the canvas."""

    @property
    def is_busy(self) -> bool:
        """Whether a gesture is under way."""

    def device(self, place: QPointF) -> tuple[float, float]:
        """A place of the widget in device pixels."""

    def follow(self, at: tuple[float, float] | None, pressure: float = 1.0) -> Pointer | None:
        """The hand is at a place in device pixels, or gone."""

    def begin(self, button: Qt.MouseButton, pointer: Pointer) -> bool: ...
    def go_on(self, pointer: Pointer) -> None: ...
    def end(self) -> None: ...
    def break_off(self) -> None: ...
    def take_back(self) -> None: ...
    def finish(self) -> bool: ...
    def choose_cursor(self) -> None: ...


class Tablet:
    """Turns the events of a pen into presses, moves and releases.

    From press to release one device is heard, and no other. What a pen tells of its pressure when
    it touches down or leaves is of no worth: the first dab waits for a move, and the last ones
    keep the pressure that they had.
    """

    def __init__(self, surface: Surface, pen: Pen, clock: Callable[[], float] = monotonic) -> None:
        self._surface = surface
        self._pen = pen
        self._clock = clock
        self._device: Device | None = None  # from press to release
        self._touch_down: tuple[Qt.MouseButton, Pointer] | None = None  # not begun yet
        self._pressure = 0.0
        self._tapped: tuple[float, QPointF] | None = None  # when and where it touched down last
        self._quiet_until = 0.0
        self._suspect_until = 0.0
        self._is_eraser = False
        pen.left.connect(self.leave)

    @property
    def is_down(self) -> bool:
        """Whether the pen touches the tablet."""
        return self._device is not None

    @property
    def erases(self) -> bool:
        """Whether the pen is held the wrong way round."""
        return self._is_eraser

    def hides_mouse(self) -> bool:
        """Whether what the mouse does now is likely the pen's ghost."""
        if self.is_down:
            return True
        return not self._surface.is_busy and self._clock() < self._quiet_until

    def note_mouse(self) -> None:
        """The mouse was pressed: a ghost's press may come before the pen's own."""
        self._suspect_until = self._clock() + GHOSTS_S

    def take(self, event: QTabletEvent) -> None:
        """Do what an event means."""
        event.accept()
        self._pen.notice()
        self._quiet_until = self._clock() + GHOSTS_S
        device = _device(event)
        if self.is_down and device != self._device:
            return
        self._turn(event.pointerType() == QPointingDevice.PointerType.Eraser)
        kind = event.type()
        if kind == QEvent.Type.TabletPress:
            self._press(event, device)
        elif kind == QEvent.Type.TabletMove:
            self._move(event)
        elif kind == QEvent.Type.TabletRelease:
            self._release(event)

    def leave(self) -> None:
        """The pen went away."""
        if self.is_down:
            self._end()
        if not self._surface.is_busy:
            self._turn(False)
            self._surface.follow(None)

    def let_go(self) -> None:
        """Hear the pen no more until it touches down again."""
        self._device = self._touch_down = None

    def _turn(self, is_eraser: bool) -> None:
        """The pen is held this way round."""
        if is_eraser != self._is_eraser:
            self._is_eraser = is_eraser
            self._surface.choose_cursor()

    def _press(self, event: QTabletEvent, device: Device) -> None:
        if self.is_down:
            return  # a further button
        pressure = self._felt(event)
        pointer = self._follow(event, pressure)
        button = self._button(event)
        if pointer is None or button is None:
            return
        if self._is_second_tap(event.position()) and self._surface.finish():
            return
        if self._clock() < self._suspect_until:
            self._surface.take_back()
        self._device = device
        self._pressure = pressure
        self._touch_down = button, pointer

    def _is_second_tap(self, place: QPointF) -> bool:
        """Whether this is a double tap; of a pen Qt tells none."""
        before, self._tapped = self._tapped, (self._clock(), place)
        if before is None:
            return False
        way = place - before[1]
        return self._clock() - before[0] < DOUBLE_S and hypot(way.x(), way.y()) <= DOUBLE_REACH

    def _move(self, event: QTabletEvent) -> None:
        if self.is_down:
            self._pressure = self._felt(event)
        pointer = self._follow(event, self._pressure)
        if self.is_down and pointer is not None:
            self._begin()
            self._surface.go_on(pointer)

    def _release(self, event: QTabletEvent) -> None:
        pointer = self._follow(event, self._pressure)
        if self.is_down and not event.buttons():
            self._begin()
            if pointer is not None:
                self._surface.go_on(pointer)
            self._end()

    def _follow(self, event: QTabletEvent, pressure: float) -> Pointer | None:
        return self._surface.follow(self._surface.device(event.position()), pressure)

    def _begin(self) -> None:
        """Set down what waited for a pressure to trust."""
        if self._touch_down is not None:
            button, pointer = self._touch_down
            self._touch_down = None
            sample = pointer.sample._replace(pressure=self._pressure)
            self._surface.begin(button, pointer._replace(sample=sample))

    def _end(self) -> None:
        self._begin()
        self._device = None
        self._surface.end()

    def _button(self, event: QTabletEvent) -> Qt.MouseButton | None:
        """What the mouse would press; None if the pen merely hovers with a button held."""
        held = event.buttons() | event.button()
        if held & MIDDLE:
            return MIDDLE
        if event.pressure() == 0 and not held & LEFT:
            return None
        return RIGHT if self._is_eraser or held & RIGHT else LEFT

    def _felt(self, event: QTabletEvent) -> float:
        tells = event.pointingDevice().hasCapability(QInputDevice.Capability.Pressure)
        return self._pen.feel.of(event.pressure()) if tells else 1.0


def _device(event: QTabletEvent) -> Device:
    device = event.pointingDevice()
    return device.systemId(), device.uniqueId().numericId(), device.pointerType()
