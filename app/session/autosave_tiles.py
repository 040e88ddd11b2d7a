"""The tiles of a mask that are to be kept next: noted as it changes, copied when there is time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.model.tiles import TILE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.model.geometry import Rect
    from app.model.mask import Mask


class TouchedTiles:
    """Notes rectangles of one mask, and copies the tiles that have pixels of them.

    Tiles that change after they were copied are copied again. So when `copy` says that all are,
    they are what the mask holds at that moment, however often it was called before.
    """

    def __init__(self, mask: Mask, *, is_all: bool) -> None:
        """`is_all`: everything is to be copied."""
        self._mask = mask
        self._stale = np.full((mask.tiles.rows, mask.tiles.columns), is_all)
        self._copied: dict[int, bytes] = {}

    @property
    def is_any(self) -> bool:
        """Whether a tile waits to be copied."""
        return bool(self._stale.any())

    def note(self, rects: Sequence[Rect]) -> None:
        """Pixels of these may be others now."""
        # A stroke tells of hundreds, mostly of the same few tiles.
        sides = np.array(rects, np.intp).reshape(-1, 4)
        seen = np.clip(sides, 0, 2 * self._mask.size)
        seen = seen[(seen[:, :2] < seen[:, 2:]).all(axis=1)]
        blocks = np.hstack((seen[:, :2] // TILE, -(-seen[:, 2:] // TILE)))
        for left, top, right, bottom in set(map(tuple, blocks.tolist())):
            self._stale[top:bottom, left:right] = True

    def copy(self, most: int | None = None) -> bool:
        """Copy what is noted, `most` tiles of it; whether nothing is left."""
        tiles = np.flatnonzero(self._stale)[:most].tolist()
        for tile in tiles:
            self._copied[tile] = self._mask.tile_bytes(tile)
        self._stale.flat[tiles] = False
        return not self.is_any

    def take(self) -> dict[int, bytes]:
        """What was copied, and forget it."""
        copied, self._copied = self._copied, {}
        return copied
