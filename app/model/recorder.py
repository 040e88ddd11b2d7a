"""Watches an edit, so that it can be taken back."""

from app.model.geometry import EMPTY, Rect
from app.model.mask import Mask
from app.model.patch import TilePatch


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
        self._kept = self._mask.keep_tiles(rect, self._before)

    def patch(self) -> TilePatch:
        """What changed since the recorder was made; notes in the mask what the tiles hold."""
        return TilePatch(*self._mask.settle_tiles(self._before))

    def restore(self) -> list[Rect]:
        """Put all tiles back as they were."""
        self._mask.swap_tiles(self._before)
        return self._mask.tiles.covering(self._before)
