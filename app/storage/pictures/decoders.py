"""The decoders that foreign bytes may reach, each only with bytes that begin like its own kind.

`Image.open` would try others too, among them one that starts Ghostscript.
"""

from collections.abc import Callable
from typing import BinaryIO

from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

from app.model.errors import PictureError
from app.storage.pictures.sniff import HEAD_BYTES, kind_of


def _avif(file: BinaryIO) -> ImageFile:
    # Here, as its decoder takes long to load, for which no other picture should wait.
    from app.storage.pictures.avif import opened_avif

    return opened_avif(file)


DECODERS: dict[str, Callable[..., ImageFile]] = {
    "PNG": PngImageFile,
    "JPEG": JpegImageFile,
    "WebP": WebPImageFile,
    "TIFF": TiffImageFile,
    "BMP": BmpImageFile,
    "GIF": GifImageFile,
    "AVIF": _avif,
}


def opened(file: BinaryIO) -> ImageFile:
    """The image in `file`, of which nothing but the header is read; raises anything."""
    head = file.read(HEAD_BYTES)
    file.seek(0)
    kind = kind_of(head)
    if kind in DECODERS:
        return DECODERS[kind](file)
    if kind:
        raise PictureError("unsupported", detail=kind)
    raise PictureError("not_a_picture" if head else "empty")
