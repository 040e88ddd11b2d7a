"""A curve that an artist draws: how much comes out for what goes in. No arrays here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Point = tuple[float, float]

LINE: tuple[Point, ...] = ((0.0, 0.0), (1.0, 1.0))
STEPS = 1024
"""How finely the curve is worked out; pens tell pressure in 1024 steps or more."""
MOST_POINTS = 8
GAP = 1 / 64
"""How close two points may come, across."""
ROUNDING = 1e-9
"""What may be lost of that when a place is worked out."""


@dataclass(frozen=True)
class Curve:
    """A smooth way through a few points of the unit square that never goes down.

    The first point lies at 0, the last at 1; in between they go from left to right and upwards.
    """

    points: tuple[Point, ...] = LINE

    def __post_init__(self) -> None:
        across, up = zip(*self.points, strict=True)
        if not (
            2 <= len(self.points) <= MOST_POINTS
            and (across[0], across[-1]) == (0, 1)
            and all(right - left >= GAP - ROUNDING for left, right in pairwise(across))
            and all(low <= high for low, high in pairwise((0, *up, 1)))
        ):
            raise ValueError(f"points: {self.points}")

    def at(self, x: float) -> float:
        """What comes out for `x`, 0…1."""
        return self._table[int(min(max(x, 0.0), 1.0) * STEPS + 0.5)]

    def with_point(self, index: int, point: Point) -> Curve:
        """A point moved as far as its neighbours allow; the ends stay at the sides."""
        points = list(self.points)
        x, y = point
        left = points[index - 1] if index else (0.0, 0.0)
        right = points[index + 1] if index + 1 < len(points) else (1.0, 1.0)
        if index in (0, len(points) - 1):
            x = points[index][0]
        else:
            x = min(max(x, left[0] + GAP), right[0] - GAP)
        points[index] = x, min(max(y, left[1]), right[1])
        return Curve(tuple(points))

    def plus_point(self, x: float) -> Curve:
        """One point more, on the curve; the same curve where there is no room for it."""
        has_room = all(abs(x - each) >= GAP for each, _ in self.points)
        if len(self.points) == MOST_POINTS or not (has_room and 0 < x < 1):
            return self
        return Curve(tuple(sorted((*self.points, (x, self.at(x))))))

    def minus_point(self, index: int) -> Curve:
        """One point fewer; the ends stay."""
        if index in (0, len(self.points) - 1):
            return self
        return Curve(self.points[:index] + self.points[index + 1 :])

    @cached_property
    def _table(self) -> tuple[float, ...]:
        slopes = _slopes(self.points)
        piece, table = 0, []
        for step in range(STEPS + 1):
            x = step / STEPS
            while x > self.points[piece + 1][0]:
                piece += 1
            table.append(_between(self.points[piece : piece + 2], slopes[piece : piece + 2], x))
        return tuple(table)


STRAIGHT = Curve()


def _slopes(points: Sequence[Point]) -> list[float]:
    """The curve's slope at each point, so chosen that it goes down nowhere.

    In between it is the harmonic mean of the two neighbouring ones: flat as soon as one of them
    is, and never more than twice the flatter (Fritsch and Butland, 1984).
    """
    straight = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in pairwise(points)]
    inner = [2 * a * b / (a + b) if a + b else 0.0 for a, b in pairwise(straight)]
    return [straight[0], *inner, straight[-1]]


def _between(ends: Sequence[Point], slopes: Sequence[float], x: float) -> float:
    """The cubic through two points with the slopes that it has there."""
    (left, low), (right, high) = ends
    width = right - left
    t = (x - left) / width
    value = (
        low * (1 + 2 * t) * (1 - t) ** 2
        + high * t * t * (3 - 2 * t)
        + width * (slopes[0] * t * (1 - t) ** 2 - slopes[1] * t * t * (1 - t))
    )
    return min(max(value, 0.0), 1.0)
