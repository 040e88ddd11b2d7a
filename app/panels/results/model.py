"""The queue as a flat list of items, for the view; jobs in order, oldest first."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QUrl,
)

from app.panels.results.items import Item, items_of
from app.panels.results.recipe import recipe_tooltip
from app.panels.results.words import accessible_name
from app.session.queue import JobQueue

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()


class ResultsModel(QAbstractListModel):
    """Follows a `JobQueue`. An item that only changes keeps its row, and so its selection."""

    def __init__(self, queue: JobQueue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue = queue
        self._items: list[Item] = [item for entry in queue.entries for item in items_of(entry)]
        queue.job_added.connect(self._add)
        queue.job_changed.connect(self._change)
        queue.job_removed.connect(self._remove)

    @property
    def items(self) -> Sequence[Item]:
        return self._items

    def leaders(self) -> list[QModelIndex]:
        """The items that tell how a running job is doing."""
        return [self.index(row) for row, item in enumerate(self._items) if item.leads]

    def row_of(self, job_id: str, index: int) -> int | None:
        """The row of picture `index` of a job."""
        keys = (item.key for item in self._items)
        return next((row for row, key in enumerate(keys) if key == (job_id, index)), None)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        item = self._items[index.row()]
        match role:
            case Qt.ItemDataRole.AccessibleTextRole:
                return accessible_name(item)
            case Qt.ItemDataRole.ToolTipRole if item.result and item.entry.job:
                return recipe_tooltip(item.entry.job, item.result)
            case _:
                return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self._items[index.row()].result is not None:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        return ["text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The saved files of the pictures at `indexes`."""
        results = [self._items[index.row()].result for index in indexes]
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(one.path)) for one in results if one is not None])
        return data

    def _add(self, job_id: str) -> None:
        self._insert(len(self._items), items_of(self._queue.entry(job_id)))

    def _change(self, job_id: str) -> None:
        """Replace what stays in place, then take out and put in the rest."""
        first, old = self._span(job_id)
        new = items_of(self._queue.entry(job_id))
        kept = {item.key for item in new}
        for row in reversed(range(first, first + len(old))):
            if self._items[row].key not in kept:
                self._take(row, row + 1)
        known = {item.key for item in old}
        for row, item in enumerate(new, first):
            if item.key in known:
                self._items[row] = item
            else:
                self._insert(row, [item])
        if new:
            self.dataChanged.emit(self.index(first), self.index(first + len(new) - 1))

    def _remove(self, job_id: str) -> None:
        first, items = self._span(job_id)
        self._take(first, first + len(items))

    def _span(self, job_id: str) -> tuple[int, list[Item]]:
        """The first row of a job and its items; a job without items would come last."""
        rows = [row for row, item in enumerate(self._items) if item.job_id == job_id]
        first = rows[0] if rows else len(self._items)
        return first, self._items[first : first + len(rows)]

    def _insert(self, row: int, items: list[Item]) -> None:
        if items:
            self.beginInsertRows(_NO_PARENT, row, row + len(items) - 1)
            self._items[row:row] = items
            self.endInsertRows()

    def _take(self, first: int, end: int) -> None:
        if end > first:
            self.beginRemoveRows(_NO_PARENT, first, end - 1)
            del self._items[first:end]
            self.endRemoveRows()
