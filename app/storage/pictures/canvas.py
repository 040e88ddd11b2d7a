"""Memory as a picture: the planes that a reader writes, and that then stay where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from app.model.picture import Picture

if TYPE_CHECKING:
    from mmap import mmap

    from app.model.geometry import Size
    from app.model.picture import Plane
    from app.storage.pictures.lending import Packed

BYTES = 5
"""Bytes a pixel: four of the colours, one of alpha, which takes no memory before it is written."""

_LARGE = 1 << 20


class Canvas:
    """The planes of a picture of `area` pixels. What is not written yet is zero."""

    def __init__(self, memory: mmap | bytearray, area: int) -> None:
        self._memory = memory
        self.area = area

    def pixels(self, size: Size) -> Packed:
        """The colours, one number a pixel, for a picture of `size`."""
        return np.frombuffer(self._memory, np.uint32, self.area).reshape(size[::-1])

    def alpha(self, size: Size) -> Plane:
        """The plane of alpha, which begins after the colours."""
        return np.frombuffer(self._memory, np.uint8, self.area, 4 * self.area).reshape(size[::-1])

    def put(self, picture: Picture) -> None:
        """Copy a picture that was made elsewhere."""
        self.pixels(picture.size)[...] = picture.pixels.view(np.uint32)[:, :, 0]
        if picture.alpha is not None:
            self.alpha(picture.size)[...] = picture.alpha

    def picture(self, size: Size, *, has_alpha: bool, **facts: Any) -> Picture:
        """The picture that was written, in this very memory if it is large.

        A small one is copied: memory that is shared takes one of a process's few descriptors.
        """
        pixels = self.pixels(size).view(np.uint8).reshape(size.height, size.width, 4)
        alpha = self.alpha(size) if has_alpha else None
        if self.area < _LARGE:
            pixels, alpha = pixels.copy(), None if alpha is None else alpha.copy()
        return Picture(pixels=pixels, alpha=alpha, **facts)
