"""From a decoded image to the planes of `Picture`, a strip at a time.

A strip is about a million pixels: other threads get their turn between two of them, and beside
the decoded image and the result nothing of the picture's size is ever held.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from PIL import Image

    from app.model.picture import Plane
    from app.storage.colour import Conversion

_STRIP_PIXELS = 2**20
_OPAQUE = np.frombuffer(b"\0\0\0\xff", np.uint32)[0]

T = TypeVar("T", bound=np.generic)
Packed = NDArray[np.uint32]
"""One number a pixel: blue, green, red, 255 in memory order."""


def unpack(
    image: Image.Image, conversion: Conversion, orientation: int
) -> tuple[Plane, Plane | None]:
    """The upright `pixels` and `alpha` of a loaded image; alpha is None when all is opaque."""
    width, height = image.size
    shape = (width, height) if orientation >= 5 else (height, width)
    packed = np.empty(shape, np.uint32)
    alpha = np.empty(shape, np.uint8) if conversion.has_alpha else None
    is_opaque = True
    rows = max(1, _STRIP_PIXELS // width)
    as_filed = _as_filed(packed, orientation)
    alpha_as_filed = None if alpha is None else _as_filed(alpha, orientation)
    for top in range(0, height, rows):
        bottom = min(top + rows, height)
        strip = _packed(conversion.apply(image.crop((0, top, width, bottom))))
        np.bitwise_or(strip, _OPAQUE, out=as_filed[top:bottom])
        if alpha_as_filed is not None:
            part = strip.view(np.uint8)[:, 3::4]
            alpha_as_filed[top:bottom] = part
            is_opaque = is_opaque and bool((part == 255).all())
    pixels = packed.view(np.uint8).reshape(*shape, 4)
    return pixels, None if is_opaque else alpha


def _packed(strip: Image.Image) -> Packed:
    raw = strip.tobytes("raw", "BGRA" if strip.mode == "RGBA" else "BGRX")
    return np.frombuffer(raw, np.uint32).reshape(strip.height, strip.width)


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
