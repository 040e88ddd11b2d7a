"""Looking around: which drags and keys move the picture about instead of changing the mask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPointF, Qt

from app.canvas.gestures.pan import pan
from app.canvas.gestures.sizing import resize
from app.canvas.gestures.turning import turn
from app.canvas.gestures.zooming import click_or_scrub, scrub

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from app.canvas.cursor import Shape
    from app.canvas.gestures.gesture import Gesture, Keys, Pointer
    from app.canvas.viewer import Viewer
    from app.session.tools import Tools

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
RIGHT = Qt.MouseButton.RightButton

OTHERS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
"""With these held a key is a shortcut, be there one or not."""

NUDGE = 40
"""How many pixels of the screen an arrow key pushes the picture; with Shift, five times that."""

WAYS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (1, 0),
    Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}

Way = Literal["pan", "zoom", "turn", "click", "size"]
"""A way to use the hand that leaves the mask alone."""


class Navigation:
    """Space pans, with Ctrl it zooms, with Shift it turns; so does the middle button. R turns.

    So do the tools that are made for it. Alt with the right button changes the brush.
    """

    def __init__(self, viewer: Viewer, tools: Tools) -> None:
        self._viewer = viewer
        self._tools = tools
        self._space: Literal["up", "held", "used"] = "up"
        self._turns = False  # R is held
        self._doing: Way | None = None

    @property
    def holds_space(self) -> bool:
        return self._space != "up"

    def press_key(self, event: QKeyEvent) -> bool:
        """Take note of a key; whether it is one of these."""
        key = event.key()  # a number: many have no name
        if key == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._space = "held"
        elif event.modifiers() & OTHERS:
            return False
        elif key == Qt.Key.Key_R:
            self._turns = True
        elif key in WAYS:
            self._nudge(key, event.modifiers())
        else:
            return False
        return True

    def release_key(self, event: QKeyEvent) -> bool:
        """Take note that a key was let go of; True if it was Space, and had done nothing."""
        if event.isAutoRepeat():
            return False
        if event.key() == Qt.Key.Key_R:
            self._turns = False
        if event.key() != Qt.Key.Key_Space:
            return False
        was, self._space = self._space, "up"
        return was == "held"

    def use_space(self) -> None:
        """Space has done something meanwhile: letting go of it means nothing more."""
        if self._space == "held":
            self._space = "used"

    def let_go(self) -> None:
        """Nobody tells any more when keys are let go of."""
        self._space, self._turns = "up", False

    def way(self, button: Qt.MouseButton, keys: Keys) -> Way | None:
        """What a drag with this button and these keys does, if it leaves the mask alone."""
        if button == MIDDLE or (button == LEFT and self.holds_space):
            return "zoom" if keys.ctrl else "turn" if keys.shift else "pan"
        if button == LEFT and self._turns:
            return "turn"
        if button == LEFT and self._tools.tool in ("hand", "zoom"):
            return "pan" if self._tools.tool == "hand" else "click"
        if button == RIGHT and keys.alt and self._tools.paints:
            return "size"
        return None

    def shape(self, keys: Keys) -> Shape:
        """What the pointer looks like, with these keys held and the left button in mind."""
        if self._doing == "pan":
            return "closed_hand"
        way = self._doing or self.way(LEFT, keys)
        if way is None or way == "size":
            return "ring" if self._tools.paints else "cross"
        if way == "pan":
            return "open_hand"
        if way == "turn":
            return "turn"
        return "zoom_out" if way == "click" and keys.alt else "zoom_in"

    def end(self) -> None:
        """The drag is over, whatever it was."""
        self._doing = None

    def gesture(self, way: Way) -> Gesture:
        """A drag of this kind; to close it goes back to what was seen before."""
        self._doing = way
        if way == "size":
            return resize(self._tools, self._viewer.zoom, self._viewer.devicePixelRatioF())
        self.use_space()
        return _undone(self._look_around(way), self._viewer.bookmark())

    def _look_around(self, way: Way) -> Gesture:
        viewer, ratio = self._viewer, self._viewer.devicePixelRatioF()
        if way == "pan":
            return pan(viewer.move_picture)
        if way == "turn":
            return turn(viewer.angle, viewer.turn_to, lambda: viewer.middle)

        def zoom(factor: float, around: Pointer) -> None:
            viewer.zoom_by(factor, QPointF(around.x, around.y) / ratio)

        return scrub(zoom, ratio) if way == "zoom" else click_or_scrub(zoom, ratio)

    def _nudge(self, key: int, modifiers: Qt.KeyboardModifier) -> None:
        far = 5 if modifiers & Qt.KeyboardModifier.ShiftModifier else 1
        step = NUDGE * far * self._viewer.devicePixelRatioF()
        dx, dy = WAYS[key]
        self._viewer.move_picture(dx * step, dy * step)


def _undone(gesture: Gesture, undo: Callable[[], None]) -> Gesture:
    """The gesture, and how to undo it if it is to be as if it had never happened."""
    try:
        yield from gesture
    except GeneratorExit:
        undo()
        raise
