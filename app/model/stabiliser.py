"""A steady hand: the brush is pulled along on a string."""

from math import hypot

from app.model.brush import Sample

LONGEST = 80.0
"""The longest string, in pixels of the screen: hands shake on the desk, not in the picture."""


class Stabiliser:
    """Follows a hand only where that pulls, so that its trembling never reaches the brush.

    `strength` is 0…1; at `zoom` a pixel of the picture is so many of the screen.
    """

    def __init__(self, strength: float, zoom: float) -> None:
        self._string = strength * LONGEST / zoom
        self._hand: Sample | None = None
        self._tip: Sample | None = None

    def follow(self, hand: Sample) -> Sample:
        """Where the brush is when the hand is there."""
        tip = self._hand = hand
        if self._tip is not None and self._string:
            dx, dy = hand.x - self._tip.x, hand.y - self._tip.y
            distance = hypot(dx, dy)
            pulled = 1 - self._string / distance if distance > self._string else 0.0
            tip = Sample(self._tip.x + dx * pulled, self._tip.y + dy * pulled, hand.pressure)
        self._tip = tip
        return tip

    def let_go(self) -> Sample | None:
        """Where the hand was last; the brush catches up with it."""
        return None if self._tip == self._hand else self._hand
