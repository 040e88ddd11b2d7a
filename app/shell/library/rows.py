"""The kept masks as rows of a list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt, Signal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage

    from app.model.geometry import Size
    from app.model.kept_mask import Glance, KeptMask
    from app.shell.pictured import Index

_NO_PARENT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Row:
    """A mask, and what is known of it; nothing at first, and nothing ever if it is damaged."""

    mask: KeptMask
    size: Size | None = None
    image: QImage | None = None
    is_damaged: bool = False


class Rows(QAbstractListModel):
    """The list. A mask that is still there keeps what was known of it."""

    rename_wanted = Signal(object, str)
    """The mask, and the name that was typed."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []

    def show_masks(self, masks: Sequence[KeptMask]) -> None:
        """Be these masks."""
        known = {row.mask: row for row in self._rows}
        self.beginResetModel()
        self._rows = [known.get(mask, Row(mask)) for mask in masks]
        self.endResetModel()

    def show_glance(self, mask: KeptMask, glance: Glance | None) -> None:
        """Know how a mask looks, or that it cannot be read."""
        at = self.row_of(mask)
        if at is None:
            return
        row = Row(mask, is_damaged=True)
        if glance is not None:
            from app.shell.pixels import grey_image_of

            row = replace(Row(mask), size=glance.size, image=grey_image_of(glance.small))
        self._rows[at] = row
        index = self.index(at)
        self.dataChanged.emit(index, index)

    def unseen(self) -> list[KeptMask]:
        """Of which nothing is known yet."""
        return [row.mask for row in self._rows if row.image is None and not row.is_damaged]

    def row_of(self, mask: KeptMask) -> int | None:
        masks = [row.mask for row in self._rows]
        return masks.index(mask) if mask in masks else None

    def row(self, index: Index) -> Row | None:
        return self._rows[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index)
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return row.mask.name
            case Qt.ItemDataRole.ToolTipRole:
                return row.mask.name
            case Qt.ItemDataRole.UserRole:
                return row
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row, name = self.row(index), str(value).strip()
        if row is None or role != Qt.ItemDataRole.EditRole or name in {"", row.mask.name}:
            return False
        self.rename_wanted.emit(row.mask, name)
        return True
