"""The history: every step, the one that is shown now, and what all of them weigh."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QVBoxLayout, QWidget

from app.look.buttons import IconButton
from app.look.scroll import ThinScroll
from app.look.text import Label
from app.panels.bar import Bar
from app.panels.history_rows import HistoryRows

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QShowEvent

    from app.look.theme import Theme
    from app.session.document import Document
    from app.session.history import History

WIDTH = 220
HEADER = 40
FOOT = 28
MB = 1_000_000
"""As file managers count it."""

_NO_PARENT = QModelIndex()

_WAYS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class HistoryModel(QAbstractListModel):
    """Row 0 is the document before the first step that is known, row n after n steps.

    A row that cannot be gone to, as one that is undone while something is tried out, is off.
    """

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._document = document
        self._history = document.undo_stack

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else self._history.count() + 1

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        row = index.row()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._history.text(row - 1) if row else self.tr("Start")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row)
        return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        is_on = index.row() <= self._history.index() or self._document.can_redo
        return super().flags(index) if is_on else Qt.ItemFlag.NoItemFlags

    def refresh(self) -> None:
        """Read all anew."""
        self.beginResetModel()
        self.endResetModel()

    def _spoken(self, row: int) -> str:
        text = str(self.data(self.index(row)))
        if row == self._history.index():
            return self.tr("{step}, shown now").format(step=text)
        if row > self._history.index():
            return self.tr("{step}, undone").format(step=text)
        return text


class HistoryPanel(Bar):
    """A column beside the canvas; a click on a step goes there. Up and Down go one step."""

    close_wanted = Signal()

    def __init__(self, theme: Theme, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(theme, "left", parent)
        self.setObjectName("history")
        self.setAccessibleName(self.tr("History"))
        self.setFixedWidth(WIDTH)
        self._document = document
        self._model = HistoryModel(document)
        self._list = _StepList(theme, self._model, document.undo_stack)
        self._weight = Label(theme, "", "hint", 12, elide=True)
        self._weight.setObjectName("history_weight")
        close = IconButton(theme, "cancel", self.tr("Close the history"))
        close.setObjectName("history_close")
        close.clicked.connect(self.close_wanted)
        head = _line(HEADER, Label(theme, self.tr("History"), "text", 13, 600), close)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._list, 1)
        column.addWidget(_line(FOOT, self._weight))
        self._list.clicked.connect(lambda index: self._document.go_to(index.row()))
        self._list.stepped.connect(self._step)
        for change in (document.undo_stack.changed, document.trial_begun, document.trial_ended):
            change.connect(self._refresh)
        self.hide()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def _step(self, way: int) -> None:
        self._document.go_to(self._document.undo_stack.index() + way)

    def _refresh(self) -> None:
        if not self.isVisible():
            return  # nothing is read with each stroke while nobody looks
        history = self._document.undo_stack
        self._model.refresh()
        now = self._model.index(history.index())
        self._list.setCurrentIndex(now)
        self._list.scrollTo(now)
        used = history.nbytes / MB
        words = self.tr("Steps: {count} · {used} of {most} MB").format(
            count=history.count(),
            used=f"{used:.1f}" if used < 10 else round(used),
            most=history.most_bytes // MB,
        )
        self._weight.setText(words)
        self._weight.setToolTip(
            self.tr("The oldest steps are forgotten when all of them weigh more than that.")
        )


class _StepList(QListView):
    """The steps in order; arrow keys ask for the step before and after the current one."""

    stepped = Signal(int)

    def __init__(self, theme: Theme, model: HistoryModel, history: History) -> None:
        super().__init__()
        self.setObjectName("history_steps")
        self.setAccessibleName(self.tr("Steps"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A viewport of ours: to wrap the one of Qt, PySide6 loads every kind of widget there is.
        ground = QWidget()
        self.setViewport(ground)
        ground.setAutoFillBackground(False)
        self.setModel(model)
        self.setItemDelegate(HistoryRows(theme, history, self))
        ThinScroll(theme, self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if way := _WAYS.get(Qt.Key(event.key())):
            self.stepped.emit(way)
        else:
            super().keyPressEvent(event)


def _line(height: int, *widgets: QWidget) -> QWidget:
    line = QWidget()
    line.setFixedHeight(height)
    row = QHBoxLayout(line)
    row.setContentsMargins(16, 0, 8, 0)
    row.addWidget(widgets[0], 1)
    for widget in widgets[1:]:
        row.addWidget(widget)
    return line
