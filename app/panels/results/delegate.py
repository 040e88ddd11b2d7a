"""Lays out and draws the items of the shelf."""

from PySide6.QtCore import QEvent, QObject, QRect, QSize
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from app.look.theme import Theme
from app.panels.results import metrics
from app.panels.results.items import Item
from app.panels.results.model import Index
from app.panels.results.motion import Motion
from app.panels.results.painter import ThumbnailPainter
from app.panels.results.places import (
    Spot,
    card_width,
    content_rect,
    has_divider,
    item_at,
    lead_in,
    spot_at,
)
from app.session.viewing import Viewing


class ItemDelegate(QStyledItemDelegate):
    """Draws pictures and places; cards are widgets of their own and only get their room here."""

    def __init__(
        self, theme: Theme, viewing: Viewing, motion: Motion, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._viewing = viewing
        self._painter = ThumbnailPainter(theme, motion)
        self.thumbnail_width = metrics.THUMBNAIL_WIDTH
        self.hot: Spot | None = None
        theme.changed.connect(self._painter.clear)

    def content_rect(self, index: Index, rect: QRect) -> QRect:
        """The thumbnail or card inside the item's `rect`."""
        return content_rect(index, rect, self.thumbnail_width)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        item = item_at(index)
        width = card_width(item) if item.kind == "card" else self.thumbnail_width
        return QSize(
            lead_in(index) + width + metrics.GAP, metrics.CARD_TOP + metrics.CARD_HEIGHT + 2
        )

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item = item_at(index)
        rect: QRect = option.rect
        at = self.content_rect(index, rect)
        painter.save()
        if has_divider(index):
            self._painter.divider(painter, rect.left(), at.top())
        if item.result is not None:
            self._painter.picture(painter, at, item.result)
            self._chips(painter, at, item, hovered=_has(option, QStyle.StateFlag.State_MouseOver))
        elif item.kind == "waiting":
            hot = self.hot == Spot(index.row(), "cancel")
            self._painter.well(painter, at, item, hot_cancel=hot)
        selected = item.result is not None and item.result is self._viewing.selected
        if selected or _has(option, QStyle.StateFlag.State_HasFocus):
            distance = 0 if item.kind == "card" else metrics.FRAME
            self._painter.frame(painter, at, distance)
        if item.kind != "card":
            self._painter.caption(painter, at, item, strong=selected)
        painter.restore()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        if event.type() == QEvent.Type.ToolTip and index.isValid():
            rect: QRect = option.rect
            spot = spot_at(index, self.content_rect(index, rect), event.pos())
            if spot is not None:
                text = self.tr("Cancel") if spot.part == "cancel" else self.tr("More")
                QToolTip.showText(event.globalPos(), text, view)
                return True
        return super().helpEvent(event, view, option, index)

    def _chips(self, painter: QPainter, at: QRect, item: Item, *, hovered: bool) -> None:
        icons = ["more"] if hovered else []
        if item.result is self._viewing.shown:
            icons.append("eye")
        for place, icon in enumerate(icons):
            self._painter.chip(painter, at, icon, place)


def _has(option: QStyleOptionViewItem, flag: QStyle.StateFlag) -> bool:
    return bool(option.state & flag)
