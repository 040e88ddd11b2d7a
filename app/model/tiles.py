"""A plane cut into squares, so that changes are kept and looked at piece by piece."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from app.model.geometry import Rect, Size

TILE = 128
"""The side of a tile: smaller ones cost more calls, larger ones more bytes an undo step."""


@dataclass(frozen=True)
class Tiles:
    """The tiles of a plane of `size`, numbered in reading order; those at the edge are cut off."""

    size: Size

    @cached_property
    def columns(self) -> int:
        return -(-self.size.width // TILE)

    @cached_property
    def rows(self) -> int:
        return -(-self.size.height // TILE)

    def __len__(self) -> int:
        return self.columns * self.rows

    def rect(self, tile: int) -> Rect:
        """The pixels of a tile."""
        row, column = divmod(tile, self.columns)
        left, top = column * TILE, row * TILE
        return Rect(
            left,
            top,
            min(left + TILE, self.size.width),
            min(top + TILE, self.size.height),
        )

    def merged(self, tiles: Iterable[int]) -> list[Rect]:
        """Few rectangles that cover these tiles and no other; none of them overlap."""
        growing: dict[tuple[int, int], Rect] = {}
        finished: list[Rect] = []
        for run in self._runs(sorted(tiles)):
            sides = run.left, run.right
            above = growing.get(sides)
            if above is not None and above.bottom == run.top:
                run = above.united(run)
            elif above is not None:
                finished.append(above)
            growing[sides] = run
        return [*finished, *growing.values()]

    def _runs(self, tiles: Iterable[int]) -> Iterator[Rect]:
        """Neighbours in a row of tiles joined."""
        run: Rect | None = None
        for tile in tiles:
            rect = self.rect(tile)
            if run is not None and run.top == rect.top and run.right == rect.left:
                run = run.united(rect)
                continue
            if run is not None:
                yield run
            run = rect
        if run is not None:
            yield run
