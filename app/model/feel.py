"""How hard a pen presses, as the one who holds it means it. No arrays here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.model.curve import STRAIGHT, Curve

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_FLOOR = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Feel:
    """What a pen's pressure comes to.

    The curve says how a harder hand is felt; `floor` is what the lightest touch comes to, so that
    it does not vanish.
    """

    floor: float = 0.05
    curve: Curve = STRAIGHT

    def __post_init__(self) -> None:
        if not 0 <= self.floor <= MOST_FLOOR:
            raise ValueError(f"floor: {self.floor}")

    def of(self, pressure: float) -> float:
        """What a pressure of 0…1, as the pen tells it, comes to, 0…1."""
        return self.floor + (1 - self.floor) * self.curve.at(pressure)

    def state(self) -> dict[str, Any]:
        """All that is worth remembering, for `remembered`."""
        return {"floor": self.floor, "points": [list(point) for point in self.curve.points]}

    @classmethod
    def remembered(cls, state: Mapping[str, Any]) -> Feel:
        """The feel that was remembered; the usual one where that makes no sense."""
        try:
            points = tuple((float(x), float(y)) for x, y in state["points"])
            return cls(floor=float(state["floor"]), curve=Curve(points))
        except (KeyError, TypeError, ValueError):
            return cls()
