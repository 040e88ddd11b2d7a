"""Watches an edit, so that it can be taken back."""

from app.model.geometry import EMPTY, Rect
from app.model.mask import Mask
from app.model.patch import TilePatch, write_tiles
from app.model.tiles import TILE


class Recorder:
    """Keeps each tile of a mask as it was before it was first written; tells the difference."""

    def __init__(self, mask: Mask) -> None:
        self._mask = mask
        self._before: dict[int, bytes] = {}
        self._kept = EMPTY

    def keep(self, rect: Rect) -> None:
        """Called before the pixels of a rectangle within the mask are written."""
        kept = self._kept
        # Mostly it is kept already, and then this must cost next to nothing.
        if rect[0] >= kept[0] and rect[1] >= kept[1] and rect[2] <= kept[2] and rect[3] <= kept[3]:
            return
        block = self._mask.tiles.block(rect)
        self._kept = Rect(*(side * TILE for side in block))
        for row in range(block.top, block.bottom):
            start = row * self._mask.tiles.columns
            for tile in range(start + block.left, start + block.right):
                if tile not in self._before:
                    self._before[tile] = self._mask.tile_bytes(tile)
                    self._mask.open_tile(tile)

    def patch(self) -> TilePatch:
        """What changed since the recorder was made; notes in the mask what the tiles hold."""
        changed = {}
        for tile, before in self._before.items():
            after = self._mask.tile_bytes(tile)
            self._mask.note_tile(tile, after)
            if after != before:
                changed[tile] = before
        return TilePatch(changed)

    def restore(self) -> list[Rect]:
        """Put all tiles back as they were."""
        write_tiles(self._mask, self._before)
        return self._mask.tiles.merged(self._before)
