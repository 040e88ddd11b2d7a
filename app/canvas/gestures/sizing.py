"""Changing the brush with the hand, where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.canvas.gestures.gesture import Gesture
    from app.session.tools import Tools

STILL = 5.0
"""So far, in pixels of the screen, the hand goes before anything changes."""
FULL = 200.0
"""So far it goes down from the softest brush to the hardest."""


def resize(tools: Tools, zoom: float, ratio: float) -> Gesture:
    """Sideways the brush grows and shrinks as far as the hand goes; down it gets harder.

    The direction in which the hand sets out is kept to. Closing gives the brush back as it was.
    """
    if (first := (yield)) is None:
        return
    brush, still = tools.brush, STILL * ratio
    is_sizing: bool | None = None
    try:
        while (pointer := (yield)) is not None:
            dx, dy = pointer.x - first.x, pointer.y - first.y
            if is_sizing is None and max(abs(dx), abs(dy)) > still:
                is_sizing = abs(dx) >= abs(dy)
            if is_sizing:
                # Its edge keeps pace with the hand.
                tools.edit(size=max(1, round(brush.size + 2 * _beyond(dx, still) / zoom)))
            elif is_sizing is False:
                tools.edit(hardness=brush.hardness + _beyond(dy, still) / (FULL * ratio))
    except GeneratorExit:
        tools.edit(size=brush.size, hardness=brush.hardness)
        raise


def _beyond(way: float, still: float) -> float:
    """How far a way goes beyond that which does not count."""
    return way - min(max(way, -still), still)
