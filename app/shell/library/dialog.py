"""The window of the mask library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListView, QVBoxLayout, QWidget

from app.look.buttons import Button, IconButton, PlainButton
from app.look.text import Label
from app.shell.form import Line, Note
from app.shell.library.delegate import MaskDelegate
from app.shell.library.rows import Row, Rows
from app.shell.pictured import pictured_list

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.look.theme import Theme
    from app.model.kept_mask import Glance, KeptMask

SIZE = 440, 560


class LibraryDialog(QDialog):
    """Shows what is kept and asks for what the artist wants; the canvas stays at hand."""

    keep_wanted = Signal(str)
    use_wanted = Signal(object, str)
    """The mask, and "replace" or "add"."""
    rename_wanted = Signal(object, str)
    delete_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("mask_library")
        self.setWindowTitle(self.tr("Mask Library"))
        self.resize(*SIZE)
        self._theme = theme
        self._can_keep = self._can_use = False
        self._take_back: Callable[[], object] | None = None
        self._name = Line(theme, "library_name", self.tr("Name of the mask"))
        self._name.edit.setPlaceholderText(self.tr("Name of the mask"))
        self._keep = PlainButton(theme, self.tr("Keep Mask"))
        self.rows = Rows()
        self._list = self._make_list(theme)
        self._empty = Label(theme, self.tr("Nothing is kept yet."), "hint")
        self._replace = PlainButton(theme, self.tr("Replace Mask"))
        self._add = PlainButton(theme, self.tr("Add to Mask"))
        self._rename = PlainButton(theme, self.tr("Rename"))
        self._delete = IconButton(theme, "trash", self.tr("Delete"), self.tr("Del"))
        self._note = Note(theme, "library_note")
        self._undo = PlainButton(theme, self.tr("Undo"))
        self._undo.hide()
        self._arrange()
        self._link()
        self._switch()

    def set_able(self, *, can_keep: bool, can_use: bool) -> None:
        """Say whether something is painted, and whether a picture is open."""
        self._can_keep, self._can_use = can_keep, can_use
        self._switch()

    def suggest_name(self, name: str) -> None:
        """Offer a name, unless one is typed already; the first letter typed takes its place."""
        if not self._name.edit.isModified():
            self._name.edit.setText(name)
            self._name.edit.selectAll()

    def show_masks(self, masks: Sequence[KeptMask], selected: KeptMask | None = None) -> None:
        """List these masks; the one that was selected, or is to be, is."""
        row = self.current
        wanted = selected or (row.mask if row else None)
        self.rows.show_masks(masks)
        self._empty.setVisible(not masks)
        at = None if wanted is None else self.rows.row_of(wanted)
        if at is not None:
            self._list.setCurrentIndex(self.rows.index(at))
        self._switch()

    def show_glance(self, mask: KeptMask, glance: Glance | None) -> None:
        """Show how a mask looks, or that it cannot be read."""
        self.rows.show_glance(mask, glance)
        self._switch()

    def tell(self, text: str, token: str = "sub", undo: Callable[[], object] | None = None) -> None:
        """Say what was done, and perhaps offer to take it back."""
        self._note.tell(text, token)
        self._take_back = undo
        self._undo.setVisible(undo is not None)

    @property
    def current(self) -> Row | None:
        """The row that is selected."""
        return self.rows.row(self._list.currentIndex())

    def _make_list(self, theme: Theme) -> QListView:
        view = pictured_list(theme, "library_list", self.tr("Kept masks"))
        view.setModel(self.rows)
        view.setItemDelegate(MaskDelegate(theme, view))
        view.setEditTriggers(QListView.EditTrigger.EditKeyPressed)
        return view

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addLayout(_row(self._name, self._keep, stretched=self._name))
        column.addWidget(self._list, 1)
        middle = QVBoxLayout(self._list.viewport())
        middle.addWidget(self._empty, 0, Qt.AlignmentFlag.AlignCenter)
        acts = _row(self._replace, self._add)
        acts.addStretch(1)
        acts.addWidget(self._rename)
        acts.addWidget(self._delete)
        column.addLayout(acts)
        column.addLayout(_row(self._note, self._undo, stretched=self._note))

    def _link(self) -> None:
        for name, button in (
            ("library_keep", self._keep),
            ("library_replace", self._replace),
            ("library_add", self._add),
            ("library_rename", self._rename),
            ("library_delete", self._delete),
            ("library_undo", self._undo),
        ):
            button.setObjectName(name)
            button.setAutoDefault(False)
        self._name.edit.textChanged.connect(self._switch)
        self._name.edit.returnPressed.connect(self._keep.click)
        self._keep.clicked.connect(self._want_keep)
        self._replace.clicked.connect(self._want_replace)
        self._add.clicked.connect(lambda: self._want_use("add"))
        self._rename.clicked.connect(lambda: self._list.edit(self._list.currentIndex()))
        self._delete.clicked.connect(self._want_delete)
        self._undo.clicked.connect(self._do_take_back)
        self._list.doubleClicked.connect(self._want_replace)
        self._list.selectionModel().currentChanged.connect(self._switch)
        self.rows.rename_wanted.connect(self.rename_wanted)
        for key, act in (
            (Qt.Key.Key_Delete, self._want_delete),
            (Qt.Key.Key_Return, self._want_replace),
            (Qt.Key.Key_Enter, self._want_replace),
        ):
            shortcut = QShortcut(QKeySequence(key), self._list, act)
            # Elsewhere in the window these keys are another's, such as the name's.
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)

    def _want_replace(self) -> None:
        self._want_use("replace")

    def _want_keep(self) -> None:
        self._name.edit.setModified(False)
        self.keep_wanted.emit(self._name.edit.text().strip())

    def _want_use(self, mode: str) -> None:
        row = self.current
        if row is not None and self._replace.isEnabled():
            self.use_wanted.emit(row.mask, mode)

    def _want_delete(self) -> None:
        row = self.current
        if row is not None:
            self.delete_wanted.emit(row.mask)

    def _do_take_back(self) -> None:
        take_back = self._take_back
        self.tell("")
        if take_back is not None:
            take_back()

    def _switch(self) -> None:
        """Let only be pressed what makes sense, and say why something does not."""
        row = self.current
        is_there = row is not None
        self._keep.setEnabled(self._can_keep and bool(self._name.edit.text().strip()))
        self._keep.setToolTip("" if self._can_keep else self.tr("Nothing is painted."))
        can_use = row is not None and not row.is_damaged and self._can_use
        reason = "" if self._can_use else self.tr("Open a picture first.")
        uses: list[Button] = [self._replace, self._add]
        for button in uses:
            button.setEnabled(can_use)
            button.setToolTip(reason)
        self._rename.setEnabled(is_there)
        self._delete.setEnabled(is_there)


def _row(*widgets: QWidget, stretched: QWidget | None = None) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget, 1 if widget is stretched else 0)
    return row
