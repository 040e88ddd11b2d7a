"""What a brush does at a given pressure."""

from dataclasses import replace
from math import floor, inf, log2
from typing import NamedTuple

from app.model.brush import SIZES, Brush
from app.model.disc import Disc
from app.model.stamp import StampCache, Stamps

STEPS = 1024
"""How many pressures are told apart."""
FINEST = 0.25
"""The least difference between two sizes, in pixels: a hard edge moves by half of it."""
GRAIN = 3 / 255
"""By so little opacity may change from dab to dab: more would show each of them."""
PER_FALLOFF = 25
"""A soft rim may differ by so small a part of its width: by 4 levels at its steepest."""

Tip = Stamps | Disc


class Nib(NamedTuple):
    """How a dab falls: by which tip, how much of it (0…255), and how far off the next one is."""

    tip: Tip
    opacity: int
    spacing: float


class Nibs:
    """The nibs of one brush, each worked out when the hand first presses like that.

    Sizes are rounded to steps that nobody can see, so that few stamps serve a whole stroke.
    """

    def __init__(self, brush: Brush, cache: StampCache) -> None:
        self._plain = replace(brush, size_pressure=False, opacity_pressure=False)
        self._sizes, self._fades = brush.size_pressure, brush.opacity_pressure
        self._cache = cache
        self._known: dict[int, Nib] = {}  # by the step of pressure
        self._made: dict[tuple[float, int], Nib] = {}  # by size and opacity

    @property
    def grain(self) -> float:
        """By how much pressure may change from dab to dab."""
        return GRAIN if self._fades else inf

    def at(self, pressure: float) -> Nib:
        """The nib for a pressure of 0…1."""
        step = int(pressure * STEPS + 0.5)
        found = self._known.get(step)
        if found is None:
            found = self._known[step] = self._nib(step / STEPS)
        return found

    def _nib(self, share: float) -> Nib:
        size = self._shrunk(share) if self._sizes else self._plain.size
        opacity = round(255 * share) if self._fades else 255
        full = self._made.get((size, 255)) or self._full(size)
        return self._made.setdefault((size, opacity), full._replace(opacity=opacity))

    def _full(self, size: float) -> Nib:
        """The nib of a size when nothing fades."""
        brush = replace(self._plain, size=size)
        nib = self._made[size, 255] = Nib(self._tip(brush), 255, brush.spacing)
        return nib

    def _tip(self, brush: Brush) -> Tip:
        """Stamps that are worth to be kept; else what draws each dab anew."""
        is_kept = brush.fits_stamps and (brush.grid == 1 or brush.size == self._plain.size)
        return self._cache.stamps(brush) if is_kept else Disc(brush)

    def _shrunk(self, share: float) -> float:
        """A share of the size, or nearly so."""
        if share == 1:
            return self._plain.size
        size = self._plain.size * share
        falloff = size / 2 * (1 - self._plain.hardness)
        step = 2.0 ** floor(log2(max(FINEST, falloff / PER_FALLOFF)))
        return min(max(SIZES[0], round(size / step) * step), self._plain.size)
