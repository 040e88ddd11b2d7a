"""Zooming with the hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.canvas.gestures.gesture import Gesture, Pointer

CLICK = 1.5
"""How much a click zooms."""
PER_PIXEL = 1.006
"""How much a drag zooms for each pixel of the screen that it goes to the right."""
STILL = 4.0
"""A hand that has not gone so far, in pixels of the screen, has clicked."""

Zoom = Callable[[float, "Pointer"], None]
"""Zoom by a factor around a place."""


def scrub(zoom: Zoom, ratio: float) -> Gesture:
    """Zoom in by going right and out by going left, around where the drag began."""
    if (first := (yield)) is None:
        return
    last = first
    while (pointer := (yield)) is not None:
        zoom(_factor(pointer.x - last.x, ratio), first)
        last = pointer


def click_or_scrub(zoom: Zoom, ratio: float) -> Gesture:
    """Zoom in by a click, or out with Alt; a drag scrubs."""
    if (first := (yield)) is None:
        return
    last, keys, is_drag = first, first.keys, False
    while (pointer := (yield)) is not None:
        is_drag = is_drag or abs(pointer.x - first.x) > STILL * ratio
        if is_drag:
            zoom(_factor(pointer.x - last.x, ratio), first)
            last = pointer
    if not is_drag:
        zoom(1 / CLICK if keys.alt else CLICK, first)


def _factor(way: float, ratio: float) -> float:
    return float(PER_PIXEL ** (way / ratio))
