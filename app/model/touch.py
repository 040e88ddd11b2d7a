"""What a brush does at a given pressure."""

from dataclasses import replace
from math import floor, inf, log2
from typing import NamedTuple

from app.model.brush import SIZES, Brush
from app.model.stamp import StampCache, Stamps

STEPS = 1024
"""How many pressures are told apart."""
FINEST = 0.25
"""The least difference between two sizes, in pixels: a hard edge moves by half of it."""
GRAIN = 3 / 255
"""By so little opacity may change from dab to dab: more would show each of them."""
PER_FALLOFF = 25
"""A soft rim may differ by so small a part of its width: by 4 levels at its steepest."""


class Touch(NamedTuple):
    """How a dab falls: its stamps, how much of them is set (0…255), how far off the next one is."""

    stamps: Stamps
    opacity: int
    spacing: float


class Touches:
    """The touches of one brush, each worked out when the hand first presses like that.

    Sizes are rounded to steps that nobody can see, so that few stamps serve a whole stroke.
    """

    def __init__(self, brush: Brush, cache: StampCache) -> None:
        self._plain = replace(brush, size_pressure=False, opacity_pressure=False)
        self._sizes, self._fades = brush.size_pressure, brush.opacity_pressure
        self._cache = cache
        self._known: dict[int, Touch] = {}

    @property
    def grain(self) -> float:
        """By how much pressure may change from dab to dab."""
        return GRAIN if self._fades else inf

    def at(self, pressure: float) -> Touch:
        """The touch for a pressure of 0…1."""
        step = int(pressure * STEPS + 0.5)
        found = self._known.get(step)
        if found is None:
            found = self._known[step] = self._touch(step / STEPS)
        return found

    def _touch(self, share: float) -> Touch:
        brush = _shrunk(self._plain, share) if self._sizes else self._plain
        opacity = round(255 * share) if self._fades else 255
        return Touch(self._cache.stamps(brush), opacity, brush.spacing)


def _shrunk(brush: Brush, share: float) -> Brush:
    """The brush with a share of its size, or nearly so; it stays as soft as it is."""
    if share == 1:
        return brush
    size = max(SIZES[0], brush.size * share)
    falloff = max(1.0, size / 2 * (1 - brush.hardness))
    step = 2.0 ** floor(log2(max(FINEST, falloff / PER_FALLOFF)))
    return replace(brush, size=max(SIZES[0], round(size / step) * step))
