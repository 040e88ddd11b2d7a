"""Fingers on the screen or on a touchpad: what their events mean to the canvas."""

from __future__ import annotations

from math import atan2, degrees, hypot, remainder
from time import monotonic
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEventPoint

from app.canvas.tablet import LEFT, MIDDLE, Surface

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QNativeGestureEvent, QTouchEvent

    from app.session.pen import Pen

TAP_S = 0.3
"""A tap is over within this time."""
SLOP = 12.0
"""So far a finger may slip, in pixels of the widget, and still mean to rest."""
DEAD_DEGREES = 8.0
"""So far two fingers may turn before the view does: pinching is never quite straight."""


class Ground(Surface, Protocol):
    """What fingers need of the canvas."""

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None: ...
    def turn_by(self, degrees: float, at: QPointF | None = None) -> None: ...
    def move_picture(self, dx: float, dy: float) -> None: ...
    def device(self, place: QPointF) -> tuple[float, float]: ...


class Grip(NamedTuple):
    """How two fingers hold the picture, in pixels of the widget."""

    x: float
    y: float
    spread: float
    angle: float

    @classmethod
    def of(cls, one: QPointF, other: QPointF) -> Grip:
        dx, dy = other.x() - one.x(), other.y() - one.y()
        middle = (one + other) / 2
        return cls(middle.x(), middle.y(), max(1.0, hypot(dx, dy)), degrees(atan2(dy, dx)))

    def is_near(self, other: Grip) -> bool:
        """Whether the fingers merely slipped from one grip to the other."""
        moved = hypot(self.x - other.x, self.y - other.y)
        return max(moved, abs(self.spread - other.spread)) <= SLOP


class Touch:
    """One finger paints, or pans once a pen was seen; two move, zoom and turn the view.

    `tapped` is called with the number of fingers, two or more, that tapped together. While
    `is_palm` says so, or a gesture is under way otherwise, whatever lands means nothing.
    """

    def __init__(
        self,
        ground: Ground,
        pen: Pen,
        tapped: Callable[[int], None],
        is_palm: Callable[[], bool],
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._ground = ground
        self._pen = pen
        self._tapped = tapped
        self._is_palm = is_palm
        self._clock = clock
        self._does: Literal["nothing", "waits", "paints", "pans", "view"] = "nothing"
        self._landed: QPointF | None = None
        self._began = 0.0
        self._most = 0  # fingers at once
        self._rests = True  # all of them have hardly moved
        self._first: Grip | None = None
        self._last: Grip | None = None
        self._turned = 0.0
        self._turns = False

    def take(self, event: QTouchEvent, places: Sequence[QPointF]) -> None:
        """Do what an event means, with the fingers that are down at some places of the widget."""
        if event.type() == QEvent.Type.TouchCancel:
            self._break_off()
        elif places:
            if self._does == "nothing":
                self._land(places[0])
            self._most = max(self._most, len(places))
            if len(places) > 1 and (self._does == "pans" or self._is_fresh(places[0])):
                self._hold()
            if self._does in ("paints", "pans"):
                self._go_on(places[0])
            elif self._does == "view":
                self._move_view(places)
        elif self._does != "nothing":
            self._lift()

    def take_pinch(self, event: QNativeGestureEvent) -> None:
        """Do what two fingers on a touchpad mean."""
        if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self._ground.zoom_by(max(0.1, 1 + event.value()), event.position())
        elif event.gestureType() == Qt.NativeGestureType.RotateNativeGesture:
            self._ground.turn_by(event.value(), event.position())

    def _land(self, place: QPointF) -> None:
        self._does = "waits"
        self._landed, self._began, self._most, self._rests = place, self._clock(), 1, True
        self._first = self._last = None
        self._turned, self._turns = 0.0, False
        if self._is_palm() or self._ground.is_busy:
            return
        does: Literal["paints", "pans"] = "pans" if self._pen.was_seen else "paints"
        pointer = self._ground.follow(self._ground.device(place))
        if pointer and self._ground.begin(MIDDLE if does == "pans" else LEFT, pointer):
            self._does = does

    def _go_on(self, place: QPointF) -> None:
        pointer = self._ground.follow(self._ground.device(place))
        if pointer is not None:
            self._ground.go_on(pointer)

    def _is_fresh(self, place: QPointF) -> bool:
        """Whether a finger only just began to paint, so that a second one belongs to it."""
        if self._does != "paints":
            return False
        way = place - self._landed if self._landed is not None else QPointF()
        return self._clock() - self._began < TAP_S and hypot(way.x(), way.y()) <= SLOP

    def _hold(self) -> None:
        """Take hold of the view; what the first finger began never happened."""
        self._ground.take_back()
        self._ground.follow(None)
        self._does = "view"

    def _move_view(self, places: Sequence[QPointF]) -> None:
        if len(places) < 2:
            self._last = None
            return
        grip = Grip.of(*places[:2])
        self._first = self._first or grip
        self._rests = self._rests and grip.is_near(self._first)
        before, self._last = self._last, grip
        if before is not None and not self._rests:
            self._follow(before, grip)

    def _follow(self, before: Grip, grip: Grip) -> None:
        """Let the view follow two fingers."""
        at = QPointF(grip.x, grip.y)
        self._ground.move_picture(*self._ground.device(at - QPointF(before.x, before.y)))
        self._ground.zoom_by(grip.spread / before.spread, at)
        turn = remainder(grip.angle - before.angle, 360)
        self._turned += turn
        if self._turns:
            self._ground.turn_by(turn, at)
        self._turns = self._turns or abs(self._turned) > DEAD_DEGREES

    def _lift(self) -> None:
        """The last finger is gone."""
        does, self._does = self._does, "nothing"
        if does != "waits":
            self._ground.follow(None)
        if does in ("paints", "pans"):
            self._ground.end()
        elif does == "view" and self._rests and self._clock() - self._began < TAP_S:
            self._tapped(self._most)

    def _break_off(self) -> None:
        if self._does in ("paints", "pans"):
            self._ground.break_off()
        self._does = "nothing"


def fingers(event: QTouchEvent) -> list[QEventPoint]:
    """The fingers that are down, in the order in which they landed."""
    down = [point for point in event.points() if point.state() != QEventPoint.State.Released]
    return sorted(down, key=QEventPoint.id)
