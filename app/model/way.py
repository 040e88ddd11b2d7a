"""The way of a brush: a smooth line through a hand's samples, and where dabs fall on it."""

from collections.abc import Callable
from math import ceil, hypot, inf, sqrt

from app.model import kernels
from app.model.brush import Sample

Point = tuple[float, float]

Spot = tuple[float, float, float]
"""Where a dab falls, and the pressure there."""

FLAT = 0.05
"""How far a curve may lie off the straight pieces that stand for it, in pixels."""


NOWHERE = 1e-6
"""So few pixels are no move: nobody sees them, and their squares may be no numbers any more."""

STRAIGHT: Point = (0.0, 0.0)

Line = tuple[float, float, float]
"""Straight from sample to sample: the direction, as x and y of a step of 1, and the length."""


class Way:
    """A line that grows with the hand: a dab at its start, then one after every spacing.

    `spacing` tells how far off the next dab is, by the pressure at the last one; where pressure
    changes by more than `grain` on the way, dabs lie closer.

    The line ends at the newest sample at once, and what lies behind it never changes. So each piece
    knows where it comes from but not where it goes: it starts in the direction of the circle
    through its two ends and the sample before, and goes on bending alike. A straight line stays
    exactly that, a circle nearly so, and a corner stays a corner.
    """

    def __init__(self, spacing: Callable[[float], float], grain: float = inf) -> None:
        self._spacing = spacing
        self._grain = grain
        self._end: Sample | None = None
        self._line: Line | None = None
        self._ahead = 0.0  # from the line's end to the next dab
        self._last: Spot | None = None

    def to(self, sample: Sample) -> list[Spot]:
        """Go on to the sample; the dabs that this adds."""
        start, self._end = self._end, sample
        if start is None:
            return self._go(sample, STRAIGHT, sample, 1)
        x, y = sample[0] - start[0], sample[1] - start[1]
        length = hypot(x, y)
        if length < NOWHERE:
            return []
        before, self._line = self._line, (x / length, y / length, length)
        bow = _bow(before, self._line) if before else None
        if bow is None:
            return self._go(start, STRAIGHT, sample, 1)
        return self._go(start, bow, sample, ceil(sqrt(hypot(*bow) / FLAT)))

    def rest(self) -> list[Spot]:
        """The very end of the line, unless a dab is there already."""
        if self._end is None or self._last == self._end:
            return []
        self._ahead = self._spacing(self._end.pressure)
        self._last = self._end
        return [self._end]

    def _go(self, start: Sample, bow: Point, end: Sample, pieces: int) -> list[Spot]:
        """Go along a parabola whose middle lies by `bow` off the straight line."""
        pressure = end[2]
        if pressure == start[2]:  # as with a mouse: nothing but the place changes on the way
            spacing = self._spacing(pressure)
            walked = kernels.walk(start, bow, end, pieces, pressure, self._ahead, spacing)
            spots, self._ahead = walked
        else:
            spots = self._swell(start, bow, end, pieces)
        if spots:
            self._last = spots[-1]
        return spots

    def _swell(self, start: Sample, bow: Point, end: Sample, pieces: int) -> list[Spot]:
        """The same while the pressure changes."""
        spots: list[Spot] = []
        here: Spot = start
        for number in range(1, pieces):
            t = number / pieces
            off = 4 * t * (1 - t)
            there = (
                start.x + (end.x - start.x) * t + bow[0] * off,
                start.y + (end.y - start.y) * t + bow[1] * off,
                start.pressure + (end.pressure - start.pressure) * t,
            )
            self._straight(here, there, spots)
            here = there
        self._straight(here, end, spots)
        return spots

    def _straight(self, start: Spot, end: Spot, spots: list[Spot]) -> None:
        """Go along a straight line."""
        x, y, pressure = start
        dx, dy, rise = end[0] - x, end[1] - y, end[2] - pressure
        length = sqrt(dx * dx + dy * dy)
        if not length:
            return
        most = length * self._grain / abs(rise) if rise else inf
        ahead = min(self._ahead, most)
        while ahead <= length:
            share = ahead / length
            here = pressure + rise * share
            spots.append((x + dx * share, y + dy * share, here))
            ahead += min(most, self._spacing(here))
        self._ahead = ahead - length


def _bow(before: Line, now: Line) -> Point | None:
    """How far the middle of a piece lies off the straight line; None if that is next to nothing.

    Through three points of a circle the new piece keeps to it. Where the hand turns by more than
    60° it means a corner, and a piece much shorter than the new one says little about direction.
    """
    (x0, y0, last), (x1, y1, length) = before, now
    turn = x0 * x1 + y0 * y1
    if turn <= 0:
        return None
    reach = length * length / (last + length) / 4
    if turn < 0.5:
        reach *= 2 * turn
    if last < length / 2:
        reach *= 2 * last / length
    x, y = (x0 - x1) * reach, (y0 - y1) * reach
    return (x, y) if x * x + y * y > FLAT * FLAT else None
