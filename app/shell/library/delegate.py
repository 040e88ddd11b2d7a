"""Lets the name of a kept mask be typed where it stands in the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from app.shell.kept.delegate import PicturedDelegate, words

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from app.shell.kept.rows import Index


class RenamingDelegate(PicturedDelegate):
    """A row of the library."""

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> QLineEdit:
        editor = QLineEdit(parent)
        editor.setObjectName("rename")
        editor.setFont(self._theme.font())
        editor.setAccessibleName(self.tr("Name"))
        return editor

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        whole: QRect = option.rect
        editor.setGeometry(words(whole, 0).adjusted(-6, -4, 0, 4))
