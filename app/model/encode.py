"""A finished picture as the bytes of a file, with what it says about itself."""

from collections.abc import Mapping
from io import BytesIO

import numpy as np
from PIL import Image

from app.contract.request import ImageType
from app.model.composite import blend
from app.model.metadata import JSON_KEY, TEXT_KEY
from app.model.picture import Picture
from app.model.png import encode_picture

SUFFIXES: Mapping[str, str] = {"png": ".png", "webp": ".webp", "jpeg": ".jpg"}
"""File name endings by the contract's image type."""

JPEG_QUALITY = 95

_FORMATS = ("PNG", "WEBP", "JPEG")

_EXIF_IFD = 0x8769
_USER_COMMENT = 0x9286
_IMAGE_DESCRIPTION = 0x010E
_UNICODE = b"UNICODE\0"


def encode(picture: Picture, kind: ImageType, about: Mapping[str, str]) -> bytes:
    """`picture` as a file of `kind`. PNG and WebP keep every pixel; JPEG cannot.

    `about` goes into PNG as text chunks and into the others as EXIF: the A1111 line as the user
    comment, as that program writes it, the JSON as the image description.
    """
    if kind == "png":
        return encode_picture(picture, about)
    image = _image(picture, with_alpha=kind == "webp")
    out = BytesIO()
    exif = _exif(about)
    if kind == "webp":
        image.save(out, "WEBP", lossless=True, method=0, exact=True, exif=exif)
    else:
        image.save(out, "JPEG", quality=JPEG_QUALITY, subsampling=0, exif=exif)
    return out.getvalue()


def about_in(data: bytes) -> Mapping[str, str]:
    """What `encode` was told to write into a file of any of its kinds; nothing in others."""
    with Image.open(BytesIO(data), formats=_FORMATS) as image:
        texts = getattr(image, "text", {})
        if TEXT_KEY in texts or JSON_KEY in texts:
            return {key: str(texts[key]) for key in (TEXT_KEY, JSON_KEY) if key in texts}
        exif = image.getexif()
    found: dict[str, str] = {}
    comment = exif.get_ifd(_EXIF_IFD).get(_USER_COMMENT)
    if isinstance(comment, bytes) and comment.startswith(_UNICODE):
        found[TEXT_KEY] = comment.removeprefix(_UNICODE).decode("utf-16-be", "replace")
    if isinstance(told := exif.get(_IMAGE_DESCRIPTION), str):
        found[JSON_KEY] = told
    return found


def flattened(picture: Picture) -> Picture:
    """The picture without alpha, over white: what a service sees of a transparent one."""
    if picture.alpha is None:
        return picture
    white = np.full_like(picture.pixels, 255)
    return Picture(pixels=blend(white, picture.pixels, picture.alpha), name=picture.name)


def _image(picture: Picture, *, with_alpha: bool) -> Image.Image:
    if picture.alpha is None or not with_alpha:
        return Image.fromarray(np.ascontiguousarray(flattened(picture).rgb))
    return Image.fromarray(np.dstack((picture.rgb, picture.alpha)))


def _exif(about: Mapping[str, str]) -> Image.Exif | bytes:
    """`about` as EXIF; no block at all where there is nothing to say."""
    if not about:
        return b""
    exif = Image.Exif()
    if JSON_KEY in about:
        exif[_IMAGE_DESCRIPTION] = about[JSON_KEY]
    if TEXT_KEY in about:
        comment = _UNICODE + about[TEXT_KEY].encode("utf-16-be")
        exif.get_ifd(_EXIF_IFD)[_USER_COMMENT] = comment
    return exif
