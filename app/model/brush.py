"""The brush, and the samples of a hand that it follows. No arrays here: start-up needs this."""

from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

from app.model.settings import check, ranged

SIZES = (1.0, 2000.0)
STAMPED = (40, 2000)
"""How long stamps are that are kept: one at least, all those beside each other at most."""


class Sample(NamedTuple):
    """Where a hand was, in picture pixels: pixel (i, j) covers i ≤ x < i + 1, j ≤ y < j + 1.

    `pressure` is 0…1, and 1 for a device that has none.
    """

    x: float
    y: float
    pressure: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Brush:
    """A round brush of diameter `size` in picture pixels.

    It is full up to `hardness` times its radius and falls off as a cosine to its rim; the rim of
    a hard brush is one pixel wide, which is what makes it smooth. `opacity` is the most that a
    stroke can reach, however often it crosses itself. A pen's pressure lessens what it is told
    to: the size, the opacity or both.
    """

    size: float = ranged(80.0, *SIZES)
    hardness: float = ranged(0.5, 0, 1)
    opacity: float = ranged(1.0, 0, 1)
    size_pressure: bool = True
    opacity_pressure: bool = False

    def __post_init__(self) -> None:
        check(self)

    @property
    def radius(self) -> float:
        return self.size / 2

    @property
    def falloff(self) -> float:
        """The width of the rim, from full to nothing."""
        return max(1.0, self.radius * (1 - self.hardness))

    @property
    def inner(self) -> float:
        """The radius up to which the brush is full."""
        return max(0.0, self.radius * (1 + self.hardness) / 2 - self.falloff / 2)

    @property
    def outer(self) -> float:
        """The radius from which on it does nothing."""
        return self.inner + self.falloff

    @property
    def is_hard(self) -> bool:
        return self.falloff == 1.0

    @property
    def spacing(self) -> float:
        """The distance between two dabs along a stroke.

        Dabs leave scallops of depth spacing² / 8 r. On a hard edge they stay under 0.022 px, or
        under 0.05 px where dabs lie so exactly that nothing adds to that; on a soft one under 5
        levels at its steepest, and never farther apart than a tenth of the size.
        """
        hard = sqrt((0.17 if self.fits_stamps else 0.4) * self.radius)
        if self.is_hard:
            return max(0.4, hard)
        middle = self.inner + self.falloff / 2
        return max(0.4, min(0.09 * self.size, max(hard, sqrt(0.08 * middle * self.falloff))))

    @property
    def grid(self) -> int:
        """To how many places a pixel and axis dabs are rounded: 1, 4 or 8.

        The steeper the rim, the more a rounded place shows.
        """
        if self.falloff < 24:
            return 8
        return 4 if self.falloff < 100 else 1

    @property
    def fits_stamps(self) -> bool:
        """Whether it pays to keep a stamp for each of those places; else dabs are drawn anew.

        Small dabs are drawn as quickly, and exactly where they belong; large ones would take
        more than 4 MB to keep.
        """
        side = 2 * self.outer
        return self.grid == 1 or (side > STAMPED[0] and side * self.grid <= STAMPED[1])
