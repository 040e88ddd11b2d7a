"""Kept masks as the rows of a list, each with a small picture once somebody looked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage

    from app.model.geometry import Size

Index = QModelIndex | QPersistentModelIndex
T = TypeVar("T")

_NO_PARENT = QModelIndex()


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """How a mask looks: its size, and an image as large as a thumbnail."""

    size: Size
    image: QImage


@dataclass(frozen=True, slots=True)
class Row(Generic[T]):
    """What is kept, and how it looks; None before somebody looked, and ever if it is damaged."""

    kept: T
    look: Look | None = None
    is_damaged: bool = False


@dataclass(frozen=True, slots=True)
class Pictured:
    """What is painted of a row."""

    name: str
    told: str
    image: QImage | None
    is_damaged: bool


class Rows(QAbstractListModel, Generic[T]):
    """The list. What is still there keeps what was known of it."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row[T]] = []

    def name_of(self, kept: T) -> str:
        """What it is called."""
        raise NotImplementedError

    def tip_of(self, kept: T) -> str:
        """What says where it is from, as far as there is room for more than a name."""
        return self.name_of(kept)

    def facts_of(self, row: Row[T]) -> str:
        """What else is known of one that can be read, in a line."""
        raise NotImplementedError

    def show_kept(self, kept: Sequence[T]) -> None:
        """Be these."""
        known = {row.kept: row for row in self._rows}
        self.beginResetModel()
        self._rows = [known.get(each, Row(each)) for each in kept]
        self.endResetModel()

    def show_look(self, kept: T, look: Look | None) -> None:
        """Know how one looks, or that it cannot be read."""
        at = self.row_of(kept)
        if at is not None:
            self._rows[at] = Row(kept, look, is_damaged=look is None)
            self.dataChanged.emit(self.index(at), self.index(at))

    def unseen(self) -> list[T]:
        """At which nobody looked yet."""
        return [row.kept for row in self._rows if row.look is None and not row.is_damaged]

    def row_of(self, kept: T) -> int | None:
        """Where it stands; None if it is not listed."""
        listed = [row.kept for row in self._rows]
        return listed.index(kept) if kept in listed else None

    def row(self, index: Index) -> Row[T] | None:
        return self._rows[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index)
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return self.name_of(row.kept)
            case Qt.ItemDataRole.ToolTipRole:
                return self.tip_of(row.kept)
            case Qt.ItemDataRole.UserRole:
                return self._pictured(row)
        return None

    def _pictured(self, row: Row[T]) -> Pictured:
        damaged = self.tr("Cannot be read; left as it is")
        told = damaged if row.is_damaged else self.facts_of(row)
        image = row.look.image if row.look else None
        return Pictured(self.name_of(row.kept), told, image, row.is_damaged)
