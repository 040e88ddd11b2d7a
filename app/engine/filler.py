"""The seam for fillers: what makes new pixels where the picture has a hole."""

from collections.abc import Callable
from typing import Protocol

from app.contract.parameters import Parameters
from app.model.picture import Plane

Report = Callable[[float], None]
"""Told how much of one fill is done, 0…1, never going back."""


class CannotFill(Exception):
    """A picture and a hole that this filler can do nothing with; the text says why."""


class Filler(Protocol):
    """Paints one variant. It runs in a worker process and may take as long as it needs."""

    def fill(
        self, picture: Plane, hole: Plane, parameters: Parameters, *, seed: int, report: Report
    ) -> Plane:
        """New pixels for `picture`, shape (height, width, 3) in red, green, blue.

        `hole` has shape (height, width), non-zero = to be painted; all else must come back as it
        was. Equal arguments give equal pixels. Raises `CannotFill`.
        """
