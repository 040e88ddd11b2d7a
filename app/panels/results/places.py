"""Where things lie in the strip: inside an item, and what is under the mouse."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPoint, QRect

from app.model.job import JobState
from app.panels.results import metrics
from app.panels.results.items import Item

Part = Literal["cancel", "more"]


@dataclass(frozen=True, slots=True)
class Spot:
    """A part of an item that can be pressed."""

    row: int
    part: Part


def has_divider(items: Sequence[Item], row: int) -> bool:
    """Whether a line stands before an item: between jobs, but not beside a card."""
    if row == 0:
        return False
    item, before = items[row], items[row - 1]
    return item.job_id != before.job_id and "card" not in (item.kind, before.kind)


def lead_in(items: Sequence[Item], row: int) -> int:
    """The room before an item's content: the strip's margin or a divider."""
    if row == 0:
        return metrics.MARGIN
    return 1 + metrics.GAP if has_divider(items, row) else 0


def content_rect(items: Sequence[Item], row: int, rect: QRect, thumbnail_width: int) -> QRect:
    """The thumbnail or card inside the item's `rect`."""
    left = rect.left() + lead_in(items, row)
    if items[row].kind == "card":
        top, width = rect.top() + metrics.CARD_TOP, card_width(items[row])
        return QRect(left, top, width, metrics.CARD_HEIGHT)
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


def spot_at(items: Sequence[Item], row: int, content: QRect, at: QPoint) -> Spot | None:
    """What can be pressed at `at` in the item whose content lies at `content`."""
    if items[row].leads and cancel_rect(content).contains(at):
        return Spot(row, "cancel")
    if items[row].result is not None and chip_rect(content).contains(at):
        return Spot(row, "more")
    return None
