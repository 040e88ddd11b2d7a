"""Moving the picture about."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.canvas.gestures.gesture import Gesture


def pan(move: Callable[[float, float], None]) -> Gesture:
    """Push the picture along with the hand."""
    last = yield
    while last is not None and (pointer := (yield)) is not None:
        move(pointer.x - last.x, pointer.y - last.y)
        last = pointer
