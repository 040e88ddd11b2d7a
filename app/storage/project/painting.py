"""Paintings by other programs, as far as they go: how they look, and the layer called “Mask”."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.storage.pictures.canvas import BYTES
from app.storage.pictures.room import MAX_LAID, MAX_PIXELS, SHOWN
from app.storage.project.answer import Content
from app.storage.project.archive import Unsafe
from app.storage.project.checking import MAX_TEXT
from app.storage.project.layers import flattened, mask_of
from app.storage.project.names import MERGED, STACK
from app.storage.project.stack import NORMAL, read_stack

if TYPE_CHECKING:
    from app.model.picture import Plane
    from app.storage.pictures.canvas import Canvas
    from app.storage.pictures.decoding import Sight
    from app.storage.project.members import Members

_LAYING, _LAYER = 16, 10
"""Bytes a pixel that laying layers over one another takes at its peak: of the whole, and of the
largest layer."""


class Painting:
    """A file that is not ours, or of a version that nobody knows yet."""

    def __init__(self, archive: Members, *, is_newer: bool = False) -> None:
        stack = read_stack(archive.read(STACK, MAX_TEXT))
        members = archive.members
        self._archive, self._is_newer, self.size = archive, is_newer, stack.size
        self._painted = [one for one in stack.layers if not one.is_mask and one.is_visible]
        self._masks = [one for one in stack.layers if one.is_mask and one.src in members]
        self._is_merged = not self._masks and MERGED in members
        names = self._names()
        areas = [archive.size(name).area for name in names]
        if self.size.area > MAX_PIXELS or sum(areas) > MAX_LAID:
            raise Unsafe("too many pixels")
        self.pixels = self.size.area + sum(areas)
        self.needed = self._needed(max(areas, default=0)) + archive.largest(names)

    def put(self, canvas: Canvas, sight: Sight | None) -> Content:
        """Lay what is seen of it on the canvas; what else is in it."""
        has_alpha = self._put_merged(canvas, sight) if self._is_merged else self._flatten(canvas)
        return Content(
            size=self.size, has_alpha=has_alpha, mask=self._mask(), notices=self._notices()
        )

    def _names(self) -> list[str]:
        """The pictures that are decoded, as often as they are."""
        laid = [MERGED] if self._is_merged else [one.src for one in self._painted]
        return [*laid, *(one.src for one in self._masks[:1])]

    def _needed(self, layer: int) -> int:
        if self._is_merged:
            return round((SHOWN + 1) * self.size.area)
        return (BYTES + _LAYING) * self.size.area + _LAYER * layer

    def _put_merged(self, canvas: Canvas, sight: Sight | None) -> bool:
        size, has_alpha = self._archive.put(MERGED, canvas, sight)
        if size != self.size:
            raise Unsafe("a picture of another size")
        return has_alpha

    def _flatten(self, canvas: Canvas) -> bool:
        upwards = ((one, self._archive.picture(one.src)) for one in reversed(self._painted))
        picture = flattened(upwards, self.size)
        canvas.put(picture)
        return picture.alpha is not None

    def _mask(self) -> Plane:
        """The topmost of the masks; an empty one where there is none."""
        if not self._masks:
            return np.zeros((self.size.height, self.size.width), np.uint8)
        layer = self._masks[0]
        picture, has_alpha = self._archive.picture(layer.src), self._archive.has_alpha(layer.src)
        return mask_of(layer, picture, self.size, has_alpha=has_alpha)

    def _notices(self) -> tuple[str, ...]:
        told = {
            "newer": self._is_newer,
            "flattened": len(self._painted) > 1,
            "blended": bool(self._masks) and any(one.blending != NORMAL for one in self._painted),
            "mask_layer": bool(self._masks),
            "no_mask": not self._masks,
        }
        return tuple(name for name, holds in told.items() if holds)
