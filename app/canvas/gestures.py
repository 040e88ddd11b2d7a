"""Gestures: what a hand does between pressing and letting go, each told as one story.

A gesture takes a `Pointer` for each move and None for the release. Closing it means that it never
happened.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from app.model.brush import Brush, Sample
    from app.session.document import Document


class Pointer(NamedTuple):
    """Where the hand is: in the window's device pixels, and in the picture."""

    x: float
    y: float
    sample: Sample


Gesture = Generator[None, Pointer | None, None]


def paint(document: Document, brush: Brush, *, erase: bool) -> Gesture:
    """Paint from press to release; closing the gesture takes the stroke back."""
    with document.stroke(brush, erase=erase) as stroke:
        while (pointer := (yield)) is not None:
            stroke.extend(pointer.sample)


def pan(move: Callable[[float, float], None]) -> Gesture:
    """Push the picture along with the hand."""
    last = yield
    while last is not None and (pointer := (yield)) is not None:
        move(pointer.x - last.x, pointer.y - last.y)
        last = pointer


class Hand:
    """Carries out one gesture at a time."""

    def __init__(self) -> None:
        self._gesture: Gesture | None = None

    @property
    def is_busy(self) -> bool:
        return self._gesture is not None

    def press(self, gesture: Gesture, pointer: Pointer) -> None:
        """Begin a gesture; one that is under way never happened."""
        self.drop()
        next(gesture)
        self._gesture = gesture
        gesture.send(pointer)

    def move(self, pointer: Pointer) -> None:
        if self._gesture is not None:
            self._gesture.send(pointer)

    def release(self) -> None:
        """End the gesture; what it did stays."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            with suppress(StopIteration):
                gesture.send(None)

    def drop(self) -> None:
        """Break the gesture off; what it did is taken back."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.close()
