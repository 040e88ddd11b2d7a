"""The mask: one 8-bit plane that says what is to be redrawn."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Self

import numpy as np
from numpy.typing import NDArray

from app.model import kernels
from app.model.blank import blank
from app.model.geometry import EMPTY, Rect, Size
from app.model.kernels.pure import MIXED
from app.model.picture import Plane
from app.model.snapshot import Snapshot
from app.model.tiles import TILE, Tiles

Notes = NDArray[np.int16]


class Mask:
    """A plane of a picture's size; 255 = redraw, 0 = keep.

    `plane` is C-contiguous and the only truth: it is written by numpy alone and merely read by
    whoever shows it. What is known of each tile is noted, so that hardly anything ever looks at
    the whole plane; who writes into tiles says so before (`keep_tiles`) and after (`settle_tiles`).
    `is_empty` and `box` are of the last finished edit.
    """

    def __init__(self, size: Size) -> None:
        self.plane: Plane = blank(size)
        self.tiles = Tiles(size)
        self._values = np.zeros((self.tiles.rows, self.tiles.columns), np.int16)
        self._painted = np.zeros((self.tiles.rows, self.tiles.columns), np.bool_)

    @classmethod
    def of(cls, plane: Plane) -> Self:
        """A mask with the values of `plane`, copied."""
        height, width = plane.shape
        mask = cls(Size(width, height))
        mask.plane[...] = plane
        before: dict[int, bytes] = {}
        mask.keep_tiles(Rect.of(mask.size), before)
        mask.settle_tiles(before)
        return mask

    @property
    def size(self) -> Size:
        return self.tiles.size

    @property
    def notes(self) -> Notes:
        """For each tile, row by row, the value that is all over it, or MIXED; merely to be read."""
        return self._values

    @property
    def is_empty(self) -> bool:
        return not self._painted.any()

    def tile(self, tile: int) -> Plane:
        """A view of one tile."""
        return self.plane[self.tiles.rect(tile).slices]

    def tile_bytes(self, tile: int) -> bytes:
        """The values of a tile; a single one where they are all the same."""
        value = self._values.item(tile)
        if value != MIXED:
            return bytes((value,))
        return kernels.tile_bytes(self.tile(tile))

    def keep_tiles(self, rect: Rect, before: dict[int, bytes]) -> Rect:
        """Before pixels are written: keep what their tiles hold that are not kept yet.

        The rectangle is around all these tiles.
        """
        block = self.tiles.block(rect)
        kernels.keep_tiles(self.plane, self._values, TILE, block, before)
        left, top, right, bottom = block
        return Rect(left * TILE, top * TILE, right * TILE, bottom * TILE)

    def settle_tiles(self, before: Mapping[int, bytes]) -> tuple[dict[int, bytes], Rect]:
        """After they were written: note what they hold.

        Those that changed, as they were before, and the rectangle around all pixels that did.
        """
        changed, around = kernels.settle_tiles(self.plane, self._values, TILE, before)
        self._note_paint()
        return changed, Rect(*around)

    def swap_tiles(self, tiles: Mapping[int, bytes]) -> dict[int, bytes]:
        """Give tiles other values, told as `tile_bytes` does; those that they had."""
        before = kernels.swap_tiles(self.plane, self._values, TILE, tiles)
        self._note_paint()
        return before

    def _note_paint(self) -> None:
        """Of all tiles, which is done sooner than some are picked."""
        np.not_equal(self._values, 0, out=self._painted)

    def tiles_without(self, value: int) -> list[int]:
        """The tiles of which it is not known that they hold this value alone."""
        tiles: list[int] = np.flatnonzero(self._values != value).tolist()
        return tiles

    def fill(self, value: int) -> dict[int, bytes]:
        """Give every pixel the same value; the tiles that had others, as they were."""
        before: dict[int, bytes] = {}
        self._level(self.tiles_without(value), value, before)
        return before

    def _level(self, tiles: Iterable[int], value: int, before: dict[int, bytes]) -> None:
        """Give every pixel of some tiles the same value, and keep what they held."""
        for rect in self.tiles.merged(tiles):
            self.keep_tiles(rect, before)
            self.plane[rect.slices] = value
            self._values[self.tiles.block(rect).slices] = value
        self._note_paint()

    def invert(self) -> None:
        """Swap what is redrawn and what is kept."""
        np.invert(self.plane, out=self.plane)
        known = self._values != MIXED
        np.subtract(255, self._values, out=self._values, where=known)
        self._note_paint()  # where values differ there is paint, inverted or not

    def parts(self, rect: Rect) -> Iterator[tuple[Rect, int]]:
        """`rect` as few rectangles along its tiles, with the value all over each or MIXED."""
        block = self.tiles.block(rect)
        values = self._values[block.slices]
        first = values.item(0)
        if (values == first).all():  # as below a dab, of which nothing is known yet
            yield rect, first
            return
        for value in np.unique(values).tolist():
            rows, columns = np.nonzero(values == value)
            tiles = (rows + block.top) * self.tiles.columns + columns + block.left
            for part in self.tiles.merged(tiles.tolist()):
                yield part.within(rect), value

    def box(self) -> Rect:
        """The smallest rectangle around all paint."""
        if self.is_empty:
            return EMPTY
        rough = self._painted_area()
        # Only the outermost tiles can make it smaller.
        top = _first(self.plane[rough._replace(bottom=rough.top + TILE).slices], axis=1)
        left = _first(self.plane[rough._replace(right=rough.left + TILE).slices], axis=0)
        bottom = _first(self.plane[rough._replace(top=_floor(rough.bottom)).slices][::-1], axis=1)
        right = _first(self.plane[rough._replace(left=_floor(rough.right)).slices][:, ::-1], axis=0)
        return Rect(rough.left + left, rough.top + top, rough.right - right, rough.bottom - bottom)

    def snapshot(self) -> Snapshot:
        """What it holds now, while it goes on to change."""
        held = [
            (part, self.plane[part.slices].copy() if value == MIXED else value)
            for part, value in self.parts(Rect.of(self.size))
            if value
        ]
        return Snapshot(self.size, held)

    def _painted_area(self) -> Rect:
        """The rectangle around all tiles that hold paint."""
        rows = np.flatnonzero(self._painted.any(axis=1))
        columns = np.flatnonzero(self._painted.any(axis=0))
        area = Rect(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
        return Rect(*(side * TILE for side in area)).within(Rect.of(self.size))


def _floor(end: int) -> int:
    """Where the last tile before `end` starts."""
    return (end - 1) // TILE * TILE


def _first(strip: Plane, axis: int) -> int:
    """The first row (axis 1) or column (axis 0) that holds paint."""
    return int(strip.any(axis=axis).argmax())
