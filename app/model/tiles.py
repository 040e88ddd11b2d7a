"""A plane cut into squares, so that changes are kept and looked at piece by piece."""

from collections.abc import Iterable, Iterator, Sequence
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

    def block(self, rect: Rect) -> Rect:
        """The columns and rows of all tiles that have pixels of a rectangle."""
        left, top, right, bottom = rect
        return Rect(left // TILE, top // TILE, (right - 1) // TILE + 1, (bottom - 1) // TILE + 1)

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

    def _runs(self, tiles: Sequence[int]) -> Iterator[Rect]:
        """Neighbours in a row of tiles joined."""
        first = 0
        for at, tile in enumerate(tiles, start=1):
            if at == len(tiles) or tiles[at] != tile + 1 or tiles[at] % self.columns == 0:
                yield self.rect(tiles[first]).united(self.rect(tile))
                first = at
