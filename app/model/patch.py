"""Changes of a mask that can be taken back and made again, exactly."""

import zlib
from collections.abc import Iterable
from time import perf_counter

import numpy as np

from app.model.geometry import Rect
from app.model.mask import Mask
from app.model.picture import Plane
from app.model.tiles import TILE


class Patch:
    """One edit: the tiles that it changed, and nothing else.

    While the edit stands the patch holds the tiles as they were, and the mask has the new ones;
    undoing it swaps the two. So a patch weighs one plane's tiles, never two.
    """

    def __init__(self, before: dict[int, bytes]) -> None:
        self._tiles = before
        self._loose = list(before)
        self._is_done = True
        self.nbytes = sum(map(len, before.values()))

    @property
    def is_empty(self) -> bool:
        return not self._tiles

    def undo_into(self, mask: Mask) -> list[Rect]:
        """Put back what was before; the rectangles are what may have changed."""
        return self._swap(mask) if self._is_done else []

    def redo_into(self, mask: Mask) -> list[Rect]:
        """Put back what was after; while the edit stands this changes nothing."""
        return [] if self._is_done else self._swap(mask)

    def pack(self, seconds: float) -> bool:
        """Make it smaller for about so long; True when nothing is left to do.

        Compressing takes longer than painting, so it is done later, a little at a time.
        """
        end = perf_counter() + seconds
        while self._loose and perf_counter() < end:
            tile = self._loose.pop()
            loose = self._tiles[tile]
            self._tiles[tile] = packed(loose)
            self.nbytes += len(self._tiles[tile]) - len(loose)
        return not self._loose

    def _swap(self, mask: Mask) -> list[Rect]:
        for tile, data in self._tiles.items():
            self._tiles[tile] = tile_bytes(mask.tile(tile))
            write_tile(mask, tile, data)
        self._is_done = not self._is_done
        self._loose = list(self._tiles)
        self.nbytes = sum(map(len, self._tiles.values()))
        return mask.tiles.merged(self._tiles)


class Recorder:
    """Keeps each tile of a mask as it was before it was first written; tells the difference."""

    def __init__(self, mask: Mask) -> None:
        self._mask = mask
        self._before: dict[int, bytes] = {}
        self._area = (0, 0, -1, -1)

    def keep(self, rect: Rect) -> None:
        """Called before the pixels of a rectangle within the mask are written."""
        left, top, right, bottom = rect
        area = left // TILE, top // TILE, (right - 1) // TILE, (bottom - 1) // TILE
        if area == self._area:  # mostly so, and it must cost next to nothing
            return
        self._area = area
        for row in range(area[1], area[3] + 1):
            start = row * self._mask.tiles.columns
            self.keep_tiles(range(start + area[0], start + area[2] + 1))

    def keep_tiles(self, tiles: Iterable[int]) -> None:
        """Called before whole tiles are written."""
        for tile in tiles:
            if tile not in self._before:
                self._before[tile] = tile_bytes(self._mask.tile(tile))

    def patch(self) -> Patch:
        """What changed since the recorder was made; notes in the mask which tiles hold paint."""
        changed = {}
        for tile, before in self._before.items():
            after = tile_bytes(self._mask.tile(tile))
            if after != before:
                changed[tile] = before
                self._mask.note_tile(tile, painted=after != b"\0")
        return Patch(changed)

    def restore(self) -> list[Rect]:
        """Put all tiles back as they were."""
        for tile, before in self._before.items():
            write_tile(self._mask, tile, before)
        return self._mask.tiles.merged(self._before)


def tile_bytes(values: Plane) -> bytes:
    """The values of a tile; a single one where they are all the same."""
    data = values.tobytes()
    one = data[:1]
    return one if data == one * len(data) else data


def packed(data: bytes) -> bytes:
    """Tile bytes compressed, where that makes them shorter."""
    if len(data) == 1:
        return data
    tight = zlib.compress(data, level=1)
    return tight if len(tight) < len(data) else data


def write_tile(mask: Mask, tile: int, data: bytes) -> None:
    """Put a tile's bytes back into the mask, whatever form they have."""
    values = mask.tile(tile)
    if len(data) == 1:
        values[...] = data[0]
    else:
        whole = data if len(data) == values.size else zlib.decompress(data)
        values[...] = np.frombuffer(whole, np.uint8).reshape(values.shape)
    mask.note_tile(tile, painted=data != b"\0")
