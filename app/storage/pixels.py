"""From a decoded image to the planes of `Picture`, a strip at a time.

A strip is about a million pixels: other threads get their turn between two of them, and beside
the decoded image and the result nothing of the picture's size is ever held.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np
from PIL import Image

from app.model import kernels
from app.storage.lending import SHARED, Packed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from app.model.picture import Plane
    from app.storage.colour import Conversion

_STRIP_PIXELS = 2**20
_OPAQUE = np.frombuffer(b"\0\0\0\xff", np.uint32)[0]
_ANY = np.uint32(0)

T = TypeVar("T", bound=np.generic)
Planes = tuple["Plane", "Plane | None"]
"""The upright `pixels` and `alpha` of a picture; alpha is None when all is opaque."""


def unpack(image: Image.Image, conversion: Conversion, orientation: int) -> Planes:
    """The planes of an image that Pillow holds in memory of its own."""
    width, height = image.size
    shape = (width, height) if orientation >= 5 else (height, width)
    packed = np.empty(shape, np.uint32)
    alpha = np.empty(shape, np.uint8) if conversion.has_alpha else None
    is_opaque = True
    as_filed = _as_filed(packed, orientation)
    alpha_as_filed = None if alpha is None else _as_filed(alpha, orientation)
    for rows in _strips(height, width):
        strip = _packed(conversion.apply(image.crop((0, rows.start, width, rows.stop))))
        np.bitwise_or(strip, _OPAQUE, out=as_filed[rows])
        if alpha_as_filed is not None:
            part = strip.view(np.uint8)[:, 3::4]
            alpha_as_filed[rows] = part
            is_opaque = is_opaque and bool((part == 255).all())
    return _pixels(packed), None if is_opaque else alpha


def settle(
    memory: Packed,
    image: Image.Image,
    conversion: Conversion,
    orientation: int,
    *,
    is_ordered: bool,
) -> Planes:
    """The planes of an image that was decoded into `memory`, which becomes its pixels.

    `is_ordered` says that the decoder wrote what a picture holds already.
    """
    alpha: Plane | None = None
    for rows in _strips(*memory.shape):
        part = memory[rows]
        if not is_ordered:
            _order(part, image, conversion)
        if conversion.has_alpha:
            seen = part.view(np.uint8)[:, 3::4]
            if alpha is None and (seen != 255).any():
                alpha = np.full(memory.shape, 255, np.uint8)
            if alpha is not None:
                alpha[rows] = seen
                np.bitwise_or(part, _OPAQUE, out=part)
    upright = None if alpha is None else turned(alpha, orientation)
    return _pixels(turned(memory, orientation)), upright


def _strips(height: int, width: int) -> Iterator[slice]:
    rows = max(1, _STRIP_PIXELS // width)
    for top in range(0, height, rows):
        yield slice(top, min(top + rows, height))


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


def _pixels(packed: Packed) -> Plane:
    height, width = packed.shape
    return packed.view(np.uint8).reshape(height, width, 4)


def turned(plane: NDArray[T], orientation: int) -> NDArray[T]:
    """`plane`, whose rows are as in the file, upright: in its own memory where that fits."""
    if orientation >= 5:
        upright = np.empty(plane.shape[::-1], plane.dtype)
        as_filed = _as_filed(upright, orientation)
        for rows in _strips(*plane.shape):
            as_filed[rows] = plane[rows]
        return upright
    if orientation in {3, 4}:
        _swap_rows(plane)
    if orientation in {2, 3}:
        for rows in _strips(*plane.shape):
            plane[rows] = plane[rows, ::-1].copy()
    return plane


def _swap_rows(plane: NDArray[T]) -> None:
    """Turn a plane upside down."""
    height, width = plane.shape
    for rows in _strips(height // 2, width):
        above, below = plane[rows], plane[::-1][rows]
        kept = above.copy()
        above[...] = below
        below[...] = kept


def _as_filed(upright: NDArray[T], orientation: int) -> NDArray[T]:
    """A view of `upright` whose rows and columns run as the file's do (EXIF orientation)."""
    match orientation:
        case 2:
            return upright[:, ::-1]
        case 3:
            return upright[::-1, ::-1]
        case 4:
            return upright[::-1]
        case 5:
            return upright.T
        case 6:
            return np.rot90(upright)
        case 7:
            return upright[::-1, ::-1].T
        case 8:
            return np.rot90(upright, -1)
    return upright
