"""Going round an area, freehand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.canvas.gestures.gesture import Fresh
from app.canvas.gestures.outlines import Chain

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
    line = Chain()
    with selector.outline() as outline:
        while pointer is not None:
            is_straight = fresh(pointer.keys).alt
            place = pointer.sample.x, pointer.sample.y
            if line.places and is_straight and was_straight:
                line.move(len(line.places) - 1, place)  # only its end moves along
            elif is_straight or line.places[-1:] != [place]:
                line.add(place)
            was_straight = is_straight
            outline.draw(*line.parts())
            pointer = yield
    use(Polygon(tuple(line.places)))
