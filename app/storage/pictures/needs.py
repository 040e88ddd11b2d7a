"""What opening a picture takes at its peak, told by its header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.model.geometry import Size
from app.storage.pictures.decoding import early_orientation
from app.storage.pictures.lending import SHARED
from app.storage.pictures.room import PICTURE, SHOWN
from app.storage.pictures.turning import SIDEWAYS

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

_LENDING = {"PNG", "JPEG", "MPO", "BMP", "DIB"}
_NARROW = {"1": 1.0, "L": 1.0, "P": 1.0}
_SCANS = 6.0
"""What a JPEG whose details come scan by scan holds until the last one: two bytes a sample."""


_AVIF = 4 * PICTURE
"""The decoder's planes, of two bytes a sample where the picture is deep, and two copies of them as
colours."""


def needed_bytes(image: ImageFile) -> int:
    """What opening and then showing an image takes."""
    alpha = 1.0 if image.has_transparency_data else 0.0
    each = alpha + max(PICTURE + _beside(image), SHOWN)
    return round(Size(*image.size).area * each)


def _beside(image: ImageFile) -> float:
    """Bytes a pixel that are held beside the picture while it is decoded."""
    if image.mode in SHARED and image.format in _LENDING:
        scans = _SCANS if "progressive" in image.info else 0.0
        return scans + (PICTURE if early_orientation(image) >= SIDEWAYS else 0.0)
    if image.format == "AVIF":
        return _AVIF
    if image.format == "WEBP":
        return 2 * PICTURE  # the decoder's frame, and Pillow's copy of it
    return _NARROW.get(image.mode, PICTURE)
