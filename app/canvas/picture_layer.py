"""The picture at the sizes that it is shown at."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from app.canvas.pixels import OPAQUE, Sheet
from app.canvas.regions import qrect
from app.model.geometry import Rect, Size
from app.model.halving import halved

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from PySide6.QtCore import QRect

    from app.model.picture import Picture, Plane

BLENDED = QImage.Format.Format_ARGB32_Premultiplied

BAND = 256
"""Rows halved in one go: a few milliseconds for the widest pictures."""

SMALLEST = 64
"""No half is made of an image smaller than this."""


class PictureLayer:
    """A picture and its halves, which are made little by little (`build`).

    The full size is the picture's own pixels, not copied. A half that is not there yet is stood
    in for by every second, fourth, … pixel.
    """

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        self.is_opaque = picture.alpha is None
        self._whole = picture.pixels.view(np.uint32)[..., 0]
        self._full = _image(picture.pixels, OPAQUE)
        self._halves: list[Sheet] = []
        self._work: Iterator[bool] = self._halving()

    @property
    def levels(self) -> int:
        """How many sizes are there, the full one counted."""
        return 1 + len(self._halves)

    def build(self, seconds: float) -> bool:
        """Make halves for about so long; True when all are there."""
        end = perf_counter() + seconds
        while perf_counter() < end:
            if next(self._work, True):
                self._work = iter(())  # which held this layer, and with it the picture
                return True
        return False

    def crop(self, level: int, rect: Rect) -> tuple[QImage, QRect]:
        """Some pixels of a level (see `Layer`)."""
        part = qrect(rect)
        if level == 0 and self.is_opaque:
            return self._full, part
        if 0 < level < self.levels:
            return self._halves[level - 1].image, part
        thinned = self._thinned(1 << level, rect)
        return thinned, thinned.rect()

    def pixels(self, level: int) -> NDArray[np.uint32] | None:
        """All pixels of a level, if it is there and opaque."""
        if not self.is_opaque or level >= self.levels:
            return None
        return self._halves[level - 1].pixels if level else self._whole

    def _halving(self) -> Iterator[bool]:
        """Make one half after the other, a band at a time; False says that there is more."""
        level, size = 0, self.picture.size
        while size.longest > SMALLEST:
            half = Size(halved(size.width), halved(size.height))
            opaque = OPAQUE if self.is_opaque else BLENDED
            fresh = Sheet(half, opaque)
            for top in range(0, size.height, BAND):
                rect = Rect(0, top, size.width, min(top + BAND, size.height))
                _halve(*self.crop(level, rect), fresh.image, top // 2)
                yield False
            self._halves.append(fresh)
            level, size = level + 1, half

    def _thinned(self, step: int, rect: Rect) -> QImage:
        """Every `step`th pixel, blended with its alpha if there is one."""
        rows = slice(rect.top * step, rect.bottom * step, step)
        columns = slice(rect.left * step, rect.right * step, step)
        pixels = self.picture.pixels[rows, columns].copy()
        if self.picture.alpha is None:
            return _image(pixels, OPAQUE)
        pixels[..., 3] = self.picture.alpha[rows, columns]
        return _image(pixels, QImage.Format.Format_ARGB32).convertToFormat(BLENDED)


def _image(pixels: Plane, image_format: QImage.Format) -> QImage:
    """The same bytes as an image, which keeps them alive and only ever reads them."""
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, 4 * width, image_format)


def _halve(source: QImage, part: QRect, target: QImage, top: int) -> None:
    """Draw a part of an image at half its size; each pixel is the mean of four.

    An odd last row or column stands for two.
    """
    width, height = halved(part.width()), halved(part.height())
    painter = QPainter(target)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.translate(0, top)
    even = QRectF(0, 0, part.width() // 2, part.height() // 2)
    drawn = QRectF(part.x(), part.y(), 2 * even.width(), 2 * even.height())
    painter.drawImage(even, source, drawn)
    if part.width() & 1:
        side = QRectF(part.right(), part.y(), 1, drawn.height())
        painter.drawImage(QRectF(width - 1, 0, 1, even.height()), source, side)
    if part.height() & 1:
        foot = QRectF(part.x(), part.bottom(), drawn.width(), 1)
        painter.drawImage(QRectF(0, height - 1, even.width(), 1), source, foot)
    if part.width() & part.height() & 1:
        corner = QRectF(part.right(), part.bottom(), 1, 1)
        painter.drawImage(QRectF(width - 1, height - 1, 1, 1), source, corner)
    painter.end()
