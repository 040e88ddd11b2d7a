"""The mouse: what its events mean to the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

    from app.canvas.tablet import Surface, Tablet


NONE = Qt.MouseButton.NoButton


class Mouse:
    """Turns events of the mouse into presses, moves and releases, unless a pen is behind them.

    The mouse is in the middle of the device pixel that it is on.
    """

    def __init__(self, surface: Surface, tablet: Tablet) -> None:
        self._surface = surface
        self._tablet = tablet
        self._button = NONE

    def press(self, event: QMouseEvent) -> None:
        if self._tablet.hides_mouse():
            return
        self._tablet.note_mouse()
        pointer = self._surface.follow(self._at(event))
        if pointer is not None and self._surface.begin(event.button(), pointer):
            self._button = event.button()
        else:
            event.ignore()

    def move(self, event: QMouseEvent) -> None:
        if self._tablet.hides_mouse():
            return
        is_busy = self._surface.is_busy
        if is_busy and self._button == NONE:
            return  # with another device
        pointer = self._surface.follow(self._at(event))
        if is_busy and self._button not in event.buttons():
            self._button = NONE
            self._surface.break_off()  # the release went elsewhere
        elif pointer is not None:
            self._surface.go_on(pointer)

    def release(self, event: QMouseEvent) -> None:
        if event.button() != self._button:
            return
        self._button = NONE
        if self._tablet.hides_mouse():
            return
        pointer = self._surface.follow(self._at(event))
        if self._surface.is_busy and pointer is not None:
            self._surface.go_on(pointer)
            self._surface.end()

    def _at(self, event: QMouseEvent) -> tuple[float, float]:
        x, y = self._surface.device(event.position())
        return x + 0.5, y + 0.5
