"""Changes of a mask that can be taken back and made again, exactly."""

import zlib
from abc import ABC, abstractmethod
from time import perf_counter

from app.model.geometry import Rect
from app.model.mask import Mask


class Patch(ABC):
    """One edit, made already when the patch is."""

    nbytes = 0
    """What it weighs now."""

    def __init__(self) -> None:
        self._is_done = True

    @property
    def is_empty(self) -> bool:
        """Whether the edit changed nothing."""
        return False

    def undo_into(self, mask: Mask) -> list[Rect]:
        """Put back what was before; the rectangles are what may have changed."""
        return self._turn(mask) if self._is_done else []

    def redo_into(self, mask: Mask) -> list[Rect]:
        """Put back what was after; while the edit stands this changes nothing."""
        return [] if self._is_done else self._turn(mask)

    def pack(self, seconds: float) -> bool:
        """Make it smaller for about so long; True when nothing is left to do."""
        return True

    def _turn(self, mask: Mask) -> list[Rect]:
        self._is_done = not self._is_done
        return self._swap(mask)

    @abstractmethod
    def _swap(self, mask: Mask) -> list[Rect]:
        """Go from one side of the edit to the other."""


class Inversion(Patch):
    """What was redrawn and what was kept, swapped: its own opposite."""

    def _swap(self, mask: Mask) -> list[Rect]:
        mask.invert()
        return [Rect.of(mask.size)]


class TilePatch(Patch):
    """The tiles that an edit changed, and nothing else.

    While the edit stands the patch holds the tiles as they were, and the mask has the new ones;
    undoing it swaps the two. So a patch weighs one plane's tiles, never two.
    """

    def __init__(self, before: dict[int, bytes], around: Rect | None = None) -> None:
        """`around` is a rectangle that holds all pixels that changed, where that is known."""
        super().__init__()
        self._around = around
        self._take(before)

    @property
    def is_empty(self) -> bool:
        return not self._tiles

    def before(self, mask: Mask) -> dict[int, bytes]:
        """The tiles as they were, while the edit stands; not packed."""
        tiles = dict(self._tiles)
        for tile in self._packed:
            tiles[tile] = unpacked(tiles[tile], mask.tiles.rect(tile).size.area)
        return tiles

    def pack(self, seconds: float) -> bool:
        # Compressing takes longer than painting, so it is done later, a little at a time.
        end = perf_counter() + seconds
        while self._loose and perf_counter() < end:
            tile = self._loose.pop()
            loose = self._tiles[tile]
            tight = self._tiles[tile] = packed(loose)
            if tight is not loose:
                self._packed.append(tile)
                self.nbytes += len(tight) - len(loose)
        return not self._loose

    def _swap(self, mask: Mask) -> list[Rect]:
        self._take(mask.swap_tiles(self.before(mask)))
        return mask.tiles.covering(self._tiles, self._around)

    def _take(self, tiles: dict[int, bytes]) -> None:
        """Hold these tiles, not packed yet."""
        self._tiles = tiles
        self._loose, self._packed = list(tiles), list[int]()
        self.nbytes = sum(map(len, tiles.values()))


def packed(data: bytes) -> bytes:
    """Tile bytes compressed, where that makes them shorter."""
    if len(data) == 1:
        return data
    tight = zlib.compress(data, level=1)
    return tight if len(tight) < len(data) else data


def unpacked(data: bytes, length: int) -> bytes:
    """What was packed of a tile of so many pixels; a single byte where they are all the same."""
    return data if len(data) in (1, length) else zlib.decompress(data)
