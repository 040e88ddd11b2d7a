"""Where things lie in the strip: inside an item, and what is under the mouse."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPoint, QRect

from app.model.job import JobState
from app.panels.results import metrics
from app.panels.results.items import Item
from app.panels.results.model import ITEM, Index

Part = Literal["cancel", "more"]


@dataclass(frozen=True, slots=True)
class Spot:
    """A part of an item that can be pressed."""

    row: int
    part: Part


def item_at(index: Index) -> Item:
    """The item of a valid index."""
    item = index.data(ITEM)
    assert isinstance(item, Item)
    return item


def has_divider(index: Index) -> bool:
    """Whether a line stands before the item: between jobs, but not beside a card."""
    if index.row() == 0:
        return False
    item, before = item_at(index), item_at(index.model().index(index.row() - 1, 0))
    return item.job_id != before.job_id and "card" not in (item.kind, before.kind)


def lead_in(index: Index) -> int:
    """The room before an item's content: the strip's margin or a divider."""
    if index.row() == 0:
        return metrics.MARGIN
    return 1 + metrics.GAP if has_divider(index) else 0


def content_rect(index: Index, rect: QRect, thumbnail_width: int) -> QRect:
    """The thumbnail or card inside the item's `rect`."""
    left = rect.left() + lead_in(index)
    item = item_at(index)
    if item.kind == "card":
        top = rect.top() + metrics.CARD_TOP
        return QRect(left, top, card_width(item), metrics.CARD_HEIGHT)
    top = rect.top() + metrics.THUMBNAIL_TOP
    return QRect(left, top, thumbnail_width, metrics.THUMBNAIL_HEIGHT)


def card_width(item: Item) -> int:
    unknown = item.entry.state is JobState.UNKNOWN
    return metrics.UNKNOWN_CARD_WIDTH if unknown else metrics.CARD_WIDTH


def caption_rect(content: QRect) -> QRect:
    """The line under the thumbnail at `content`."""
    top = content.top() - metrics.THUMBNAIL_TOP + metrics.CAPTION_TOP
    return QRect(content.left(), top, content.width(), metrics.CAPTION_HEIGHT)


def chip_rect(content: QRect, place: int = 0) -> QRect:
    """A chip on a thumbnail; place 0 is at the right edge, 1 left of it."""
    side, inset = metrics.CHIP, metrics.CHIP_INSET
    left = content.right() + 1 - inset - side - place * (side + 4)
    return QRect(left, content.top() + inset, side, side)


def cancel_rect(content: QRect) -> QRect:
    """The cancel cross of a running job."""
    side = metrics.CANCEL
    return QRect(content.right() + 1 - side, content.top(), side, side)


def spot_at(index: Index, content: QRect, at: QPoint) -> Spot | None:
    """What can be pressed at `at` in the item whose content lies at `content`."""
    item = item_at(index)
    if item.leads and cancel_rect(content).contains(at):
        return Spot(index.row(), "cancel")
    if item.result is not None and chip_rect(content).contains(at):
        return Spot(index.row(), "more")
    return None
