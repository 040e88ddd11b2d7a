"""Going round an area, freehand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainterPath

from app.canvas.gestures.gesture import Fresh

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.canvas.gestures.gesture import Gesture
    from app.canvas.gestures.selector import Selector
    from app.model.selection.shapes import Shape


def lasso(selector: Selector, use: Callable[[Shape], None]) -> Gesture:
    """Draw around an area; Alt, pressed on the way, draws straight until let go of."""
    from app.model.selection.shapes import Polygon

    pointer = yield
    if pointer is None:
        return
    fresh, was_straight = Fresh(pointer.keys), False
    places: list[tuple[float, float]] = []
    line = QPainterPath()
    with selector.outline() as outline:
        while pointer is not None:
            is_straight = fresh(pointer.keys).alt
            place = pointer.sample.x, pointer.sample.y
            if not places:
                places.append(place)
                line.moveTo(*place)
            elif is_straight and was_straight:
                places[-1] = place  # only its end moves along
                line.setElementPositionAt(len(places) - 1, *place)
            elif place != places[-1] or is_straight:
                places.append(place)
                line.lineTo(*place)
            was_straight = is_straight
            outline.draw(line)
            pointer = yield
    use(Polygon(tuple(places)))
