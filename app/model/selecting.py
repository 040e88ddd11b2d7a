"""What the tools remember that select areas. No arrays here: start-up needs this."""

from dataclasses import dataclass
from typing import Literal, get_args

from app.model.settings import check, ranged

Mode = Literal["add", "subtract", "intersect", "replace"]
"""How an area and the mask become the new mask."""
MODES: tuple[Mode, ...] = get_args(Mode)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selecting:
    """How a tool selects an area.

    `feather` is how far its edge is blurred, in pixels, `opacity` the most that it paints. Colours
    are alike up to `tolerance` levels of their most different channel; `contiguous` areas end at
    the first other colour, others lie anywhere in the picture.
    """

    feather: float = ranged(0.0, 0, 250)
    opacity: float = ranged(1.0, 0, 1)
    tolerance: float = ranged(32.0, 0, 255)
    contiguous: bool = True

    def __post_init__(self) -> None:
        check(self)
