"""Gestures: what a hand does between pressing and letting go, each told as one story.

A gesture takes a `Pointer` for each move and None for the release. When a key is pressed or let go
of in between, it takes the pointer again, with other keys. Closing it means that it never happened.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from app.model.brush import Sample


class Keys(NamedTuple):
    """The keys that are held and mean something to a gesture."""

    shift: bool = False
    alt: bool = False
    ctrl: bool = False
    space: bool = False


class Pointer(NamedTuple):
    """Where the hand is, in the window's device pixels and in the picture, and what it holds."""

    x: float
    y: float
    sample: Sample
    keys: Keys = Keys()


Gesture = Generator[None, Pointer | None, None]


class Hand:
    """Carries out one gesture at a time."""

    def __init__(self) -> None:
        self._gesture: Gesture | None = None
        self._pointer: Pointer | None = None

    @property
    def is_busy(self) -> bool:
        return self._gesture is not None

    def press(self, gesture: Gesture, pointer: Pointer) -> None:
        """Begin a gesture; one that is under way never happened."""
        self.drop()
        next(gesture)
        self._gesture = gesture
        self.move(pointer)

    def move(self, pointer: Pointer) -> None:
        if self._gesture is not None:
            self._pointer = pointer
            self._gesture.send(pointer)

    def hold(self, keys: Keys) -> None:
        """Other keys are held now; the hand is where it was."""
        if self._pointer is not None and keys != self._pointer.keys:
            self.move(self._pointer._replace(keys=keys))

    def release(self) -> None:
        """End the gesture; what it did stays."""
        gesture = self._take()
        if gesture is not None:
            with suppress(StopIteration):
                gesture.send(None)

    def drop(self) -> None:
        """Break the gesture off; what it did is taken back."""
        gesture = self._take()
        if gesture is not None:
            gesture.close()

    def _take(self) -> Gesture | None:
        gesture, self._gesture = self._gesture, None
        self._pointer = None
        return gesture
