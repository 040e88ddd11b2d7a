"""Where the pointer is: on the screen and in the picture, and with which keys held."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from app.canvas.gestures.gesture import Keys, Pointer
from app.model.brush import Sample

if TYPE_CHECKING:
    from app.canvas.view import View

SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


FREE, SPACE = Keys(), Keys(space=True)


class Pointing:
    """The pointer's last place in device pixels, or None, and the modifiers as events tell them."""

    def __init__(self) -> None:
        self.at: tuple[float, float] | None = None
        self.modifiers = NONE

    def pointer(self, view: View | None, pressure: float, space: bool) -> Pointer | None:
        """The pointer as gestures see it."""
        if self.at is None or view is None:
            return None
        x, y = self.at
        return Pointer(x, y, Sample(*view.to_picture(x, y), pressure), self.keys(space))

    def keys(self, space: bool) -> Keys:
        held = self.modifiers
        if held is NONE:  # mostly, and flags are slow
            return SPACE if space else FREE
        return Keys(bool(held & SHIFT), bool(held & ALT), bool(held & CTRL), space)


def pixel_of(pointer: Pointer | None, view: View | None) -> tuple[int, int] | None:
    """The pixel of the picture that the pointer is on."""
    if pointer is None or view is None:
        return None
    x, y = floor(pointer.sample.x), floor(pointer.sample.y)
    width, height = view.picture
    return (x, y) if 0 <= x < width and 0 <= y < height else None
