"""Paints the rows of kept masks: a small picture each, a name and a line of facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.look.paint import box, ring
from app.shell.kept.listing import THUMBNAIL

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QPainter
    from PySide6.QtWidgets import QWidget

    from app.look.theme import Theme
    from app.shell.kept.rows import Index, Pictured

PAD = 8
LINE = 20
ICON = 20
HEIGHT = THUMBNAIL.height() + 2 * PAD


class PicturedDelegate(QStyledItemDelegate):
    """Paints what the model has for the user role."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(240, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Pictured = index.data(Qt.ItemDataRole.UserRole)
        whole: QRect = option.rect
        state: QStyle.StateFlag = option.state
        self._paint_ground(painter, QRectF(whole).adjusted(2, 1, -2, -1), state)
        self._paint_thumbnail(painter, _thumbnail(whole), row)
        font, told = self._theme.font, "warn" if row.is_damaged else "sub"
        self._paint_line(painter, row.name, words(whole, 0), "text", font(13, 500))
        self._paint_line(painter, row.told, words(whole, 1), told, font(12))

    def _paint_line(
        self, painter: QPainter, text: str, place: QRect, token: str, font: QFont
    ) -> None:
        painter.setFont(font)
        painter.setPen(self._theme.color(token))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        mode = Qt.TextElideMode.ElideRight
        painter.drawText(place, flags, painter.fontMetrics().elidedText(text, mode, place.width()))

    def _paint_ground(self, painter: QPainter, place: QRectF, state: QStyle.StateFlag) -> None:
        color = self._theme.color
        if state & QStyle.StateFlag.State_Selected:
            box(painter, place, fill=color("check"))
        elif state & QStyle.StateFlag.State_MouseOver:
            box(painter, place, fill=color("hover"))
        if state & QStyle.StateFlag.State_HasFocus:
            ring(painter, place, color("accent"))

    def _paint_thumbnail(self, painter: QPainter, place: QRect, row: Pictured) -> None:
        painter.fillRect(place, self._theme.color("well"))
        if row.is_damaged:
            icon = QRect(0, 0, ICON, ICON)
            icon.moveCenter(place.center())
            ratio = painter.device().devicePixelRatioF()
            painter.drawPixmap(icon, self._theme.icons.pixmap("warning", "warn", ICON, ratio))
        elif row.image is not None:
            shown = QRect(place.topLeft(), row.image.deviceIndependentSize().toSize())
            shown.moveCenter(place.center())
            painter.drawImage(shown, row.image)


def words(whole: QRect, line: int) -> QRect:
    """The place of one of the two lines beside the thumbnail."""
    left = _thumbnail(whole).right() + 1 + 12
    top = whole.center().y() - LINE + line * LINE
    return QRect(left, top, whole.right() - PAD - left, LINE)


def _thumbnail(whole: QRect) -> QRect:
    return QRect(whole.left() + PAD, whole.top() + PAD, THUMBNAIL.width(), THUMBNAIL.height())
