"""The masks of the library as rows, whose names can be typed anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal

from app.look.dates import date_and_time
from app.model.kept_mask import KeptMask
from app.shell.kept.rows import Rows

if TYPE_CHECKING:
    from app.shell.kept.rows import Index, Row


class LibraryRows(Rows[KeptMask]):
    """The list. A name that is typed is asked for; the list shows it once it holds."""

    rename_wanted = Signal(object, str)
    """The mask, and the name that was typed."""

    def name_of(self, kept: KeptMask) -> str:
        return kept.name

    def facts_of(self, row: Row[KeptMask]) -> str:
        when = date_and_time(row.kept.saved)
        if row.look is None:
            return when
        told = self.tr("{width} × {height} · {when}")
        return told.format(width=row.look.size.width, height=row.look.size.height, when=when)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row, name = self.row(index), str(value).strip()
        if row is None or role != Qt.ItemDataRole.EditRole or name in {"", row.kept.name}:
            return False
        self.rename_wanted.emit(row.kept, name)
        return True
