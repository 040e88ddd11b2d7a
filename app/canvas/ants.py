"""The mask's outline as the window shows it: a line where it passes one half.

The line is found in the window's own pixels, so what it takes depends on the window, and while
painting on what the brush touched; never on the picture. Its dashes are colours of an indexed
image: to have them wander, only a table of colours is changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QImage, QPainter

from app.canvas.dashes import ACROSS, BLACK, DOWN, PERIOD, WHITE
from app.canvas.layer import draw
from app.canvas.pixels import Sheet, tint
from app.canvas.regions import qrect
from app.canvas.stale import Stale
from app.model.geometry import EMPTY, Rect, Size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from app.canvas.mask_layer import MaskLayer
    from app.canvas.view import View
    from app.model.picture import Plane

HALF = 128
BLOCK = 64
"""Squares of the window that hold none of the line are not painted while it wanders."""

NOTHING = 0
TINTED = QImage.Format.Format_ARGB32_Premultiplied


class Ants:
    """The outline of a mask whose layer shows its values as so much white."""

    def __init__(self, layer: MaskLayer, view: View) -> None:
        self._layer = layer
        self._view = view
        self._step = 0
        self._stale = Stale()
        self._fit(view.window)
        self._stale.add(view.area)

    def look(self, view: View) -> None:
        """The picture lies elsewhere."""
        if view.window != self._view.window:
            self._fit(view.window)
        self._view = view
        self._stale.take()
        self._stale.add(view.area)

    def mark(self, area: Rect) -> Rect:
        """The mask looks different in an area of the window; where the line may then differ."""
        if area.is_empty:
            return area
        near = area.grown(1).within(self._view.area)
        self._stale.add(near)
        return near

    def step(self) -> None:
        """Have the dashes wander on."""
        self._step = (self._step + ACROSS) % PERIOD
        self._image.setColorTable(_table(self._step))

    def blocks(self) -> Iterator[Rect]:
        """Parts of the window that hold all of the line."""
        self._refresh()
        rows, columns = np.nonzero(self._lively)
        for row in np.unique(rows).tolist():
            for left, right in _runs(columns[rows == row].tolist()):
                block = Rect(left * BLOCK, row * BLOCK, right * BLOCK, (row + 1) * BLOCK)
                yield block.within(self._view.area)

    def draw(self, painter: QPainter, area: Rect) -> None:
        """Draw what an area of the window holds of the line."""
        self._refresh()
        area = area.within(self._view.area)
        if not area.is_empty and self._lively[_blocks_of(area).slices].any():
            part = self._image.copy(qrect(area)).convertToFormat(TINTED)
            painter.drawImage(area.left, area.top, part)

    def _fit(self, window: Size) -> None:
        """Make the planes as large as the window."""
        width, height = window
        self._values, self._black = Sheet(window), Sheet(window)
        self._black.pixels.fill(BLACK)
        # numpy alone writes the line; the image is never handed out, or it would see no more.
        self._line: Plane = np.zeros((height, width), np.uint8)
        self._image = QImage(self._line.data, width, height, width, QImage.Format.Format_Indexed8)
        self._image.setColorTable(_table(self._step))
        self._lively = np.zeros((-(-height // BLOCK), -(-width // BLOCK)), np.bool_)

    def _refresh(self) -> None:
        for area in self._stale.take():
            self._line[area.slices] = 0
            paint = self._layer.area
            seen = EMPTY if paint.is_empty else self._view.touched(paint)
            self._trace(area.within(seen.grown(1)))
            self._note(_blocks_of(area))

    def _trace(self, area: Rect) -> None:
        """Find the line in an area."""
        if area.is_empty:
            return
        around = area.grown(1).within(self._view.area)
        line = _rim(self._draw_values(around) >= HALF).view(np.uint8)
        line = line[area.moved(-around.left, -around.top).slices]
        dashes = np.arange(0, ACROSS * area.width + PERIOD, dtype=np.uint16) % PERIOD + 1
        drawn = self._line[area.slices]
        for row in range(PERIOD):
            start = (ACROSS * area.left + DOWN * (area.top + row)) % PERIOD
            part = dashes[start : start + ACROSS * area.width : ACROSS].astype(np.uint8)
            np.multiply(line[row::PERIOD], part, out=drawn[row::PERIOD])

    def _draw_values(self, area: Rect) -> Plane:
        """The mask's values as the window's pixels show them."""
        self._values.copy(self._black, area)
        seen = area.within(self._view.frame)
        if not (seen.is_empty or tint(self._values, self._black, self._layer, self._view, seen)):
            painter = QPainter(self._values.image)
            painter.setClipRect(qrect(seen))
            draw(self._layer, painter, self._view, seen)
            painter.end()
        values: Plane = self._values.pixels[area.slices].astype(np.uint8)  # the lowest byte: blue
        return values

    def _note(self, blocks: Rect) -> None:
        """Note which blocks hold some of the line."""
        pixels = self._line[Rect(*(side * BLOCK for side in blocks)).slices]
        height, width = pixels.shape
        highest = np.maximum.reduceat(pixels, np.arange(0, height, BLOCK), axis=0)
        highest = np.maximum.reduceat(highest, np.arange(0, width, BLOCK), axis=1)
        self._lively[blocks.slices] = highest > 0


def _rim(is_in: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """What is inside and has a neighbour that is not; beyond the edge all goes on as it is."""
    surrounded = is_in.copy()
    surrounded[1:] &= is_in[:-1]
    surrounded[:-1] &= is_in[1:]
    surrounded[:, 1:] &= is_in[:, :-1]
    surrounded[:, :-1] &= is_in[:, 1:]
    return is_in ^ surrounded


def _blocks_of(area: Rect) -> Rect:
    left, top, right, bottom = area
    return Rect(left // BLOCK, top // BLOCK, -(-right // BLOCK), -(-bottom // BLOCK))


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Neighbours among rising numbers, as their first and the one after their last."""
    start = end = numbers[0]
    for number in numbers:
        if number > end:
            yield start, end
            start = number
        end = number + 1
    yield start, end


def _table(step: int) -> list[int]:
    """The colours of the line's pixels, so many steps on."""
    places = ((place - step) % PERIOD for place in range(PERIOD))
    dashes = [BLACK if place < PERIOD // 2 else WHITE for place in places]
    return [NOTHING, *dashes]
