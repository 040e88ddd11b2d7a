"""Leaves keys to those who write: in a text field a letter is a letter, and no tool."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from app.shell.action_table import TABLE

if TYPE_CHECKING:
    from app.shell.main_window import MainWindow

_Modifier = Qt.KeyboardModifier

_HELD = _Modifier.ControlModifier | _Modifier.AltModifier | _Modifier.MetaModifier
_ON_CANVAS = {"tool", "stroke", "opacity", "mask", "grow", "change", "from"}
"""Menus of what is done to the mask: none of it happens while somebody writes elsewhere."""

_OF_WORDS = {"undo", "redo", "copy_mask", "paste", "paste_mask"}
"""Actions whose keys do the same to words."""

_NAVIGATION = {
    Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter,
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home,
    Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
}  # fmt: skip
"""Keys that move within and between controls, so that each can be reached without a mouse."""


def writes(widget: QWidget | None) -> bool:
    """Whether words or numbers are typed into `widget`."""
    if isinstance(widget, QComboBox):
        return widget.isEditable()
    return isinstance(widget, QLineEdit | QPlainTextEdit | QAbstractSpinBox)


class Writing(QObject):
    """Watches the control that has the focus, for the keys that belong to it.

    It is a filter of that one control, as a filter of the program would see every event. The
    canvas has none: all keys are its own or actions'.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._keys = window.actions_table.keys
        self._menus = {entry.id: entry.menu for entry in TABLE}
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(watched, QWidget) or not self._belongs(watched, event):
            return False
        event.accept()
        return True

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is not None:
            before.removeEventFilter(self)
        if now is not None and now.window() is self._window and not self._window.stage.holds(now):
            now.installEventFilter(self)

    def _belongs(self, widget: QWidget, event: QKeyEvent) -> bool:
        """Whether a key is for `widget` and must not become an action."""
        key, held = Qt.Key(event.key()), event.modifiers() & _HELD
        if writes(widget):
            return self._is_for_words(key, held, event.keyCombination())
        if held:
            return False
        if key in _NAVIGATION:
            return True
        from app.look.slider_field import (
            SliderField,  # not needed, and slow, before the first paint
        )

        return isinstance(widget, SliderField) and event.text().isdecimal()

    def _is_for_words(self, key: Qt.Key, held: _Modifier, pressed: QKeyCombination) -> bool:
        name = self._keys.holder(QKeySequence(pressed).toString())
        if name in _OF_WORDS or self._menus.get(name or "") in _ON_CANVAS:
            return True
        if Qt.Key.Key_F1 <= key <= Qt.Key.Key_F35:
            return False
        if key == Qt.Key.Key_Escape:
            return not pressed.keyboardModifiers()
        # Alt makes letters on a Mac, and Ctrl with Alt does elsewhere: it is how AltGr comes.
        return not held or bool(held & _Modifier.AltModifier)
