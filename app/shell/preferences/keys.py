"""Keys, as the artist wants them: a set, and any key for any action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from app.look.buttons import PlainButton
from app.look.frames import FieldFrame
from app.look.lines import column_in
from app.look.segments import Segments
from app.shell.action_table import TABLE
from app.shell.form import Line, Note, add_row, section, side_by_side
from app.shell.keys.keymap import native
from app.shell.keys.list import KeyList
from app.shell.keys.recorder import KeyRecorder
from app.shell.keys.sets import KEY_SETS
from app.shell.keys.sheet import plain

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from app.look.theme import Theme
    from app.session.preferences import Preferences
    from app.shell.keys.keymap import KeyMap

LIST_HEIGHT = 264


class KeysPart(QWidget):
    """Choosing a set takes its habit of the wheel along; every change takes effect at once.

    A key that means something else is given away only when the artist says so.
    """

    def __init__(
        self, theme: Theme, preferences: Preferences, keys: KeyMap, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._keys = keys
        self._pending = ""  # a key that waits for the artist's word
        self._sets = Segments(
            theme,
            [
                (name, QCoreApplication.translate("KeySets", each.title))
                for name, each in KEY_SETS.items()
            ],
        )
        self._sets.name_all("key_set")
        self._wheel = Segments(
            theme,
            [("", self.tr("Zooms")), ("photoshop", self.tr("Scrolls, zooms with Alt"))],
        )
        self._wheel.name_all("wheel")
        self._search = Line(theme, "key_search", self.tr("Search"))
        self._search.edit.setPlaceholderText(self.tr("Search actions and keys"))
        self._search.edit.setClearButtonEnabled(False)
        self._list = KeyList(theme, keys)
        self._frame = FieldFrame(theme)
        self._frame.setMinimumHeight(LIST_HEIGHT)
        self._frame.row.setContentsMargins(4, 4, 4, 4)
        self._frame.hold(self._list)
        self._recorder = KeyRecorder(theme)
        self._recorder.setObjectName("key_recorder")
        self._recorder.setAccessibleName(self.tr("Key"))
        self._note = Note(theme, "key_conflict", lines=1)
        self._buttons = {
            "key_remove": PlainButton(theme, self.tr("Remove")),
            "key_reset": PlainButton(theme, self.tr("Reset")),
            "key_reset_all": PlainButton(theme, self.tr("Reset all")),
            "key_reassign": PlainButton(theme, self.tr("Reassign")),
            "key_keep": PlainButton(theme, self.tr("Cancel")),
        }
        for name, button in self._buttons.items():
            button.setObjectName(name)
        self._arrange(theme)
        self._connect()
        self._follow()

    def _arrange(self, theme: Theme) -> None:
        column = column_in(self, spacing=8)
        form = section(theme, column, self.tr("Keys"))
        add_row(theme, form, self.tr("As in"), self._sets)
        add_row(theme, form, self.tr("The wheel"), self._wheel)
        column.addWidget(self._search)
        column.addWidget(self._frame, 1)  # the list takes what room is left
        buttons = self._buttons
        column.addLayout(
            side_by_side(
                self._recorder,
                buttons["key_remove"],
                buttons["key_reset"],
                buttons["key_reset_all"],
            )
        )
        column.addLayout(side_by_side(self._note, buttons["key_reassign"], buttons["key_keep"]))
        for name in ("key_reassign", "key_keep"):
            kept = buttons[name].sizePolicy()
            kept.setRetainSizeWhenHidden(True)  # so that a question moves nothing
            buttons[name].setSizePolicy(kept)

    def _connect(self) -> None:
        self._sets.chosen.connect(self._choose_set)
        self._wheel.chosen.connect(lambda habit: self._preferences.edit(wheel=habit))
        self._search.edit.textEdited.connect(self._list.narrow)
        self._list.chosen.connect(self._choose)
        self._list.wanted.connect(self._recorder.listen)
        self._recorder.recorded.connect(self._try)
        for name, slot in {
            "key_remove": self._remove,
            "key_reset": self._reset,
            "key_reset_all": self._keys.reset_all,
            "key_reassign": self._reassign,
            "key_keep": self._drop,
        }.items():
            self._buttons[name].clicked.connect(slot)
        self._keys.changed.connect(self._follow)
        self._preferences.changed.connect(self._follow)

    def _choose_set(self, name: object) -> None:
        self._keys.choose(str(name))
        self._preferences.edit(wheel=KEY_SETS[self._keys.key_set].wheel)

    def _choose(self) -> None:
        self._drop()
        self._follow()

    def _try(self, key: str) -> None:
        """Give a key to the chosen action, unless another would lose it: then ask."""
        holder = self._keys.holder(key)
        if holder in {None, self._list.current}:
            self._drop()
            self._keys.give(self._list.current, key)
            return
        self._pending = key
        words = self.tr("{key} means “{action}” now.")
        self._note.tell(words.format(key=native(key), action=_name_of(str(holder))), "warn")
        self._follow()
        self._buttons["key_reassign"].setFocus()

    def _reassign(self) -> None:
        key = self._pending
        self._drop()
        self._keys.give(self._list.current, key)

    def _remove(self) -> None:
        self._drop()
        self._keys.take(self._list.current)

    def _reset(self) -> None:
        self._drop()
        self._keys.reset(self._list.current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._pending:
            self._drop()  # the question is answered; the dialog stays
        else:
            super().keyPressEvent(event)

    def _drop(self) -> None:
        """Leave everything as it is."""
        self._pending = ""
        self._note.tell("")
        self._follow()

    def _follow(self) -> None:
        chosen = self._list.current
        self._sets.set_current(self._keys.key_set)
        self._wheel.set_current(self._preferences.value.wheel)
        self._recorder.setEnabled(bool(chosen))
        self._recorder.show_key(self._keys.shown(chosen) if chosen else "")
        self._buttons["key_remove"].setEnabled(bool(chosen and self._keys.keys_of(chosen)))
        self._buttons["key_reset"].setEnabled(bool(chosen and self._keys.is_own(chosen)))
        self._buttons["key_reset_all"].setEnabled(bool(self._keys.own))
        for name in ("key_reassign", "key_keep"):
            self._buttons[name].setVisible(bool(self._pending))


def _name_of(action_id: str) -> str:
    return next(plain(entry.text) for entry in TABLE if entry.id == action_id)
