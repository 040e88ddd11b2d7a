"""Lays out and draws the items of the shelf."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize
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
from app.panels.results.menu import has_choice
from app.panels.results.model import Index, ResultsModel
from app.panels.results.motion import Motion
from app.panels.results.painter import ThumbnailPainter
from app.panels.results.places import (
    Spot,
    card_width,
    content_rect,
    has_divider,
    lead_in,
    spot_at,
)
from app.session.viewing import Viewing


class ItemDelegate(QStyledItemDelegate):
    """Draws pictures and places; cards are widgets of their own and only get their room here."""

    def __init__(
        self,
        theme: Theme,
        results: ResultsModel,
        viewing: Viewing,
        motion: Motion,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._results = results
        self._viewing = viewing
        self._painter = ThumbnailPainter(theme, motion)
        self.thumbnail_width = metrics.THUMBNAIL_WIDTH
        self.hot: Spot | None = None
        theme.changed.connect(self._painter.clear)

    def content_rect(self, row: int, rect: QRect) -> QRect:
        """The thumbnail or card inside the `rect` of a row."""
        return content_rect(self._results.items, row, rect, self.thumbnail_width)

    def spot_at(self, row: int, rect: QRect, at: QPoint) -> Spot | None:
        """What can be pressed at `at` in the `rect` of a row."""
        return spot_at(self._results.items, row, self.content_rect(row, rect), at)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        items, row = self._results.items, index.row()
        width = card_width(items[row]) if items[row].kind == "card" else self.thumbnail_width
        height = metrics.CARD_TOP + metrics.CARD_HEIGHT + metrics.FRAME
        return QSize(lead_in(items, row) + width + metrics.GAP, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        items, row = self._results.items, index.row()
        item, rect = items[row], option.rect
        at = self.content_rect(row, rect)
        painter.save()
        if has_divider(items, row):
            self._painter.divider(painter, rect.left(), at.top())
        if item.result is not None:
            self._painter.picture(painter, at, item.result)
            self._chips(painter, at, item, hovered=_has(option, QStyle.StateFlag.State_MouseOver))
        elif item.kind == "waiting":
            hot = self.hot == Spot(row, "cancel")
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
            spot = self.spot_at(index.row(), option.rect, event.pos())
            if spot is not None:
                QToolTip.showText(event.globalPos(), self._words(spot), view)
                return True
        return super().helpEvent(event, view, option, index)

    def _words(self, spot: Spot) -> str:
        if spot.part == "more":
            return self.tr("More")
        entry = self._results.items[spot.row].entry
        return self.tr("Cancel, or stop watching") if has_choice(entry) else self.tr("Cancel")

    def _chips(self, painter: QPainter, at: QRect, item: Item, *, hovered: bool) -> None:
        icons = ["more"] if hovered else []
        if item.result is self._viewing.shown:
            icons.append("eye")
        for place, icon in enumerate(icons):
            self._painter.chip(painter, at, icon, place)


def _has(option: QStyleOptionViewItem, flag: QStyle.StateFlag) -> bool:
    return bool(option.state & flag)
