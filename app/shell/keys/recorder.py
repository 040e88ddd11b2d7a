"""A field that takes the next key as it is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from app.look.buttons import Button
from app.look.frames import HEIGHT
from app.look.paint import box, ring

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.look.theme import Theme

_HELD_ALONE = {
    Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr,
    Qt.Key.Key_CapsLock, Qt.Key.Key_unknown,
}  # fmt: skip
RESERVED = {Qt.Key.Key_Escape, Qt.Key.Key_Space, Qt.Key.Key_Backtab}
"""Keys that always mean the same: never mind, pan, back to the control before."""


class KeyRecorder(Button):
    """Shows a key; clicked, it listens for another until one comes, or Escape."""

    recorded = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self._key = ""
        self._listens = False
        self.setFont(theme.font())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.listen)

    @property
    def listens(self) -> bool:
        """Whether the next key is taken."""
        return self._listens

    def show_key(self, key: str) -> None:
        """Show `key`, as this platform writes it."""
        self._key = key
        self._stop()

    def listen(self) -> None:
        """Take the next key."""
        self._listens = True
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, HEIGHT)

    def event(self, event: QEvent) -> bool:
        # Before Qt makes a shortcut, a change of focus or a click of it.
        if self._listens and isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() is QEvent.Type.KeyPress:
                self._take(event)
                return True
        if event.type() is QEvent.Type.FocusOut:
            self._stop()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        color = self.theme.color
        bounds = QRectF(self.rect())
        edge = color("edge" if self.isEnabled() else "line")
        box(painter, bounds, fill=color("field") if self.isEnabled() else None, edge=edge)
        text, token = self._words()
        painter.setPen(color(token if self.isEnabled() else "off"))
        room = bounds.adjusted(9, 0, -9, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        if self.hasFocus():
            ring(painter, bounds, color("accent"))

    def _words(self) -> tuple[str, str]:
        if self._listens:
            return self.tr("Press a key…"), "hint"
        return (self._key, "text") if self._key else (self.tr("No key"), "hint")

    def _take(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _HELD_ALONE:
            return
        self._stop()
        if key in RESERVED and event.modifiers() in _BARE:
            return
        self.recorded.emit(_written(event))

    def _stop(self) -> None:
        self._listens = False
        self.update()


def _written(event: QKeyEvent) -> str:
    """A press as it is written in the table; a digit block's keys are the plain ones."""
    pressed = event.keyCombination()
    held = pressed.keyboardModifiers() & ~Qt.KeyboardModifier.KeypadModifier
    text = QKeySequence(held.value | pressed.key().value)
    return text.toString(QKeySequence.SequenceFormat.PortableText)


_BARE = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
