"""What an operation is asked to do. No arrays here: the window offers all of them early."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from app.model.selecting import MODES
from app.model.settings import check, chosen, ranged

DARK, BRIGHT = "dark", "bright"
CLEAR, OPAQUE = "transparent", "opaque"


class _Checked:
    """A record whose fields are checked when it is made."""

    __slots__ = ()

    def __post_init__(self) -> None:
        check(self)  # type: ignore[arg-type]  # each of them is a dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Grow(_Checked):
    """Let the mask reach `radius` pixels further in all directions."""

    radius: float = ranged(8.0, 1, 250)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shrink(_Checked):
    """Take `radius` pixels off the mask's edge; the picture's own edge takes nothing off."""

    radius: float = ranged(8.0, 1, 250)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feather(_Checked):
    """Make edges soft: a Gaussian of `radius` pixels standard deviation."""

    radius: float = ranged(8.0, 0.5, 250)


@dataclass(frozen=True, slots=True, kw_only=True)
class Smooth(_Checked):
    """Round corners and straighten ragged edges, over about `radius` pixels.

    With `hardness` 1 edges are crisp afterwards, with 0 they are as soft as feathered ones.
    """

    radius: float = ranged(6.0, 1, 50)
    hardness: float = ranged(1.0, 0, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels(_Checked):
    """Spread what lies between `black` and `white` over all levels, then multiply by `strength`.

    `gamma` above 1 lifts what is in between, below 1 it lowers it.
    """

    black: float = ranged(0.0, 0, 254)
    white: float = ranged(255.0, 1, 255)
    gamma: float = ranged(1.0, 0.1, 10)
    strength: float = ranged(1.0, 0, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveSpecks(_Checked):
    """Clear parts of less than `area` pixels that touch nothing else."""

    area: float = ranged(64.0, 2, 100_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class FillHoles(_Checked):
    """Fill holes of less than `area` pixels, or of any size, up to what is around them."""

    area: float = ranged(64.0, 2, 100_000)
    any_size: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FromAlpha(_Checked):
    """Join the parts of the picture that are `part` to the mask, as far as they are."""

    part: str = chosen(CLEAR, (CLEAR, OPAQUE))
    mode: str = chosen("replace", MODES)


@dataclass(frozen=True, slots=True, kw_only=True)
class FromLuminance(_Checked):
    """Join the bright or the dark parts of the picture to the mask.

    What is brighter than `white` counts in full, what is darker than `black` not at all; for the
    dark parts the other way round.
    """

    part: str = chosen(BRIGHT, (BRIGHT, DARK))
    black: float = ranged(0.0, 0, 254)
    white: float = ranged(255.0, 1, 255)
    mode: str = chosen("replace", MODES)


@dataclass(frozen=True, slots=True, kw_only=True)
class FromChange(_Checked):
    """Join to the mask what is different in a result, by more than `threshold` levels.

    What differs by `softness` levels more counts in full, between the two in part.
    """

    threshold: float = ranged(12.0, 1, 255)
    softness: float = ranged(16.0, 0, 255)
    mode: str = chosen("replace", MODES)


Settings: TypeAlias = (
    Grow
    | Shrink
    | Feather
    | Smooth
    | Levels
    | RemoveSpecks
    | FillHoles
    | FromAlpha
    | FromLuminance
    | FromChange
)
