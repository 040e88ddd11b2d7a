"""The list of all actions with their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTreeWidget, QTreeWidgetItem

from app.look.scroll import ThinScroll
from app.shell.action_table import TABLE
from app.shell.entries import MENUS
from app.shell.keys.sheet import plain

if TYPE_CHECKING:
    from app.look.theme import Theme
    from app.shell.entries import Entry
    from app.shell.keys.keymap import KeyMap

ROW = 26
KEY_WIDTH = 150
_ID = Qt.ItemDataRole.UserRole


class KeyList(QTreeWidget):
    """Actions by menu; `chosen` tells the one that is current, `wanted` that its key is."""

    chosen = Signal(str)
    wanted = Signal()

    def __init__(self, theme: Theme, keys: KeyMap) -> None:
        super().__init__()
        self._theme = theme
        self._keys = keys
        self._rows: dict[str, QTreeWidgetItem] = {}
        self._groups: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        self.setObjectName("key_list")
        self.setAccessibleName(self.tr("Actions and their keys"))
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(12)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(theme.font())
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        ThinScroll(theme, self)
        self._fill()
        self.expandAll()
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, self.header().ResizeMode.Stretch)
        self.header().resizeSection(1, KEY_WIDTH)
        self.currentItemChanged.connect(lambda item: self.chosen.emit(_id_of(item)))
        self.itemActivated.connect(lambda: self.wanted.emit())
        keys.changed.connect(self._show_keys)
        self._show_keys()

    @property
    def current(self) -> str:
        """The action that is chosen, or nothing."""
        return _id_of(self.currentItem())

    def choose(self, action_id: str) -> None:
        """Go to an action."""
        self.setCurrentItem(self._rows[action_id])

    def narrow(self, words: str) -> None:
        """Show only what has `words` in its name, its menu or its key."""
        wanted = words.casefold().split()
        for group, rows in self._groups:
            for row in rows:
                text = f"{group.text(0)} {row.text(0)} {row.text(1)}".casefold()
                row.setHidden(not all(word in text for word in wanted))
            group.setHidden(all(row.isHidden() for row in rows))

    def _fill(self) -> None:
        with QSignalBlocker(self):
            for name, menu in MENUS.items():
                group = QTreeWidgetItem(self, [plain(menu.text)])
                group.setFlags(Qt.ItemFlag.ItemIsEnabled)
                group.setFont(0, self._theme.font(13, 600))
                group.setSizeHint(0, QSize(0, ROW))
                self._groups.append((group, [self._row(group, e) for e in TABLE if e.menu == name]))

    def _row(self, group: QTreeWidgetItem, entry: Entry) -> QTreeWidgetItem:
        row = self._rows[entry.id] = QTreeWidgetItem(group, [plain(entry.text)])
        row.setData(0, _ID, entry.id)
        return row

    def _show_keys(self) -> None:
        gap = QCoreApplication.translate("Keys", ", ")
        for action_id, row in self._rows.items():
            row.setText(1, gap.join(self._keys.all_shown(action_id)))
            weight = 600 if self._keys.is_own(action_id) else 400
            row.setFont(1, self._theme.font(13, weight))


def _id_of(item: QTreeWidgetItem | None) -> str:
    return str(item.data(0, _ID) or "") if item is not None else ""
