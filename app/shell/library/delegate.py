"""Paints a kept mask: itself small, its name, its size and when it was kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale, QRect, Qt
from PySide6.QtWidgets import QLineEdit, QStyleOptionViewItem, QWidget

from app.shell.pictured import Pictured, PicturedDelegate, words

if TYPE_CHECKING:
    from app.shell.library.rows import Row
    from app.shell.pictured import Index


class MaskDelegate(PicturedDelegate):
    """A row of the library."""

    def pictured(self, index: Index) -> Pictured:
        row: Row = index.data(Qt.ItemDataRole.UserRole)
        return Pictured(row.mask.name, self._told(row), row.image, row.is_damaged)

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

    def _told(self, row: Row) -> str:
        when = QLocale().toString(
            QDateTime.fromSecsSinceEpoch(int(row.mask.saved.timestamp())),
            QLocale.FormatType.ShortFormat,
        )
        if row.is_damaged:
            return self.tr("Cannot be read; left as it is")
        if row.size is None:
            return when
        told = self.tr("{width} × {height} · {when}")
        return told.format(width=row.size.width, height=row.size.height, when=when)
