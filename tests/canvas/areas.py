"""Tools in hand that select areas, and what came of them."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from app.model.geometry import Rect
from tests.support.easel import Easel, flat

SHIFT, ALT, SPACE = Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Space
ESCAPE, ENTER, BACK = Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Backspace
RIGHT = Qt.MouseButton.RightButton
WHOLE = Rect(0, 0, 400, 300)


def ready(easel: Easel, tool: str, zoom: float = 1) -> None:
    easel.open(flat(400, 300), zoom)
    easel.tools.choose(tool)


def painted(easel: Easel) -> Rect:
    """The box around what is full, which must be all of it."""
    plane = easel.document.mask.plane
    box = easel.document.mask_box()
    assert plane[box.slices].min() == 255
    return box


def has_no_trace(easel: Easel) -> bool:
    """Whether nothing tells that anything was ever begun."""
    easel.canvas.grab()
    return (
        not easel.document.mask.plane.any()
        and easel.document.undo_stack.count() == 0
        and easel.canvas.overlay.is_empty
        and not easel.canvas._hand.is_waiting
        and not easel.canvas._hand.is_busy
        and not easel.work.is_trying
    )


def claims(easel: Easel, key: Qt.Key) -> bool:
    """Whether the canvas wants a key for itself that may be an action's."""
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier)
    event.ignore()
    QApplication.sendEvent(easel.canvas, event)
    return event.isAccepted()
