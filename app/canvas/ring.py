"""The brush's ring: where a dab would fall, readable on any colour."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QRadialGradient

from app.model.geometry import Rect

if TYPE_CHECKING:
    from app.canvas.pixels import Sheet
    from app.canvas.rim import Rim

BLACK = QColor(0, 0, 0)
WHITE = QColor(255, 255, 255, 204)
RED = QColor(255, 122, 110, 230)
"""In place of white where the brush takes away."""
DASH = 4.0
CROSS = 5
"""Half the crosshair that stands in for a ring too small to see."""
SMALLEST = 4
LARGEST_KEPT = 1024
"""Rings up to this diameter are kept as an image, which is several times faster to draw."""
QUICKLY_KEPT = 512
"""Larger ones only when they are laid again: while a brush or the view grows, none is."""
LAID_FROM = 200


@dataclass(frozen=True)
class Ring:
    """The ring of a brush, in device pixels: its radius, and that up to which it is full."""

    radius: float
    inner: float
    erases: bool

    @property
    def is_cross(self) -> bool:
        return 2 * self.radius < SMALLEST

    @cached_property
    def is_large(self) -> bool:
        """Whether to lay its pixels; up to there Qt draws an image of it faster."""
        return 2 * self.reach >= LAID_FROM

    @cached_property
    def reach(self) -> int:
        """How far from its middle it has pixels."""
        return CROSS + 2 if self.is_cross else ceil(self.radius) + 2

    def area(self, x: float, y: float) -> Rect:
        """The device pixels that it touches."""
        column, row, reach = floor(x), floor(y), self.reach
        return Rect(column - reach, row - reach, column + reach + 1, row + reach + 1)

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Draw it around a place; the painter must draw in device pixels."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.is_cross:
            _cross(painter, floor(x), floor(y))
        else:
            # Around the middle of a pixel, whole radii give lines that are one pixel wide.
            edge = floor(self.radius)
            _circle(painter, x, y, edge + 1, QPen(RED if self.erases else WHITE, 1))
            _circle(painter, x, y, edge, QPen(BLACK, 1))
            if SMALLEST / 2 < self.inner < self.radius - 2:
                _dashes(painter, x, y, round(self.inner))
            if self.erases and self.radius > 2 * SMALLEST:
                _minus(painter, floor(x), floor(y))
        painter.restore()

    def fill(self, painter: QPainter, x: float, y: float, color: QColor, strength: float) -> None:
        """Show what a dab here would look like, at half its strength or less."""
        if self.is_cross:
            return
        full, none = QColor(color), QColor(color)
        full.setAlphaF(strength / 2)
        none.setAlphaF(0)
        shade = QRadialGradient(QPointF(x, y), self.radius)
        shade.setColorAt(min(self.inner / self.radius, 0.999), full)
        shade.setColorAt(1, none)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade)
        painter.drawEllipse(QPointF(x, y), self.radius, self.radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)


class RingImage:
    """Draws rings, keeping an image of the last one."""

    def __init__(self) -> None:
        self._ring: Ring | None = None
        self._image: QImage | None = None
        self._rim: Rim | None = None

    def draw(self, painter: QPainter, ring: Ring, x: float, y: float) -> None:
        """Draw a ring around the device pixel that holds a place."""
        column, row, reach = floor(x), floor(y), ring.reach
        image = self._kept(ring, is_slow_fine=False)
        if image is None:
            ring.draw(painter, column + 0.5, row + 0.5)
        else:
            painter.drawImage(column - reach, row - reach, image)

    def lay(self, sheet: Sheet, ring: Ring, x: float, y: float) -> bool:
        """Lay the same over a sheet until it is lifted; False if it is to be drawn.

        Only the ring's own pixels are looked at, which are few.
        """
        image = self._kept(ring, is_slow_fine=True)
        if image is None:
            return False
        if self._rim is None:
            from app.canvas.rim import Rim  # which reads numpy; the window does not wait for it

            self._rim = Rim(image)
        return self._rim.lay(sheet, floor(x) - ring.reach, floor(y) - ring.reach)

    def lift(self) -> None:
        """Take off what was laid."""
        if self._rim is not None:
            self._rim.lift()

    def _kept(self, ring: Ring, *, is_slow_fine: bool) -> QImage | None:
        """The image of a ring, unless it takes too long to make one."""
        most = LARGEST_KEPT if is_slow_fine else QUICKLY_KEPT
        if ring is not self._ring and ring != self._ring:
            self._image = self._rim = None
            most = QUICKLY_KEPT
        self._ring = ring  # the same one again is found without comparing
        if self._image is None and 2 * ring.reach + 1 <= most:
            self._image = _image(ring)
        return self._image


def _image(ring: Ring) -> QImage:
    side = 2 * ring.reach + 1
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    ring.draw(painter, side / 2, side / 2)
    painter.end()
    return image


def _circle(painter: QPainter, x: float, y: float, radius: float, pen: QPen) -> None:
    painter.setPen(pen)
    painter.drawEllipse(QPointF(x, y), radius, radius)


def _dashes(painter: QPainter, x: float, y: float, radius: float) -> None:
    """Black and white in turn."""
    for color, offset in ((WHITE, 0.0), (BLACK, DASH)):
        pen = QPen(color, 1)
        pen.setDashPattern([DASH, DASH])
        pen.setDashOffset(offset)
        _circle(painter, x, y, radius, pen)


def _cross(painter: QPainter, x: int, y: int) -> None:
    """A white cross with a black rim and nothing in its middle."""
    for rim, color in ((1, BLACK), (0, WHITE)):
        for side in (-1, 1):
            near, far = sorted((side * (CROSS + rim), side * (2 - rim)))
            length, width = far - near + 1, 1 + 2 * rim
            painter.fillRect(x + near, y - rim, length, width, color)
            painter.fillRect(x - rim, y + near, width, length, color)


def _minus(painter: QPainter, x: int, y: int) -> None:
    """What says that the brush takes away, to eyes that see no colours too."""
    painter.fillRect(x - 4, y - 1, 9, 3, BLACK)
    painter.fillRect(x - 3, y, 7, 1, WHITE)
