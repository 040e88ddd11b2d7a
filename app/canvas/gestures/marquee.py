"""Drawing a rectangle, or the ellipse in it, from corner to corner."""

from __future__ import annotations

from math import ceil, copysign
from typing import TYPE_CHECKING, NamedTuple

from app.canvas.gestures.gesture import Fresh
from app.canvas.gestures.outlines import box_around, oval_in
from app.model.geometry import Rect

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPainterPath

    from app.canvas.gestures.gesture import Gesture
    from app.canvas.gestures.selector import Manner, Selector
    from app.model.selection.shapes import Shape


class Span(NamedTuple):
    """From where a hand came, and to where."""

    x0: float
    y0: float
    x1: float
    y1: float

    def to(self, x: float, y: float) -> Span:
        return self._replace(x1=x, y1=y)

    def moved_to(self, x: float, y: float) -> Span:
        """With its end at a place, and its beginning as far from there as before."""
        return Span(self.x0 + x - self.x1, self.y0 + y - self.y1, x, y)


def rectangle(selector: Selector, manner: Manner) -> Gesture:
    """Select a rectangle of whole pixels; keys as in `_marquee`."""
    from app.model.selection.shapes import Rectangle

    return _marquee(selector, manner, Rectangle, box_around)


def ellipse(selector: Selector, manner: Manner) -> Gesture:
    """Select the ellipse in a rectangle of whole pixels; keys as in `_marquee`."""
    from app.model.selection.shapes import Ellipse

    return _marquee(selector, manner, Ellipse, oval_in)


def box_of(span: Span, *, square: bool = False, centred: bool = False) -> Rect:
    """The whole pixels between the corners of a span; `centred` has its beginning in the middle."""
    left, top, right, bottom = (ceil(place - 0.5) for place in span)
    width, height = right - left, bottom - top
    if square:
        side = max(abs(width), abs(height))
        width, height = (round(copysign(side, way)) for way in (width, height))
    if centred:
        left, top = left - width, top - height
        width, height = 2 * width, 2 * height
    columns, rows = sorted((left, left + width)), sorted((top, top + height))
    return Rect(columns[0], rows[0], columns[1], rows[1])


def _marquee(
    selector: Selector,
    manner: Manner,
    shape: Callable[[Rect], Shape],
    path: Callable[[Rect], QPainterPath],
) -> Gesture:
    """Pressed on the way, Shift makes the sides alike, Alt draws from the middle, Space moves."""
    pointer = yield
    if pointer is None:
        return
    x, y, _ = pointer.sample
    span, box, fresh = Span(x, y, x, y), Rect(0, 0, 0, 0), Fresh(pointer.keys)
    with selector.outline() as outline:
        while pointer is not None:
            keys = fresh(pointer.keys)
            x, y, _ = pointer.sample
            span = span.moved_to(x, y) if keys.space else span.to(x, y)
            box = box_of(span, square=keys.shift, centred=keys.alt)
            outline.draw(path(box), size=box.size)
            pointer = yield
    selector.join(shape(box), manner)
