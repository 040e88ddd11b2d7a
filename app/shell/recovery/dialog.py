"""The window that lists all masks that were kept unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListView, QVBoxLayout, QWidget

from app.look.buttons import IconButton, PlainButton
from app.look.choices import Segments
from app.look.text import Label
from app.shell.form import Note
from app.shell.pictured import pictured_list
from app.shell.recovery.rows import KeptDelegate, Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.look.theme import Theme
    from app.model.autosave import Autosaved

SIZE = 480, 520


class RecoveryDialog(QDialog):
    """Shows what is kept or what was deleted, and asks for what the artist wants of it."""

    shelf_changed = Signal()
    go_on_wanted = Signal(object)
    delete_wanted = Signal(object)
    bring_back_wanted = Signal(object)

    def __init__(self, theme: Theme, days: int, parent: QWidget) -> None:
        """What is deleted can be brought back for so many `days`."""
        super().__init__(parent)
        self.setObjectName("recover")
        self.setWindowTitle(self.tr("Recover"))
        self.resize(*SIZE)
        self._days = days
        self._take_back: Callable[[], object] | None = None
        self._shelf = Segments(theme, [("kept", self.tr("Kept")), ("deleted", self.tr("Put Away"))])
        self.rows = Rows()
        self._list = self._make_list(theme)
        self._empty = Label(theme, "", "hint")
        self._go_on = PlainButton(theme, self.tr("Go On"))
        self._bring_back = PlainButton(theme, self.tr("Bring Back"))
        self._delete = IconButton(theme, "trash", self.tr("Delete"), self.tr("Del"))
        self._note = Note(theme, "recover_note")
        self._undo = PlainButton(theme, self.tr("Undo"))
        self._undo.hide()
        self._arrange()
        self._link()
        self._switch()
        self._list.setFocus()

    @property
    def shows_deleted(self) -> bool:
        return self._shelf.current == "deleted"

    @property
    def current(self) -> Autosaved | None:
        """What is selected."""
        row = self.rows.row(self._list.currentIndex())
        return row.kept if row else None

    def show_kept(self, kept: Sequence[Autosaved]) -> None:
        """List these; the same place in the list is selected."""
        at = self._list.currentIndex().row()
        self.rows.show_kept(kept)
        self._empty.setText(
            self.tr("Nothing was put away.") if self.shows_deleted else self.tr("Nothing is kept.")
        )
        self._empty.setVisible(not kept)
        if kept:
            self._list.setCurrentIndex(self.rows.index(min(max(at, 0), len(kept) - 1)))
        self._switch()

    def tell(self, text: str, token: str = "sub", undo: Callable[[], object] | None = None) -> None:
        """Say what was done, and perhaps offer to take it back; without words what this list is."""
        self._note.tell(text or self._explanation(), token)
        self._take_back = undo
        self._undo.setVisible(undo is not None)

    def _explanation(self) -> str:
        if self.shows_deleted:
            told = self.tr(
                "What was deleted, saved or gone on with. After %n days it is gone for good.",
                "",
                self._days,
            )
        else:
            told = self.tr("Masks that were painted and not saved stay here until you delete them.")
        return told

    def _make_list(self, theme: Theme) -> QListView:
        view = pictured_list(theme, "recover_list", self.tr("Masks"))
        view.setModel(self.rows)
        view.setItemDelegate(KeptDelegate(theme, view))
        return view

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addWidget(self._shelf, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._list, 1)
        middle = QVBoxLayout(self._list.viewport())
        middle.addWidget(self._empty, 0, Qt.AlignmentFlag.AlignCenter)
        acts, foot = QHBoxLayout(), QHBoxLayout()
        acts.addWidget(self._go_on)
        acts.addWidget(self._bring_back)
        acts.addStretch(1)
        acts.addWidget(self._delete)
        foot.addWidget(self._note, 1)
        foot.addWidget(self._undo)
        for row in (acts, foot):
            row.setSpacing(8)
            column.addLayout(row)

    def _link(self) -> None:
        for name, button, act in (
            ("recover_go_on", self._go_on, self._want_to_go_on),
            ("recover_bring_back", self._bring_back, self._want_back),
            ("recover_delete", self._delete, self._want_deleted),
            ("recover_undo", self._undo, self._do_take_back),
        ):
            button.setObjectName(name)
            button.setAutoDefault(False)
            button.clicked.connect(act)
        self._shelf.name_all("recover_shelf")
        self._shelf.chosen.connect(self._turn)
        self._list.doubleClicked.connect(self._want_to_go_on)
        self._list.selectionModel().currentChanged.connect(self._switch)
        for key, act in (
            (Qt.Key.Key_Delete, self._want_deleted),
            (Qt.Key.Key_Return, self._want_to_go_on),
            (Qt.Key.Key_Enter, self._want_to_go_on),
        ):
            shortcut = QShortcut(QKeySequence(key), self._list, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)

    def _turn(self) -> None:
        self._list.setCurrentIndex(self.rows.index(-1))
        self._switch()
        self.shelf_changed.emit()

    def _want_to_go_on(self) -> None:
        if self._go_on.isEnabled() and not self.shows_deleted:
            self.go_on_wanted.emit(self.current)

    def _want_back(self) -> None:
        self.bring_back_wanted.emit(self.current)

    def _want_deleted(self) -> None:
        if self._delete.isEnabled() and not self.shows_deleted:
            self.delete_wanted.emit(self.current)

    def _do_take_back(self) -> None:
        take_back = self._take_back
        self.tell("")
        if take_back is not None:
            take_back()

    def _switch(self) -> None:
        """Show what can be done here, and let only be pressed what makes sense."""
        row = self.rows.row(self._list.currentIndex())
        for button, is_here in (
            (self._go_on, not self.shows_deleted),
            (self._delete, not self.shows_deleted),
            (self._bring_back, self.shows_deleted),
        ):
            button.setVisible(is_here)
            button.setEnabled(row is not None)
        self._go_on.setEnabled(row is not None and not row.is_damaged)
