"""What a dab adds to one before it."""

from collections.abc import Iterable
from math import ceil, floor, hypot, inf, sqrt
from typing import Protocol

from app.model.geometry import EMPTY, Rect
from app.model.stamp import Place


class Round(Protocol):
    """The tip of a round brush (see `Stamps`)."""

    grid: int
    offset: float
    reach: int


def fresh(tip: Round, before: Place, places: Iterable[Place]) -> Rect:
    """Around all pixels that dabs of a tip may change, after one that was set before them.

    Of two dabs the second is fuller only where its middle is the nearer one: in the half of it
    that lies ahead.
    """
    left = top = inf
    right = bottom = -inf
    for place in places:
        dx, dy = (place[0] - before[0]) / tip.grid, (place[1] - before[1]) / tip.grid
        before, step = place, hypot(dx, dy)
        if step:
            x, y = ((each + 0.5 - tip.offset) / tip.grid for each in place)
            across = _extent(dx / step, dy / step, step / 2, tip.reach + 1)
            down = _extent(dy / step, dx / step, step / 2, tip.reach + 1)
            left, right = min(left, x + across[0]), max(right, x + across[1])
            top, bottom = min(top, y + down[0]), max(bottom, y + down[1])
    return Rect(floor(left), floor(top), ceil(right), ceil(bottom)) if left < right else EMPTY


def _extent(ahead: float, aside: float, half: float, radius: float) -> tuple[float, float]:
    """How far what lies ahead of a disc's chord goes from its middle along one axis, either way.

    The chord lies `half` a step behind the middle; `ahead` and `aside` are a step's shares of this
    axis and of the other. It goes to the disc's own end, or to one of the chord's.
    """
    chord = abs(aside) * sqrt(max(0.0, radius * radius - half * half))
    least = -radius if ahead * radius <= half else -half * ahead - chord
    most = radius if ahead * radius >= -half else chord - half * ahead
    return least, most
