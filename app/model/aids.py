"""What helps the hand that paints. No arrays here: start-up needs this."""

from dataclasses import dataclass
from typing import Literal, get_args

from app.model.geometry import Size
from app.model.settings import check, chosen, ranged

Symmetry = Literal["off", "vertical", "horizontal", "both"]
SYMMETRIES: tuple[Symmetry, ...] = get_args(Symmetry)

Axis = tuple[tuple[float, float], tuple[float, float]]
"""From one end to the other, in picture pixels."""


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

    def axes(self, size: Size) -> tuple[Axis, ...]:
        """The axes of symmetry in a picture of a size, each from one of its sides to the other."""
        x, y = size.width / 2, size.height / 2
        vertical: Axis = (x, 0.0), (x, float(size.height))
        horizontal: Axis = (0.0, y), (float(size.width), y)
        lines: dict[Symmetry, tuple[Axis, ...]] = {
            "off": (),
            "vertical": (vertical,),
            "horizontal": (horizontal,),
            "both": (vertical, horizontal),
        }
        return lines[self.symmetry]


UNAIDED = Aids()
