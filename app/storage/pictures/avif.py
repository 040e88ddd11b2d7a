"""AVIF, for whose decoder a few things must be seen to, and what it keeps to itself.

Pillow has the decoder turn a picture as the file says into 8 bits, and tells how it is to be
turned; it tells neither that there were more bits nor that the colours are not sRGB.
"""

from typing import BinaryIO

from PIL import AvifImagePlugin
from PIL.ImageFile import ImageFile

from app.model.errors import PictureError

THREADS = 4
"""Each takes address space of its own, which is bounded, and there may be many processors."""

_HEADER = 1 << 16
"""From the beginning of a file; its properties are in there."""

_DEEP = 0x40
_PRIMARIES = {1, 2}
_TRANSFERS = {1, 2, 6, 13}
"""What the standard numbers call sRGB, or near enough, or unspecified."""


def opened_avif(file: BinaryIO) -> ImageFile:
    """The image in `file`, not decoded yet; `info` says whether it `is_deep` or `has_colours`.

    Those are colours of its own, which no profile describes.
    """
    if not AvifImagePlugin.SUPPORTED:
        raise PictureError("unsupported", detail="AVIF")
    header = file.read(_HEADER)
    file.seek(0)
    AvifImagePlugin.DEFAULT_MAX_THREADS = THREADS
    image = AvifImagePlugin.AvifImageFile(file)
    if _is_deep(header):
        image.info["is_deep"] = True
    if "icc_profile" not in image.info and _has_colours(header):
        image.info["has_colours"] = True
    return image


def _is_deep(header: bytes) -> bool:
    """Whether the codec's own record says that there are more than 8 bits a sample."""
    _, is_there, record = header.partition(b"av1C")
    return bool(is_there) and len(record) > 2 and bool(record[2] & _DEEP)


def _has_colours(header: bytes) -> bool:
    """Whether the numbers for primaries and transfer stand for another colour space."""
    _, is_there, numbers = header.partition(b"colrnclx")
    primaries = int.from_bytes(numbers[:2], "big")
    transfer = int.from_bytes(numbers[2:4], "big")
    return bool(is_there) and not (primaries in _PRIMARIES and transfer in _TRANSFERS)
