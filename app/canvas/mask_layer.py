"""The mask as a tint over the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QColor, QImage, QRegion

from app.canvas.regions import qrect, rects
from app.model.geometry import Rect, Size
from app.model.halving import half_size, halve

if TYPE_CHECKING:
    from PySide6.QtCore import QRect

    from app.model.mask import Mask
    from app.model.picture import Plane

TINTED = QImage.Format.Format_ARGB32_Premultiplied

GRAIN = 64


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
            stale, half = self._levels[1].stale, _halved(rect)
            # Exact where it is shown at once. Else coarse, or the region would grow more complex
            # with every move of a hand.
            stale += qrect(half if stale.isEmpty() else _aligned(half))

    def crop(self, level: int, rect: Rect) -> tuple[QImage, QRect]:
        """The tint of some pixels of a level (see `Layer`)."""
        self._refresh(level)
        image = self._levels[level].image
        part = image.copy(qrect(rect))
        return part.convertToFormat(TINTED), part.rect()

    def _refresh(self, number: int) -> None:
        while len(self._levels) <= number:
            self._levels.append(self._halved_level())
        for at in range(1, number + 1):
            if self._levels[at].stale.isEmpty():
                continue
            fresh = self._levels[at].refresh(self._levels[at - 1])
            if at + 1 < len(self._levels):
                for rect in fresh:
                    self._levels[at + 1].stale += qrect(_halved(rect))

    def _halved_level(self) -> _Level:
        size = self._levels[-1].size
        plane = np.zeros((half_size(size.height), half_size(size.width)), np.uint8)
        level = _Level(plane, self._table)
        if not self.area.is_empty:
            level.stale += level.image.rect()
        return level


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
        self.stale = QRegion()

    def refresh(self, below: _Level) -> list[Rect]:
        """Make the stale pixels from the level below, which is twice as large; these are they."""
        stale = [rect.within(Rect.of(self.size)) for rect in rects(self.stale)]
        for rect in stale:
            source = Rect(*(2 * side for side in rect)).within(Rect.of(below.size))
            halve(below.plane[source.slices], self.plane[rect.slices])
        self.stale = QRegion()
        return stale


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


def _aligned(rect: Rect) -> Rect:
    """The rectangle widened to multiples of `GRAIN`."""
    return Rect(
        rect.left // GRAIN * GRAIN,
        rect.top // GRAIN * GRAIN,
        -(-rect.right // GRAIN) * GRAIN,
        -(-rect.bottom // GRAIN) * GRAIN,
    )
