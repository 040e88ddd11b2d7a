"""Picture files in and out: read as untrusted bytes, written as asked for."""

import struct
import warnings
import zlib
from io import BytesIO

import numpy as np
from PIL import Image, ImageOps

from app.contract.reasons import Reason
from app.contract.request import MAX_SIDE, ImageType
from app.engine.refusals import Refusal
from app.model.geometry import Size
from app.model.picture import Plane

_FORMATS = ("PNG", "JPEG", "WEBP")
_DAMAGE = (
    OSError, SyntaxError, ValueError, TypeError, ArithmeticError, LookupError, EOFError,
    struct.error, zlib.error,
)  # fmt: skip
"""What Pillow is known to raise for damaged files."""

_QUALITY = 95


def read_colours(field: str, data: bytes) -> Plane:
    """The upright picture in `data`: red, green, blue, flattened over white."""
    image = _opened(field, data)
    if image.has_transparency_data:
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(ground, image)
    return np.asarray(_eight_bit(image).convert("RGB"))


def read_mask(field: str, data: bytes) -> Plane:
    """The mask in `data`, 255 = redraw: its alpha where that is not fully opaque, else its grey."""
    image = _opened(field, data)
    if image.has_transparency_data:
        alpha = np.asarray(image.convert("RGBA").getchannel("A"))
        if alpha.min() < 255:
            return alpha
    return np.asarray(_eight_bit(image).convert("L"))


def write(pixels: Plane, kind: ImageType) -> bytes:
    """The pixels as a file of the kind asked for; PNG and WebP keep each of them."""
    image = Image.fromarray(pixels)
    out = BytesIO()
    match kind:
        case "png":
            image.save(out, "PNG", compress_level=3)
        case "webp":
            image.save(out, "WEBP", lossless=True, quality=20, method=2)
        case "jpeg":
            image.save(out, "JPEG", quality=_QUALITY, subsampling=0)
    return out.getvalue()


def _opened(field: str, data: bytes) -> Image.Image:
    """The whole picture, decoded only when its header promises an allowed size."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(BytesIO(data), formats=_FORMATS)
        with opened as image:
            _check_size(field, Size(*image.size))
            image.load()
            return ImageOps.exif_transpose(image)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise _too_large(field, "far too many pixels") from error
    except _DAMAGE as error:
        message = f"{field}: not a whole PNG, JPEG or WebP picture"
        raise Refusal(Reason.INVALID_IMAGE_FORMAT, message, field=field) from error


def _check_size(field: str, size: Size) -> None:
    if size.longest > MAX_SIDE:
        raise _too_large(field, f"{size.width} × {size.height} pixels")


def _too_large(field: str, found: str) -> Refusal:
    message = f"{field}: {found}; {MAX_SIDE} a side are allowed"
    return Refusal(Reason.IMAGE_EXCEEDS_MAX_RESOLUTION, message, field=field)


def _eight_bit(image: Image.Image) -> Image.Image:
    """Sixteen bits scaled to eight; Pillow's own conversion would cut them off at 255."""
    if not image.mode.startswith("I"):
        return image
    values = np.asarray(image).astype(np.uint32)
    return Image.fromarray((values // 257).astype(np.uint8))
