"""Gestures: what a hand does between pressing and letting go, each told as one story.

A gesture takes a `Pointer` for each move and None for the release. When a key is pressed or let go
of in between, it takes the pointer again, with other keys. Closing it means that it never happened.

One that goes on after None lasts: it takes the pointer wherever it hovers, a "press" with which
another drag begins and the None that ends it, or an "unpress" if that drag never happened, and what
Enter and Backspace say. It returns when it is finished.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import suppress
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from app.model.brush import Sample

Act = Literal["move", "press", "unpress", "finish", "back"]


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
    act: Act = "move"


Gesture = Generator[None, Pointer | None, None]


class Fresh:
    """Tells which keys were pressed after a gesture began.

    Those that were held already said what the gesture is; they have to be let go of before they
    can say how it is done.
    """

    def __init__(self, held: Keys) -> None:
        self._stale = held

    def __call__(self, held: Keys) -> Keys:
        self._stale = Keys(*(old and now for old, now in zip(self._stale, held, strict=True)))
        return Keys(*(now and not old for old, now in zip(self._stale, held, strict=True)))


class Hand:
    """Carries out one drag at a time, and keeps one gesture waiting that lasts longer."""

    def __init__(self) -> None:
        self._drag: Gesture | None = None
        self._waiting: Gesture | None = None
        self._is_resumed = False
        self._pointer: Pointer | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a drag is under way."""
        return self._drag is not None

    @property
    def is_waiting(self) -> bool:
        """Whether a gesture goes on between two drags."""
        return self._waiting is not None

    def press(self, gesture: Gesture, pointer: Pointer) -> None:
        """Begin a gesture; a drag that is under way never happened."""
        if self._drag is not None:
            self.drop()
        self._drag, self._is_resumed = gesture, False
        with suppress(StopIteration):
            next(gesture)
            self._send(pointer._replace(act="press"))
            return
        self._drag = None

    def resume(self, pointer: Pointer) -> None:
        """Press again for the gesture that waits."""
        self._drag, self._waiting, self._is_resumed = self._waiting, None, True
        self._send(pointer._replace(act="press"))

    def move(self, pointer: Pointer) -> None:
        """Drag to, or hover over, another place."""
        self._send(pointer)

    def hold(self, keys: Keys) -> None:
        """Other keys are held now; the hand is where it was."""
        if self._pointer is not None and keys != self._pointer.keys:
            self._send(self._pointer._replace(keys=keys, act="move"))

    def say(self, act: Act) -> None:
        """Tell the gesture that waits what a key says."""
        if self._waiting is not None and self._drag is None and self._pointer is not None:
            self._send(self._pointer._replace(act=act))

    def release(self) -> None:
        """End the drag; what it did stays. Its gesture may last."""
        gesture, self._drag = self._drag, None
        if gesture is None:
            return
        with suppress(StopIteration):
            gesture.send(None)
            self._waiting = gesture

    def take_back(self) -> None:
        """Break the drag off; a gesture that it was only a part of waits on."""
        if self._drag is None or not self._is_resumed or self._pointer is None:
            self.drop()
        else:
            self._waiting, self._drag = self._drag, None
            self._send(self._pointer._replace(act="unpress"))

    def drop(self) -> None:
        """Break the drag off, or else what waits; what it did is taken back."""
        gesture = self._drag or self._waiting
        if gesture is not None:
            self._forget(gesture)
            gesture.close()

    def drop_waiting(self) -> None:
        """Break off what waits, and no drag."""
        if self._waiting is not None:
            gesture, self._waiting = self._waiting, None
            gesture.close()

    def drop_all(self) -> None:
        """Break everything off."""
        self.drop()
        self.drop()

    def _send(self, pointer: Pointer) -> None:
        self._pointer = pointer
        gesture = self._drag or self._waiting
        if gesture is None:
            return
        try:
            gesture.send(pointer)
        except StopIteration:
            self._forget(gesture)

    def _forget(self, gesture: Gesture) -> None:
        if gesture is self._drag:
            self._drag = None
        else:
            self._waiting = None
