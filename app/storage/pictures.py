"""Picture files in: whatever they hold becomes an upright sRGB `Picture`, or a `PictureError`.

Foreign bytes are only ever given to the decoder that their beginning names, and only after the
size in their header was found bearable.
"""

import math
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import ELOOP, ENXIO
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from PIL import ExifTags, Image

from app.model.errors import PictureError
from app.model.geometry import Size
from app.model.picture import Picture
from app.storage import faults
from app.storage.chunks import check_png
from app.storage.colour import conversion
from app.storage.pixels import unpack
from app.storage.sniff import DECODERS, HEAD_BYTES, kind_of

MAX_PIXELS = 2**28
"""The largest picture that is opened: 268 megapixels, 16384 × 16384."""

MAX_FILE_BYTES = 2 * 1024**3

_BYTES_PER_PIXEL = 9  # decoded by Pillow (4), ours (4), alpha (1)
_SHARE_OF_MEMORY = 0.6
_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_FILE_KINDS = {"missing": "missing", "no_access": "no_access"}


def load(path: Path) -> Picture:
    """The picture in the file at `path`."""
    with _opened(path) as file:
        return _read(file, path.name, path)


def load_bytes(data: bytes, name: str = "") -> Picture:
    """The picture in `data`, which came from somewhere else than a file."""
    return _read(BytesIO(data), name, None)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """The regular file at `path`; what would block for ever or never end is refused."""
    try:
        # Without O_NONBLOCK, opening a pipe waits for its writer.
        descriptor = os.open(path, _OPEN_FLAGS)
    except OSError as error:
        special = error.errno in {ENXIO, ELOOP}
        kind = "not_a_file" if special else _FILE_KINDS.get(faults.kind_of(error), "damaged")
        raise PictureError(kind, path, error.strerror or "") from error
    except ValueError as error:  # a NUL in the name
        raise PictureError("missing", path) from error
    try:
        _check_file(os.fstat(descriptor), path)
    except PictureError:
        os.close(descriptor)
        raise
    with open(descriptor, "rb") as file:
        yield file


def _check_file(facts: os.stat_result, path: Path) -> None:
    if not stat.S_ISREG(facts.st_mode):
        raise PictureError("not_a_file", path)
    if facts.st_size > MAX_FILE_BYTES:
        raise PictureError("too_large", path, f"{facts.st_size >> 20} MiB")


def _read(file: BinaryIO, name: str, path: Path | None) -> Picture:
    try:
        return _decoded(file, _kind(file), name, path)
    except PictureError as error:
        raise PictureError(error.kind, path, error.detail) from error
    except (MemoryError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureError("too_large", path, str(error)) from error
    except Exception as error:
        # On broken bytes the decoders raise OSError, SyntaxError, ValueError, TypeError,
        # struct.error and more: to the artist it is all the same.
        raise PictureError("damaged", path, str(error)[:200]) from error


def _kind(file: BinaryIO) -> str:
    head = file.read(HEAD_BYTES)
    file.seek(0)
    kind = kind_of(head)
    if kind in DECODERS:
        return kind
    if kind:
        raise PictureError("unsupported", detail=kind)
    raise PictureError("not_a_picture" if head else "empty")


def _decoded(file: BinaryIO, kind: str, name: str, path: Path | None) -> Picture:
    image = DECODERS[kind](file)
    _check_size(Size(*image.size))
    if kind == "PNG":
        check_png(file)
    is_deep = any(";16" in str(tile.args) for tile in image.tile)
    first_frame = ("first_frame",) if getattr(image, "is_animated", False) else ()
    image.load()
    way = conversion(image, is_deep=is_deep)
    pixels, alpha = unpack(image, way, _orientation(image))
    return Picture(
        pixels=pixels, alpha=alpha, name=name, path=path, notices=first_frame + way.notices
    )


def _check_size(size: Size) -> None:
    """Refuse by the header alone what would not fit; a few bytes can claim any size."""
    if not size.area:
        raise PictureError("damaged", detail=f"{size.width} × {size.height}")
    if size.area > MAX_PIXELS or size.area * _BYTES_PER_PIXEL > _memory() * _SHARE_OF_MEMORY:
        raise PictureError("too_large", detail=f"{size.width} × {size.height}")


def _memory() -> float:
    """The machine's memory in bytes; endless where the system does not tell."""
    if sys.platform != "win32":
        with suppress(ValueError, OSError):
            return float(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    return math.inf


def _orientation(image: Image.Image) -> int:
    """The EXIF orientation that is still to be applied, 1…8; Pillow turns TIFFs by itself."""
    try:
        value = image.getexif().get(ExifTags.Base.Orientation, 1)
    except Exception:  # noqa: BLE001 - EXIF that cannot be parsed raises anything, and says nothing
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1
