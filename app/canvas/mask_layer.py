"""The mask as a tint over the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QColor, QImage

from app.canvas.regions import qrect
from app.canvas.stale import Stale
from app.model.geometry import Rect, Size
from app.model.halving import half_size, halve
from app.model.mask import MIXED
from app.model.tiles import TILE

if TYPE_CHECKING:
    from PySide6.QtCore import QRect

    from app.model.mask import Mask
    from app.model.picture import Plane

TINTED = QImage.Format.Format_ARGB32_Premultiplied

LARGE = 16 * TILE * TILE
"""From so many pixels of the mask on it pays to look at what is noted of its tiles."""


class MaskLayer:
    """The mask and its halves; a half is made new where it is stale, and only when it is shown."""

    def __init__(self, mask: Mask, color: QColor, opacity: float) -> None:
        self.mask = mask
        self._table = _table(color, opacity)
        self._levels = [_Level(mask.plane, self._table)]
        self.area = mask.box()
        """Around all paint, perhaps widely: it never shrinks."""

    def tint(self, color: QColor, opacity: float) -> None:
        """Give it another look; the mask itself has no colour."""
        self._table = _table(color, opacity)
        for level in self._levels:
            level.image.setColorTable(self._table)

    def mark(self, rect: Rect) -> None:
        """Pixels of the mask in `rect` have changed."""
        if rect.is_empty:
            return
        self.area = self.area.united(rect)
        if len(self._levels) > 1:
            self._levels[1].stale.add(_halved(rect))

    def crop(self, level: int, rect: Rect) -> tuple[QImage, QRect]:
        """The tint of some pixels of a level (see `Layer`)."""
        self._refresh(level)
        part = self._levels[level].image.copy(qrect(rect))
        return part.convertToFormat(TINTED), part.rect()

    def _refresh(self, number: int) -> None:
        """Make a level new where it is stale, and those below it, which it is made from."""
        while len(self._levels) <= number:
            self._levels.append(self._halved_level())
        for at in range(1, number + 1):
            for rect in self._levels[at].stale.take():
                self._renew(at, number, rect)

    def _halved_level(self) -> _Level:
        size = self._levels[-1].size
        plane = np.empty((half_size(size.height), half_size(size.width)), np.uint8)
        level = _Level(plane, self._table)
        level.stale.add(Rect.of(level.size))
        return level

    def _renew(self, first: int, last: int, rect: Rect) -> None:
        """Make some pixels of a level new, and of those above it what they are part of."""
        left, top, right, bottom = rect
        if (right - left) * (bottom - top) << 2 * first < LARGE:
            self._halve(first, last, rect)
            return
        whole = Rect(*(side << first for side in rect)).within(Rect.of(self.mask.size))
        for part, value in self.mask.parts(whole):
            # Tiles begin on whole pixels of every level that is ever shown.
            some = Rect(*(-(-side >> first) for side in part))
            self._halve(first, last, some, None if value == MIXED else value)

    def _halve(self, first: int, last: int, rect: Rect, value: int | None = None) -> None:
        """Halve from level to level, or just write the value that it must come to."""
        for at in range(first, last + 1):
            self._levels[at].set(rect, value, self._levels[at - 1])
            rect = _halved(rect)
        if last + 1 < len(self._levels):
            self._levels[last + 1].stale.add(rect)


class _Level:
    """A plane, and the same bytes as an image of indexed colours.

    numpy alone writes them. The image must never be handed out: as soon as there was a second one
    of it, setting its colours would make it a copy that sees no more paint.
    """

    def __init__(self, plane: Plane, table: list[int]) -> None:
        height, width = plane.shape
        self.plane = plane
        self.size = Size(width, height)
        self.image = QImage(plane.data, width, height, width, QImage.Format.Format_Indexed8)
        self.image.setColorTable(table)
        self.stale = Stale()

    def set(self, rect: Rect, value: int | None, below: _Level) -> None:
        """Give some pixels a value, or the means of the level below, which is twice as large."""
        left, top, right, bottom = rect
        pixels = self.plane[top:bottom, left:right]
        if value is None:
            # A slice ends where the plane does, as an odd one must.
            halve(below.plane[2 * top : 2 * bottom, 2 * left : 2 * right], pixels)
        else:
            pixels.fill(value)


def _table(color: QColor, opacity: float) -> list[int]:
    """The tint of each value of the mask."""
    tint = QColor(color)
    colors = []
    for value in range(256):
        tint.setAlpha(round(value * opacity))
        colors.append(tint.rgba())
    return colors


def _halved(rect: Rect) -> Rect:
    """The pixels at half the size that stand for these."""
    return Rect(rect.left // 2, rect.top // 2, half_size(rect.right), half_size(rect.bottom))
