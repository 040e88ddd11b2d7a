"""Paints a kept mask: itself small, its name, its size and when it was kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale, QRect, QRectF, QSize, Qt
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.look.paint import box, ring

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from app.look.theme import Theme
    from app.shell.library.rows import Index, Row

THUMBNAIL = QSize(96, 64)
PAD = 8
LINE = 20
ICON = 20
HEIGHT = THUMBNAIL.height() + 2 * PAD


class MaskDelegate(QStyledItemDelegate):
    """A row of the library."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(240, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(Qt.ItemDataRole.UserRole)
        whole: QRect = option.rect
        state: QStyle.StateFlag = option.state
        self._paint_ground(painter, QRectF(whole).adjusted(2, 1, -2, -1), state)
        self._paint_thumbnail(painter, _thumbnail(whole), row)
        color, font = self._theme.color, self._theme.font
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        name, told = _words(whole, 0), _words(whole, 1)
        for text, place, token, made in (
            (row.mask.name, name, "text", font(13, 500)),
            (self._told(row), told, "warn" if row.is_damaged else "sub", font(12)),
        ):
            painter.setFont(made)
            painter.setPen(color(token))
            elided = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideRight, place.width()
            )
            painter.drawText(place, flags, elided)

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
        editor.setGeometry(_words(whole, 0).adjusted(-6, -4, 0, 4))

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

    def _paint_ground(self, painter: QPainter, place: QRectF, state: QStyle.StateFlag) -> None:
        color = self._theme.color
        if state & QStyle.StateFlag.State_Selected:
            box(painter, place, fill=color("check"))
        elif state & QStyle.StateFlag.State_MouseOver:
            box(painter, place, fill=color("hover"))
        if state & QStyle.StateFlag.State_HasFocus:
            ring(painter, place, color("accent"))

    def _paint_thumbnail(self, painter: QPainter, place: QRect, row: Row) -> None:
        painter.fillRect(place, self._theme.color("well"))
        if row.is_damaged:
            icon = QRect(0, 0, ICON, ICON)
            icon.moveCenter(place.center())
            ratio = painter.device().devicePixelRatioF()
            painter.drawPixmap(icon, self._theme.icons.pixmap("warning", "warn", ICON, ratio))
        elif row.image is not None:
            shown = QRect(place.topLeft(), row.image.size())
            shown.moveCenter(place.center())
            painter.drawImage(shown, row.image)


def _thumbnail(whole: QRect) -> QRect:
    return QRect(whole.left() + PAD, whole.top() + PAD, THUMBNAIL.width(), THUMBNAIL.height())


def _words(whole: QRect, line: int) -> QRect:
    """The place of one of the two lines beside the thumbnail."""
    left = _thumbnail(whole).right() + 1 + 12
    top = whole.center().y() - LINE + line * LINE
    return QRect(left, top, whole.right() - PAD - left, LINE)
