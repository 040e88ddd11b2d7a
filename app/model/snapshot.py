"""A mask as it was at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.model.blank import blank

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.model.geometry import Rect, Size
    from app.model.picture import Plane


@dataclass(frozen=True, eq=False)
class Snapshot:
    """What a mask held when it was taken: the one value of an area, or a copy of what is in it.

    Taking it costs no more than the areas where values differ; the plane, with all its memory, is
    to be made in a thread.
    """

    size: Size
    parts: Sequence[tuple[Rect, int | Plane]]
    """They do not overlap; beside them there is no paint."""

    def plane(self) -> Plane:
        """The values of all pixels, read-only. Takes a while: run it in a thread."""
        plane = blank(self.size)
        for rect, value in self.parts:
            plane[rect.slices] = value
        plane.setflags(write=False)
        return plane
