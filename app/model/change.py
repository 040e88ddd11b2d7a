"""What an edit makes of a mask, told tile by tile, before it is made."""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice

import numpy as np

from app.model import kernels
from app.model.geometry import EMPTY, Rect, Size
from app.model.mask import Mask
from app.model.patch import TilePatch
from app.model.picture import Plane
from app.model.selecting import Mode
from app.model.tiles import TILE, Tiles

Change = Mapping[int, bytes]
"""What some tiles are to hold, by number; a single byte where it is all over the tile."""

Report = Callable[[float], None]
"""Takes the share that is computed, 0…1; raises when the change is not wanted any more."""

PIECE = 64
"""Tiles that are shown at once: with all pixels others, and nothing of them at hand, a millisecond
at most."""


def difference(before: Plane, after: Plane, rect: Rect) -> Change:
    """The change from a plane to one that differs from it in `rect` alone.

    `after` has the pixels of `rect`, which lies within the plane.
    """
    if rect.is_empty:
        return {}
    change: dict[int, bytes] = {}
    # A row of tiles at once: in between, other threads may have their turn.
    for row in range(rect.top // TILE, -(-rect.bottom // TILE)):
        band = rect.within(rect._replace(top=row * TILE, bottom=(row + 1) * TILE))
        values = after[band.moved(-rect.left, -rect.top).slices]
        change |= kernels.changed_tiles(before, values, TILE, band)
    return change


def combine(base: Plane, coverage: Plane, rect: Rect, mode: Mode) -> Change:
    """The change that joins an area to a mask.

    `coverage` has the pixels of `rect`, of which parts may lie outside the mask; all around it
    nothing is covered.
    """
    seen = rect.within(Rect.of(_size(base)))
    if seen.is_empty:
        seen = EMPTY
    covered = coverage[seen.moved(-rect.left, -rect.top).slices]
    below = base[seen.slices]
    if mode == "add":
        return difference(base, np.maximum(below, covered), seen)
    if mode == "subtract":
        return difference(base, np.minimum(below, ~covered), seen)
    inside = covered if mode == "replace" else np.minimum(below, covered)
    return {**_cleared(base, seen), **_without_rest(base, inside, seen)}


def _cleared(base: Plane, rect: Rect) -> Change:
    """The change that takes all paint away from tiles outside a rectangle."""
    tiles = Tiles(_size(base))
    kept = tiles.block(rect) if not rect.is_empty else EMPTY
    change = {}
    for tile in range(len(tiles)):
        row, column = divmod(tile, tiles.columns)
        is_kept = kept.left <= column < kept.right and kept.top <= row < kept.bottom
        if not is_kept and base[tiles.rect(tile).slices].any():
            change[tile] = b"\0"
    return change


def _without_rest(base: Plane, inside: Plane, rect: Rect) -> Change:
    """The change of the tiles that a rectangle touches: these values in it, nothing around."""
    if rect.is_empty:
        return {}
    tiles = Tiles(_size(base))
    block = tiles.block(rect)
    first, last = (
        tiles.rect(row * tiles.columns + column)
        for row, column in ((block.top, block.left), (block.bottom - 1, block.right - 1))
    )
    wide = first.united(last)
    values = np.zeros((wide.height, wide.width), np.uint8)
    values[rect.moved(-wide.left, -wide.top).slices] = inside
    return difference(base, values, wide)


def _size(plane: Plane) -> Size:
    height, width = plane.shape
    return Size(width, height)


class Rewrite:
    """Changes of a mask, one tried in the other's place, until one stays or none."""

    def __init__(self, mask: Mask, made: TilePatch | None = None) -> None:
        """`made` is an edit that stands and is now to be tried again."""
        self._mask = mask
        # Only of tiles that are others now: nothing is left to be compared in the end.
        self._before = {} if made is None else made.before(mask)

    def base(self) -> Plane:
        """A copy of the mask as it was, read-only."""
        plane = self._mask.plane.copy()
        for tile, data in self._before.items():
            place = self._mask.tiles.rect(tile)
            values = np.frombuffer(data, np.uint8)
            plane[place.slices] = values if len(data) == 1 else values.reshape(place.size[::-1])
        plane.setflags(write=False)
        return plane

    def show(self, change: Change) -> list[Rect]:
        """Make a change to the mask as it was; the rectangles are what may look different."""
        return [rect for rects in self.showing(change) for rect in rects]

    def showing(self, change: Change) -> Iterator[list[Rect]]:
        """The same, a few tiles with each step; after any of them another change may be shown."""
        back = {tile: data for tile, data in self._before.items() if tile not in change}
        tiles = iter({**back, **change}.items())
        while piece := dict(islice(tiles, PIECE)):
            held = self._mask.swap_tiles(piece)
            for tile, data in held.items():
                if self._before.setdefault(tile, data) == piece[tile]:
                    del self._before[tile]
            yield self._mask.tiles.covering(held)

    def finish(self) -> TilePatch:
        """What the change that was shown last has changed."""
        return TilePatch(self._before)

    def cancel(self) -> list[Rect]:
        """Put the mask back as it was."""
        return self.show({})
