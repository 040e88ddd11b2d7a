"""What the keys and the button of a press say about how an area joins the mask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from app.canvas.gestures.gesture import Keys
    from app.model.selecting import Mode


def mode_of(keys: Keys, button: Qt.MouseButton, own: Mode) -> Mode:
    """Shift adds, Alt subtracts, both intersect; the right button subtracts, else it is `own`."""
    if keys.shift and keys.alt:
        return "intersect"
    if keys.alt:
        return "subtract"
    if keys.shift:
        return "add"
    return "subtract" if button == Qt.MouseButton.RightButton else own
