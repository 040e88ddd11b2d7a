"""How the steps of the history are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.look.paint import box, ring

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from app.look.theme import Theme
    from app.session.history import History

HEIGHT = 28
MARGIN = 8
PADDING = 8


class HistoryRows(QStyledItemDelegate):
    """The step that is shown now lies on a ground, those undone are faint."""

    def __init__(self, theme: Theme, history: History, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._history = history

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        color, state = self._theme.color, option.state
        now = self._history.index()
        bounds = QRectF(option.rect).adjusted(MARGIN, 0, -MARGIN, 0)
        if index.row() == now:
            box(painter, bounds, 4, fill=color("check"))
            if state & QStyle.StateFlag.State_HasFocus:
                ring(painter, bounds, color("accent"), 4)
        elif state & QStyle.StateFlag.State_MouseOver and state & QStyle.StateFlag.State_Enabled:
            box(painter, bounds, 4, fill=color("hover"))
        is_undone = index.row() > now
        painter.setFont(self._theme.font(13, 500 if index.row() == now else 400))
        painter.setPen(color("hint" if is_undone else "text"))
        room = bounds.adjusted(PADDING, 0, -PADDING, 0)
        words = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, round(room.width())
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
