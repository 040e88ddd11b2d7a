"""The window of the mask library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListView, QWidget

from app.look.buttons import PlainButton
from app.model.kept_mask import KeptMask
from app.shell.form import Line, side_by_side
from app.shell.kept.dialog import KeptDialog
from app.shell.library.delegate import RenamingDelegate
from app.shell.library.rows import LibraryRows

if TYPE_CHECKING:
    from app.look.theme import Theme

SIZE = 440, 560


class LibraryDialog(KeptDialog[KeptMask]):
    """Shows what is kept and asks for what the artist wants; the canvas stays at hand."""

    keep_wanted = Signal(str)
    use_wanted = Signal(object, str)
    """The mask, and "replace" or "add"."""
    rename_wanted = Signal(object, str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        rows = LibraryRows()
        super().__init__(theme, "library", rows, parent)
        self.setObjectName("mask_library")
        self.setWindowTitle(self.tr("Mask Library"))
        self.resize(*SIZE)
        self._can_keep = self._can_use = False
        self._name = Line(theme, "library_name", self.tr("Name of the mask"))
        self._name.edit.setPlaceholderText(self.tr("Name of the mask"))
        self._keep = PlainButton(theme, self.tr("Keep Mask"))
        self._replace = PlainButton(theme, self.tr("Replace Mask"))
        self._add = PlainButton(theme, self.tr("Add to Mask"))
        self._rename = PlainButton(theme, self.tr("Rename"))
        self._empty.setText(self.tr("Nothing is kept yet."))
        self._list.setAccessibleName(self.tr("Kept masks"))
        self._list.setItemDelegate(RenamingDelegate(theme, self._list))
        self._list.setEditTriggers(QListView.EditTrigger.EditKeyPressed)
        rows.rename_wanted.connect(self.rename_wanted)
        head = side_by_side(self._name, self._keep)
        self._arrange(head, [self._replace, self._add], [self._rename])
        self._link_acts()
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

    def _link_acts(self) -> None:
        self._name.edit.textChanged.connect(self._switch)
        self._name.edit.returnPressed.connect(self._keep.click)
        self._link(
            self._replace,
            {
                "keep": (self._keep, self._want_keep),
                "replace": (self._replace, lambda: self._want_use("replace")),
                "add": (self._add, lambda: self._want_use("add")),
                "rename": (self._rename, lambda: self._list.edit(self._list.currentIndex())),
            },
        )

    def _want_keep(self) -> None:
        self._name.edit.setModified(False)
        self.keep_wanted.emit(self._name.edit.text().strip())

    def _want_use(self, mode: str) -> None:
        row = self.current
        if row is not None:
            self.use_wanted.emit(row.kept, mode)

    def _switch(self) -> None:
        row = self.current
        self._keep.setEnabled(self._can_keep and bool(self._name.edit.text().strip()))
        self._keep.setToolTip("" if self._can_keep else self.tr("Nothing is painted."))
        can_use = row is not None and not row.is_damaged and self._can_use
        reason = "" if self._can_use else self.tr("Open a picture first.")
        for button in (self._replace, self._add):
            button.setEnabled(can_use)
            button.setToolTip(reason)
        self._rename.setEnabled(row is not None)
        self._delete.setEnabled(row is not None)
