"""Turning the picture with the hand."""

from __future__ import annotations

from math import atan2, degrees
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.canvas.gestures.gesture import Gesture, Keys, Pointer

STEP = 15.0
"""The degrees that turning keeps to when a key asks for it."""


def turn(
    angle: float, turn_to: Callable[[float], None], middle: Callable[[], tuple[float, float]]
) -> Gesture:
    """Turn from `angle` on, along with the hand, around the window's middle."""
    if (first := (yield)) is None:
        return
    before, turned = _direction(first, middle()), angle
    while (pointer := (yield)) is not None:
        now = _direction(pointer, middle())
        # By the short way round, so that the hand may go round and round.
        turned += (now - before + 180) % 360 - 180
        before = now
        turn_to(round(turned / STEP) * STEP if _is_stepwise(pointer.keys) else turned)


def _direction(pointer: Pointer, middle: tuple[float, float]) -> float:
    return degrees(atan2(pointer.y - middle[1], pointer.x - middle[0]))


def _is_stepwise(keys: Keys) -> bool:
    """Shift asks for steps unless it is what began the turning, with Space; then Ctrl does."""
    return keys.ctrl or (keys.shift and not keys.space)
