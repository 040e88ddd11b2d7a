"""Kept masks as rows of a list, and how these are painted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt

from app.shell.pictured import Pictured, PicturedDelegate
from app.shell.recovery.wording import facts_of, name_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage

    from app.model.autosave import Autosaved
    from app.shell.pictured import Index

_NO_PARENT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Row:
    """A kept mask, and how it looks; nothing is known of that before somebody looked."""

    kept: Autosaved
    image: QImage | None = None
    is_damaged: bool = False


class Rows(QAbstractListModel):
    """The list. A mask that is still there keeps what was known of it."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []

    def show_kept(self, kept: Sequence[Autosaved]) -> None:
        """Be these."""
        known = {row.kept: row for row in self._rows}
        self.beginResetModel()
        self._rows = [known.get(each, Row(each)) for each in kept]
        self.endResetModel()

    def show_image(self, kept: Autosaved, image: QImage | None) -> None:
        """Know how one looks, or that it cannot be read."""
        for at, row in enumerate(self._rows):
            if row.kept == kept:
                self._rows[at] = Row(kept, image, image is None)
                self.dataChanged.emit(self.index(at), self.index(at))

    def unseen(self) -> list[Autosaved]:
        """Of which it is not known yet."""
        return [row.kept for row in self._rows if row.image is None and not row.is_damaged]

    def row(self, index: Index) -> Row | None:
        return self._rows[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index)
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return name_of(row.kept)
            case Qt.ItemDataRole.ToolTipRole:
                return str(row.kept.source.path or name_of(row.kept))
            case Qt.ItemDataRole.UserRole:
                return row
        return None


class KeptDelegate(PicturedDelegate):
    """A row of the list."""

    def pictured(self, index: Index) -> Pictured:
        row: Row = index.data(Qt.ItemDataRole.UserRole)
        told = self.tr("Cannot be read; left as it is") if row.is_damaged else facts_of(row.kept)
        return Pictured(name_of(row.kept), told, row.image, row.is_damaged)
