"""Everything the artist can ask for by menu or key, in one table."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QAction, QKeySequence, QShortcutEvent

from app.contract.hints import QT_TRANSLATE_NOOP


class Fact(Enum):
    """What has to be true for an action to make sense."""

    PICTURE = "a picture is open"
    MASK = "something is painted"
    UNDO = "a step can be undone"
    REDO = "a step can be redone"
    RESULT = "a result is selected"
    RUNNING = "a job is under way"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One action: `text` is an English source text of the context "Actions".

    The first of `shortcuts` is shown, the others are further spellings of it or habits from
    elsewhere. `new_group` draws a line above it in its menu.
    """

    id: str
    menu: str
    text: str
    shortcuts: tuple[str, ...] = ()
    needs: Fact | None = None
    new_group: bool = False


MENUS = {
    "file": QT_TRANSLATE_NOOP("Actions", "&File"),
    "edit": QT_TRANSLATE_NOOP("Actions", "&Edit"),
    "mask": QT_TRANSLATE_NOOP("Actions", "&Mask"),
    "view": QT_TRANSLATE_NOOP("Actions", "&View"),
    "results": QT_TRANSLATE_NOOP("Actions", "&Results"),
    "help": QT_TRANSLATE_NOOP("Actions", "&Help"),
}

# Shortcuts are written out, never taken from QKeySequence.StandardKey: several of those (quit,
# preferences) are bound to nothing on desktops without a platform theme.
TABLE = (
    Entry(id="open", menu="file", shortcuts=("Ctrl+O",),
          text=QT_TRANSLATE_NOOP("Actions", "&Open…")),
    Entry(id="save_result", menu="file", shortcuts=("Ctrl+Shift+S",),
          text=QT_TRANSLATE_NOOP("Actions", "&Save Result As…"),
          needs=Fact.RESULT, new_group=True),
    Entry(id="quit", menu="file", shortcuts=("Ctrl+Q",),
          text=QT_TRANSLATE_NOOP("Actions", "&Quit"), new_group=True),
    Entry(id="undo", menu="edit", shortcuts=("Ctrl+Z",),
          text=QT_TRANSLATE_NOOP("Actions", "&Undo"), needs=Fact.UNDO),
    Entry(id="redo", menu="edit", shortcuts=("Ctrl+Shift+Z", "Ctrl+Y"),
          text=QT_TRANSLATE_NOOP("Actions", "&Redo"), needs=Fact.REDO),
    Entry(id="paste", menu="edit", shortcuts=("Ctrl+V",),
          text=QT_TRANSLATE_NOOP("Actions", "&Paste Picture"), new_group=True),
    Entry(id="preferences", menu="edit", shortcuts=("Ctrl+,",),
          text=QT_TRANSLATE_NOOP("Actions", "Pr&eferences…"), new_group=True),
    Entry(id="brush", menu="mask", shortcuts=("B",),
          text=QT_TRANSLATE_NOOP("Actions", "&Brush"), needs=Fact.PICTURE),
    Entry(id="eraser", menu="mask", shortcuts=("E",),
          text=QT_TRANSLATE_NOOP("Actions", "&Eraser"), needs=Fact.PICTURE),
    Entry(id="swap", menu="mask", shortcuts=("X",),
          text=QT_TRANSLATE_NOOP("Actions", "S&wap Brush and Eraser"), needs=Fact.PICTURE),
    Entry(id="smaller", menu="mask", shortcuts=("[",),
          text=QT_TRANSLATE_NOOP("Actions", "&Smaller"), needs=Fact.PICTURE, new_group=True),
    Entry(id="larger", menu="mask", shortcuts=("]",),
          text=QT_TRANSLATE_NOOP("Actions", "&Larger"), needs=Fact.PICTURE),
    Entry(id="softer", menu="mask", shortcuts=("Shift+[", "{", "Shift+{"),
          text=QT_TRANSLATE_NOOP("Actions", "So&fter"), needs=Fact.PICTURE),
    Entry(id="harder", menu="mask", shortcuts=("Shift+]", "}", "Shift+}"),
          text=QT_TRANSLATE_NOOP("Actions", "&Harder"), needs=Fact.PICTURE),
    Entry(id="invert", menu="mask", shortcuts=("Ctrl+I",),
          text=QT_TRANSLATE_NOOP("Actions", "&Invert"), needs=Fact.PICTURE, new_group=True),
    Entry(id="clear", menu="mask", shortcuts=("Del", "Backspace"),
          text=QT_TRANSLATE_NOOP("Actions", "&Clear"), needs=Fact.MASK),
    Entry(id="zoom_in", menu="view", shortcuts=("Ctrl++", "Ctrl+=", "Ctrl+Shift++"),
          text=QT_TRANSLATE_NOOP("Actions", "Zoom &In"), needs=Fact.PICTURE),
    Entry(id="zoom_out", menu="view", shortcuts=("Ctrl+-",),
          text=QT_TRANSLATE_NOOP("Actions", "Zoom &Out"), needs=Fact.PICTURE),
    Entry(id="fit", menu="view", shortcuts=("Ctrl+0",),
          text=QT_TRANSLATE_NOOP("Actions", "&Fit"), needs=Fact.PICTURE, new_group=True),
    Entry(id="actual_size", menu="view", shortcuts=("Ctrl+1",),
          text=QT_TRANSLATE_NOOP("Actions", "&100 %"), needs=Fact.PICTURE),
    Entry(id="generate", menu="results", shortcuts=("Ctrl+Enter", "Ctrl+Return"),
          text=QT_TRANSLATE_NOOP("Actions", "&Generate")),
    Entry(id="cancel", menu="results", shortcuts=("Shift+Esc",),
          text=QT_TRANSLATE_NOOP("Actions", "&Cancel"), needs=Fact.RUNNING),
    Entry(id="show_result", menu="results",
          text=QT_TRANSLATE_NOOP("Actions", "&Show or Hide the Result"),
          needs=Fact.RESULT, new_group=True),
    Entry(id="use_result", menu="results",
          text=QT_TRANSLATE_NOOP("Actions", "&Use as New Picture"), needs=Fact.RESULT),
    Entry(id="copy_result", menu="results",
          text=QT_TRANSLATE_NOOP("Actions", "C&opy"), needs=Fact.RESULT, new_group=True),
    Entry(id="reveal_result", menu="results",
          text=QT_TRANSLATE_NOOP("Actions", "Show in &Folder"), needs=Fact.RESULT),
    Entry(id="keys", menu="help", shortcuts=("?", "Shift+?"),
          text=QT_TRANSLATE_NOOP("Actions", "&Keys")),
    Entry(id="about", menu="help",
          text=QT_TRANSLATE_NOOP("Actions", "&About Maskwright"), new_group=True),
)  # fmt: skip


class Action(QAction):
    """An action with several spellings of one shortcut.

    Shift+[ is { on many keyboards: one press then matches both spellings, which Qt would report
    as ambiguous and ignore. No two actions share a key, so it is always this one that is meant.
    """

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QShortcutEvent) and event.isAmbiguous():
            self.trigger()
            return True
        return super().event(event)


class Actions(QObject):
    """The table as Qt's actions, switched on and off by what is true right now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._facts: set[Fact] = set()
        self._made = {entry.id: self._make(entry) for entry in TABLE}
        self._switch()

    def __getitem__(self, action_id: str) -> QAction:
        return self._made[action_id]

    def __iter__(self) -> Iterator[QAction]:
        return iter(self._made.values())

    def on(self, action_id: str, slot: Callable[[], object]) -> None:
        """Let `slot` answer the action."""
        self._made[action_id].triggered.connect(lambda: slot())

    def state(self, fact: Fact, is_true: bool) -> None:
        """Say whether `fact` holds now."""
        if is_true != (fact in self._facts):
            self._facts ^= {fact}
            self._switch()

    def _switch(self) -> None:
        for entry in TABLE:
            self._made[entry.id].setEnabled(entry.needs is None or entry.needs in self._facts)

    def _make(self, entry: Entry) -> QAction:
        action = Action(QCoreApplication.translate("Actions", entry.text), self)
        action.setObjectName(f"action_{entry.id}")
        action.setShortcuts([QKeySequence(keys) for keys in entry.shortcuts])
        action.setMenuRole(_ROLES.get(entry.id, QAction.MenuRole.NoRole))
        return action


_ROLES = {
    "quit": QAction.MenuRole.QuitRole,
    "preferences": QAction.MenuRole.PreferencesRole,
    "about": QAction.MenuRole.AboutRole,
}


def shown_key(shortcuts: tuple[str, ...]) -> str:
    """The first of `shortcuts` as this platform writes it, or nothing."""
    text = QKeySequence.SequenceFormat.NativeText
    return QKeySequence(shortcuts[0]).toString(text) if shortcuts else ""
