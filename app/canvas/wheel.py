"""What the wheel does: it zooms, pans, or changes the brush."""

from __future__ import annotations

from math import trunc
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QWheelEvent

    from app.canvas.viewer import Viewer
    from app.session.tools import Tools

NOTCH_ANGLE = 120
NOTCH_PIXELS = 60
"""What Qt counts as a notch: eighths of a degree, and pixels where there are no degrees."""

ZOOM = 1.2
"""How much a notch zooms."""
PAN = 60
"""How many pixels of the screen it pans."""
GROWTH = 1.1
"""How much it makes the brush larger."""

Habit = Literal["zoom", "photoshop"]
"""What the wheel alone does: zoom, or pan as in Photoshop, where it zooms with Alt."""

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


class Wheel:
    """Turns of the wheel, by the artist's habit. Ctrl changes the brush, Shift pans sideways."""

    def __init__(self, viewer: Viewer, tools: Tools) -> None:
        self.habit: Habit = "zoom"
        self._viewer = viewer
        self._tools = tools
        self._growth = 0.0  # notches that were not whole yet

    def turn(self, event: QWheelEvent) -> None:
        """Do what a turn means."""
        across, along = notches(event)
        keys = event.modifiers()
        if keys & CTRL:
            self._grow(along)
        elif keys & SHIFT:
            self._pan(along or across, 0)
        elif bool(keys & ALT) == (self.habit == "photoshop"):
            # With Alt some systems report a wheel that goes sideways.
            turned = along or (across if keys & ALT else 0)
            if turned:
                self._viewer.zoom_by(ZOOM**turned, event.position())
            else:
                self._pan(across, 0)
        else:
            self._pan(across, along)

    def _pan(self, across: float, along: float) -> None:
        step = PAN * self._viewer.devicePixelRatioF()
        if across or along:
            self._viewer.move_picture(across * step, along * step)

    def _grow(self, turned: float) -> None:
        """By whole notches, as a brush grows by at least a pixel each time."""
        if turned * self._growth < 0:
            self._growth = 0.0
        self._growth += turned
        whole = trunc(self._growth)
        if whole:
            self._growth -= whole
            self._tools.grow(GROWTH**whole)


def notches(event: QWheelEvent) -> tuple[float, float]:
    """How far the wheel went to the left, and away from the hand."""
    if not event.angleDelta().isNull():
        return _each(event.angleDelta(), NOTCH_ANGLE)
    return _each(event.pixelDelta(), NOTCH_PIXELS)


def _each(delta: QPoint, notch: int) -> tuple[float, float]:
    return delta.x() / notch, delta.y() / notch
