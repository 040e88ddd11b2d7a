"""A plane cut into squares, so that changes are kept and looked at piece by piece."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.model.geometry import Rect, Size, union

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

    def covering(self, tiles: Collection[int], around: Rect | None = None) -> list[Rect]:
        """Very few rectangles that cover all pixels of these tiles, or of those `around` them.

        They may cover other tiles as well, where that makes them fewer but not much more.
        """
        if around is not None and around.size.area < 2 * len(tiles) * TILE * TILE:
            return [around]
        rects = self.merged(tiles)
        if around is not None:
            rects = [part for rect in rects if not (part := rect.within(around)).is_empty]
        whole = union(rects)
        return [whole] if whole.size.area < 2 * sum(rect.size.area for rect in rects) else rects

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
        columns, first, last = self.columns, -1, -2
        for tile in tiles:
            if tile != last + 1 or tile % columns == 0:
                if first >= 0:
                    yield self._run(first, last)
                first = tile
            last = tile
        if first >= 0:
            yield self._run(first, last)

    def _run(self, first: int, last: int) -> Rect:
        """The pixels of some tiles beside each other."""
        left, top, _, bottom = self.rect(first)
        return Rect(left, top, self.rect(last).right, bottom)
