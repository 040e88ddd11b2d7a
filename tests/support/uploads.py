"""What a service sees in the pictures it is sent: why to refuse them, and notes for a ledger."""

import base64
import binascii
import io
from collections.abc import Iterator
from typing import Any

from PIL import Image

MAX_SIDE = 2048
MAX_BYTES = 30 * 1024 * 1024

_FORMATS = ("PNG", "JPEG", "WEBP")
_METADATA = ("exif", "xmp", "XML:com.adobe.xmp", "photoshop", "comment", "icc_profile")
_NO_TEXT = {"dpi", "gamma", "chromaticity", "srgb", "transparency", "interlace", "progression",
            "jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "loop",
            "background", "timestamp", "duration"}  # fmt: skip


class Refused(Exception):
    """The service's stable word for why a picture is not taken."""


def checked(request: dict[str, Any]) -> list[str]:
    """The notes on the two pictures of a request; raises `Refused`."""
    image = _opened(request["image_base64"])
    mask = _opened(request["mask_image_base64"])
    if image.size != mask.size:
        raise Refused("INVALID_IMAGE_SIZE")
    inverted = request.get("inpainting_mask_invert") == 1
    return [*_metadata("image", image), *_metadata("mask", mask), *_of_mask(mask, inverted)]


def _opened(text: str) -> Image.Image:
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise Refused("INVALID_IMAGE_FORMAT") from error
    if len(data) > MAX_BYTES:
        raise Refused("IMAGE_FILE_EXCEEDS_MAX_SIZE")
    try:
        image = Image.open(io.BytesIO(data), formats=_FORMATS)
        if max(image.size) > MAX_SIDE:
            raise Refused("IMAGE_EXCEEDS_MAX_RESOLUTION")
        image.load()
    except (OSError, ValueError, SyntaxError) as error:
        raise Refused("INVALID_IMAGE_FORMAT") from error
    return image


def _metadata(name: str, image: Image.Image) -> Iterator[str]:
    for key in image.info:
        if key in _METADATA:
            yield f"{name}: metadata ({key})"
        elif key not in _NO_TEXT:
            yield f"{name}: text ({key})"
    if image.mode not in {"RGB", "L"}:
        yield f"{name}: mode {image.mode}"
    if image.getexif():
        yield f"{name}: metadata (EXIF)"


def _of_mask(mask: Image.Image, inverted: bool) -> Iterator[str]:
    if mask.has_transparency_data:
        yield "mask: alpha"
    levels = mask.convert("L").histogram()
    if any(levels[1:255]):
        yield "mask: grey values"
    if not any(levels[:255] if inverted else levels[1:]):
        yield "mask: selects nothing"
