"""What helps the hand that paints. No arrays here: start-up needs this."""

from dataclasses import dataclass
from typing import Literal, get_args

from app.model.settings import check, chosen, ranged

Symmetry = Literal["off", "vertical", "horizontal", "both"]
SYMMETRIES: tuple[Symmetry, ...] = get_args(Symmetry)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aids:
    """How a painting tool helps.

    `stabiliser` is how far the brush lags behind a shaking hand. `symmetry` repeats every dab
    beyond an axis through the picture's middle: a vertical one, a horizontal one, or both. With
    `edges` the brush paints only where the colour differs by at most `tolerance` levels from that
    under the stroke's beginning.
    """

    stabiliser: float = ranged(0.0, 0, 1)
    symmetry: Symmetry = chosen("off", SYMMETRIES)
    edges: bool = False
    tolerance: float = ranged(32.0, 0, 255)

    def __post_init__(self) -> None:
        check(self)
