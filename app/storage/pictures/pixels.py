"""From a decoded image to the planes of a picture on its canvas, a strip at a time.

Beside the decoded image and the canvas nothing of the picture's size is ever held.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from app.model import kernels
from app.model.geometry import Size
from app.storage.pictures.lending import SHARED
from app.storage.pictures.turning import SIDEWAYS, as_filed, strips, turn, turn_into

if TYPE_CHECKING:
    from app.model.picture import Plane
    from app.storage.pictures.canvas import Canvas
    from app.storage.pictures.colour import Conversion
    from app.storage.pictures.lending import Packed

_OPAQUE = np.frombuffer(b"\0\0\0\xff", np.uint32)[0]
_ANY = np.uint32(0)

Outcome = tuple[Size, bool]
"""The upright size of what is on the canvas now, and whether it has alpha: a hole, that is."""


def unpack(image: Image.Image, conversion: Conversion, orientation: int, canvas: Canvas) -> Outcome:
    """Put an image that Pillow holds in memory of its own on the canvas."""
    width, height = image.size
    size = upright_size(image, orientation)
    filed = as_filed(canvas.pixels(size), orientation)
    alpha = _Alpha(as_filed(canvas.alpha(size), orientation))
    for rows in strips(height, width):
        strip = _packed(conversion.apply(image.crop((0, rows.start, width, rows.stop))))
        np.bitwise_or(strip, _OPAQUE, out=filed[rows])
        if conversion.has_alpha:
            alpha.put(rows, strip)
    return size, alpha.has_hole


def settle(
    memory: Packed,
    image: Image.Image,
    conversion: Conversion,
    orientation: int,
    canvas: Canvas,
    *,
    is_ordered: bool,
) -> Outcome:
    """Bring an image that was decoded into `memory` on the canvas, if it is not there already.

    `is_ordered` says that the decoder wrote what a picture holds.
    """
    filed, size = Size(*image.size), upright_size(image, orientation)
    is_there = np.may_share_memory(memory, canvas.pixels(filed))
    if orientation >= SIDEWAYS and is_there:  # it was not known before
        memory, is_there = memory.copy(), False
    alpha = _Alpha(canvas.alpha(filed) if is_there else np.empty(memory.shape, np.uint8))
    for rows in strips(*memory.shape):
        part = memory[rows]
        if not is_ordered:
            _order(part, image, conversion)
        if conversion.has_alpha:
            alpha.put(rows, part)
            np.bitwise_or(part, _OPAQUE, out=part)
    if is_there:
        turn(memory, orientation)
        alpha.turn(orientation)
    else:
        turn_into(canvas.pixels(size), memory, orientation)
        alpha.turn_into(canvas.alpha(size), orientation)
    return size, alpha.has_hole


def upright_size(image: Image.Image, orientation: int) -> Size:
    """The size of an image when it stands upright."""
    width, height = image.size
    return Size(height, width) if orientation >= SIDEWAYS else Size(width, height)


class _Alpha:
    """A plane that nobody writes to, and that takes no memory, before there is a hole in it."""

    def __init__(self, plane: Plane) -> None:
        self._plane = plane
        self.has_hole = False

    def put(self, rows: slice, part: Packed) -> None:
        """Take the fourth bytes of some rows, which come from the top."""
        seen = part.view(np.uint8)[:, 3::4]
        if not self.has_hole and (seen != 255).any():
            self.has_hole = True
            self._plane[: rows.start] = 255
        if self.has_hole:
            self._plane[rows] = seen

    def turn(self, orientation: int) -> None:
        if self.has_hole:
            turn(self._plane, orientation)

    def turn_into(self, upright: Plane, orientation: int) -> None:
        if self.has_hole:
            turn_into(upright, self._plane, orientation)


def _strip(image: Image.Image, part: Packed) -> Image.Image:
    """Some rows of the memory that `image` was decoded into, as an image of the same mode."""
    mode, (height, width) = SHARED[image.mode], part.shape
    strip = Image.frombuffer(mode, (width, height), part, "raw", mode, 0, 1)
    if mode != image.mode:
        strip = strip.convert(image.mode)
    strip.info = image.info
    return strip


def _order(part: Packed, image: Image.Image, conversion: Conversion) -> None:
    """Make of rows as Pillow wrote them what a picture holds, in their place."""
    if conversion.is_plain and not conversion.has_alpha:
        kernels.blue_first(part)
    else:
        strip = _packed(conversion.apply(_strip(image, part)))
        np.bitwise_or(strip, _ANY if conversion.has_alpha else _OPAQUE, out=part)


def _packed(strip: Image.Image) -> Packed:
    raw = strip.tobytes("raw", "BGRA" if strip.mode == "RGBA" else "BGRX")
    return np.frombuffer(raw, np.uint32).reshape(strip.height, strip.width)
