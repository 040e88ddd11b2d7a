"""The mask: one 8-bit plane that says what is to be redrawn."""

from typing import Self

import numpy as np

from app.model.geometry import EMPTY, Rect, Size
from app.model.picture import Plane
from app.model.tiles import TILE, Tiles


class Mask:
    """A plane of a picture's size; 255 = redraw, 0 = keep.

    `plane` is C-contiguous and the only truth: it is written by numpy alone and merely read by
    whoever shows it. Which tiles hold paint is noted after each edit (`note_tile`), so that
    `is_empty` and `box` never look at the whole plane; they are of the last finished edit.
    """

    def __init__(self, size: Size) -> None:
        self.plane: Plane = np.zeros((size.height, size.width), np.uint8)
        self.tiles = Tiles(size)
        self._painted = np.zeros((self.tiles.rows, self.tiles.columns), np.bool_)

    @classmethod
    def of(cls, plane: Plane) -> Self:
        """A mask with the values of `plane`, copied."""
        height, width = plane.shape
        mask = cls(Size(width, height))
        mask.plane[...] = plane
        for tile in range(len(mask.tiles)):
            mask.note_tile(tile, painted=bool(mask.tile(tile).any()))
        return mask

    @property
    def size(self) -> Size:
        return self.tiles.size

    @property
    def is_empty(self) -> bool:
        return not self._painted.any()

    @property
    def painted_tiles(self) -> list[int]:
        """The numbers of the tiles that hold paint."""
        return [int(tile) for tile in np.flatnonzero(self._painted)]

    def tile(self, tile: int) -> Plane:
        """A view of one tile."""
        return self.plane[self.tiles.rect(tile).slices]

    def note_tile(self, tile: int, *, painted: bool) -> None:
        """Note after an edit whether a tile holds paint."""
        self._painted.flat[tile] = painted

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

    def copy(self) -> Plane:
        """The values as they are now, read-only."""
        plane = self.plane.copy()
        plane.setflags(write=False)
        return plane

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
