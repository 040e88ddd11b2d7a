"""Whether a picture fits, told by its header: a few bytes can claim any size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL.BmpImagePlugin import BmpImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from app.model.errors import NoRoom, PictureError
from app.model.geometry import Size
from app.storage import memory
from app.storage.decoding import early_orientation
from app.storage.lending import SHARED

if TYPE_CHECKING:
    from pathlib import Path

    from PIL.ImageFile import ImageFile

MAX_PIXELS = 2**28
"""The largest picture that is opened: 268 megapixels, 16384 × 16384."""

PICTURE = 4.0
SHOWN = PICTURE + 4 / 3 + 1 + 1 / 3
"""Bytes a pixel of an open picture: its own, its halves, the mask and its halves."""

_LENDING = (PngImageFile, JpegImageFile, BmpImageFile)
_NARROW = {"1": 1.0, "L": 1.0, "P": 1.0}


def check_room(image: ImageFile, path: Path | None = None) -> None:
    """Refuse what has no pixels, more than anyone's, or needs more memory than there is."""
    size = Size(*image.size)
    told = f"{size.width} × {size.height}"
    if not size.area:
        raise PictureError("damaged", path, told)
    if size.area > MAX_PIXELS:
        raise PictureError("too_large", path, told)
    needed, free = needed_bytes(image), memory.available()
    if needed > free:
        raise NoRoom(path, size, needed, int(free))


def needed_bytes(image: ImageFile) -> int:
    """What opening and then showing an image takes at its peak."""
    alpha = 1.0 if image.has_transparency_data else 0.0
    each = alpha + max(PICTURE + _beside(image), SHOWN)
    return round(Size(*image.size).area * each)


def _beside(image: ImageFile) -> float:
    """Bytes a pixel that are held beside the picture while it is decoded."""
    is_turned = early_orientation(image) >= 5
    if image.mode in SHARED and isinstance(image, _LENDING):
        return PICTURE if is_turned else 0.0
    if isinstance(image, WebPImageFile):
        return 2 * PICTURE  # the decoder's frame, and Pillow's copy of it
    return _NARROW.get(image.mode, PICTURE)
