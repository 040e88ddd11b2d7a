"""The mask in colours, to be laid over the picture or shown in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QImage

from app.canvas.regions import qrect
from app.canvas.stale import Stale
from app.model import kernels
from app.model.geometry import Rect
from app.model.halving import halved
from app.model.kernels.pure import MIXED
from app.model.tiles import TILE

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtCore import QRect

    from app.model.mask import Mask, Notes
    from app.model.picture import Plane

TINTED = QImage.Format.Format_ARGB32_Premultiplied

LARGE = 16 * TILE * TILE
"""From so many pixels of the mask on it pays to look at what is noted of its tiles."""


class MaskLayer:
    """The mask and its halves; a half is made new where it is stale, and only when it is shown."""

    def __init__(self, mask: Mask, table: list[int]) -> None:
        self.mask = mask
        self._levels: dict[int, _Level] = {}
        self.area = mask.box()
        """Around all paint, perhaps widely: it never shrinks."""
        self.color(table)

    def color(self, table: list[int]) -> None:
        """Give each value another colour; the mask itself has none."""
        self._table = table
        self.colors = _premultiplied(table)
        """The same for the kernels."""
        self.is_clear_around = table[0] >> 24 == 0
        """Whether nothing is seen where nothing is painted."""
        for level in self._levels.values():
            level.image.setColorTable(table)

    def mark(self, rect: Rect) -> None:
        """Pixels of the mask in `rect` have changed."""
        if not self.area.contains(rect):
            self.area = self.area.united(rect)
        for level in self._levels.values():
            level.mark(rect)

    def values(self, level: int) -> tuple[Plane, Notes, int]:
        """The values of a level, what is noted of its tiles, and how long their sides are there."""
        return self._level(level).plane, self.mask.notes, TILE >> level

    def crop(self, level: int, rect: Rect) -> tuple[QImage, QRect]:
        """Some pixels of a level in their colours (see `Layer`)."""
        part = self._level(level).image.copy(qrect(rect))
        return part.convertToFormat(TINTED), part.rect()

    def _level(self, number: int) -> _Level:
        """A level as it is to be shown now."""
        level = self._levels.get(number)
        if level is None:
            level = self._levels[number] = _Level(self.mask, number, self._table)
        level.refresh()
        return level


class _Level:
    """The mask halved so many `times`, and the same bytes as an image of indexed colours.

    numpy alone writes them. The image must never be handed out: as soon as there was a second one
    of it, setting its colours would make it a copy that sees no more paint.
    """

    def __init__(self, mask: Mask, times: int, table: list[int]) -> None:
        self._mask = mask
        self._times = times
        self._stale = Stale()
        width, height = (halved(length, times) for length in mask.size)
        self.plane = mask.plane if times == 0 else np.empty((height, width), np.uint8)
        self.image = QImage(self.plane.data, width, height, width, QImage.Format.Format_Indexed8)
        self.image.setColorTable(table)
        self.mark(Rect.of(mask.size))

    def mark(self, rect: Rect) -> None:
        """Pixels of the mask in `rect` have changed."""
        if self._times:
            self._stale.add(self._over(rect))

    def refresh(self) -> None:
        """Make the stale pixels new."""
        for rect in self._stale.take():
            left, top, right, bottom = rect
            if (right - left) * (bottom - top) << 2 * self._times < LARGE:
                self._halve(rect)
            else:
                self._halve_uneven(rect)

    def _halve(self, rect: Rect) -> None:
        left, top, right, bottom = rect
        times = self._times
        # A slice ends where the plane does, even if the last pixel stands for more than is there.
        source = self._mask.plane[top << times : bottom << times, left << times : right << times]
        kernels.halve(source, self.plane[top:bottom, left:right], times)

    def _halve_uneven(self, rect: Rect) -> None:
        """Look only at tiles whose pixels are not all the same; they begin on whole pixels."""
        below = Rect(*(side << self._times for side in rect)).within(Rect.of(self._mask.size))
        for part, value in self._mask.parts(below):
            if value == MIXED:
                self._halve(self._over(part))
            else:
                self.plane[self._over(part).slices] = value

    def _over(self, rect: Rect) -> Rect:
        """The pixels that stand for these of the mask."""
        left, top, right, bottom = rect
        times = self._times
        return Rect(left >> times, top >> times, -(-right >> times), -(-bottom >> times))


def _premultiplied(table: list[int]) -> NDArray[np.uint32]:
    colors = np.array(table, np.uint32).view(np.uint8).reshape(256, 4)
    alpha = colors[:, 3:].astype(np.uint16)
    shares = (colors * alpha + np.uint16(127)) // np.uint16(255)
    shares[:, 3:] = alpha
    return shares.astype(np.uint8).view(np.uint32)[:, 0]
