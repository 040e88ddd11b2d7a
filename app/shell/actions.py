"""The table of actions, at work: as Qt's, with the keys of the key map, on where they can act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QKeyCombination, QObject
from PySide6.QtGui import QAction, QKeySequence, QShortcutEvent

from app.shell.action_table import TABLE
from app.shell.entries import MENUS, Entry, Fact
from app.shell.keys.keymap import KeyMap, spellings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["MENUS", "TABLE", "Action", "Actions", "Entry", "Fact"]


class Action(QAction):
    """An action with several spellings of one shortcut.

    Shift+[ is { on many keyboards: one press then matches both spellings, which Qt would report
    as ambiguous and ignore. No two actions share a key, so it is always this one that is meant.
    """

    def __init__(self, text: str, parent: QObject) -> None:
        super().__init__(parent)  # with the text, it would bring all that Qt has of icons
        self.setText(text)
        self.pressed: QKeyCombination | None = None
        """The key that triggers the action just now; None for menus and buttons."""

    def event(self, event: QEvent) -> bool:
        if not isinstance(event, QShortcutEvent):
            return super().event(event)
        self.pressed = event.key()[0]  # type: ignore[index]  # the stubs lack it
        try:
            if event.isAmbiguous():
                self.trigger()
                return True
            return super().event(event)
        finally:
            self.pressed = None


class Actions(QObject):
    """The table as Qt's actions. One is on when somebody answers it and what it needs is true."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._facts: set[Fact] = set()
        self._answered: set[str] = set()
        self._marks: dict[str, bool] = {}
        self.keys = KeyMap(self)
        self._entries = {entry.id: entry for entry in TABLE}
        self._made = {entry.id: self._make(entry) for entry in TABLE}
        self._show_keys()
        self.keys.changed.connect(self._show_keys)

    def __getitem__(self, action_id: str) -> Action:
        return self._made[action_id]

    def __iter__(self) -> Iterator[Action]:
        return iter(self._made.values())

    def on(self, action_id: str, slot: Callable[[], object]) -> None:
        """Let `slot` answer the action."""
        self._made[action_id].triggered.connect(lambda: self._answer(action_id, slot))
        self._answered.add(action_id)
        self._switch(self._entries[action_id])

    def answers(self, action_id: str) -> bool:
        """Whether somebody does what the action asks for."""
        return action_id in self._answered

    def state(self, fact: Fact, is_true: bool) -> None:
        """Say whether `fact` holds now."""
        if is_true != (fact in self._facts):
            self._facts ^= {fact}
            for entry in TABLE:
                if entry.needs is fact:
                    self._switch(entry)

    def mark(self, action_id: str, is_on: bool) -> None:
        """Show in the menu whether what the action switches is on."""
        self._marks[action_id] = is_on
        self._made[action_id].setCheckable(True)
        self._made[action_id].setChecked(is_on)

    def _answer(self, action_id: str, slot: Callable[[], object]) -> None:
        slot()
        if action_id in self._marks:  # Qt ticks by itself, whatever came of it
            self._made[action_id].setChecked(self._marks[action_id])

    def _switch(self, entry: Entry) -> None:
        is_sensible = entry.needs is None or entry.needs in self._facts
        self._made[entry.id].setEnabled(is_sensible and entry.id in self._answered)

    def _show_keys(self) -> None:
        for action_id, action in self._made.items():
            wanted = [key for each in self.keys.keys_of(action_id) for key in spellings(each)]
            sequences = [QKeySequence(key) for key in dict.fromkeys(wanted)]
            if sequences != action.shortcuts():
                action.setShortcuts(sequences)

    def _make(self, entry: Entry) -> Action:
        action = Action(QCoreApplication.translate("Actions", entry.text), self)
        action.setObjectName(f"action_{entry.id}")
        action.setAutoRepeat(entry.repeats)
        action.setEnabled(False)  # until somebody answers it
        action.setMenuRole(_ROLES.get(entry.id, QAction.MenuRole.NoRole))
        return action


_ROLES = {
    "quit": QAction.MenuRole.QuitRole,
    "preferences": QAction.MenuRole.PreferencesRole,
    "about": QAction.MenuRole.AboutRole,
}
