"""Between our rectangles and Qt's."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QRect

from app.model.geometry import Rect

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QRegion


def qrect(rect: Rect) -> QRect:
    left, top, right, bottom = rect
    return QRect(left, top, right - left, bottom - top)


def rect_of(rect: QRect) -> Rect:
    # One call, while painting, in place of four. Its stubs do not say what it gives.
    left, top, width, height = cast("tuple[int, int, int, int]", rect.getRect())
    return Rect(left, top, left + width, top + height)


def rects(region: QRegion) -> list[Rect]:
    """The rectangles of a region; none of them overlap."""
    return [rect_of(rect) for rect in pieces(region)]


def pieces(region: QRegion) -> Iterable[QRect]:
    """The same as Qt's rectangles."""
    # Its stubs do not say so, but a region is a sequence.
    return cast("Iterable[QRect]", region)
