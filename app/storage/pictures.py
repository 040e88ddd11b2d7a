"""Picture files in: whatever they hold becomes an upright sRGB `Picture`, or a `PictureError`.

Foreign bytes are only ever given to the decoder that their beginning names, and only after the
size in their header was found bearable.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from errno import ELOOP, ENXIO
from io import BytesIO, FileIO
from pathlib import Path
from threading import Event
from typing import BinaryIO

from PIL import Image

from app.model.draft import Watch
from app.model.errors import NoRoom, PictureError
from app.model.picture import Picture
from app.storage import faults
from app.storage.chunks import check_png
from app.storage.decoding import Sight, decode
from app.storage.drafts import WatchedFile
from app.storage.lending import BLOCK
from app.storage.room import check_room
from app.storage.sniff import DECODERS, HEAD_BYTES, kind_of

MAX_FILE_BYTES = 2 * 1024**3

_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_FILE_KINDS = {"missing": "missing", "no_access": "no_access"}


def load(path: Path, watch: Watch | None = None, is_watched: Event | None = None) -> Picture:
    """The picture in the file at `path`; `watch` hears early how a large one will look.

    What takes time of its own for that waits until `is_watched` is set.
    """
    with _opened(path) as file:
        sight = Sight(watch, is_watched, file, path) if watch else None
        return _read(file, path.name, path, sight)


def load_bytes(data: bytes, name: str = "") -> Picture:
    """The picture in `data`, which came from somewhere else than a file."""
    return _read(BytesIO(data), name, None, None)


@contextmanager
def _opened(path: Path) -> Iterator[WatchedFile]:
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
    with WatchedFile(FileIO(descriptor), BLOCK) as file:
        yield file


def _check_file(facts: os.stat_result, path: Path) -> None:
    if not stat.S_ISREG(facts.st_mode):
        raise PictureError("not_a_file", path)
    if facts.st_size > MAX_FILE_BYTES:
        raise PictureError("too_large", path, f"{facts.st_size >> 20} MiB")


def _read(file: BinaryIO, name: str, path: Path | None, sight: Sight | None) -> Picture:
    try:
        return _decoded(file, name, path, sight)
    except NoRoom:
        raise
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


def _decoded(file: BinaryIO, name: str, path: Path | None, sight: Sight | None) -> Picture:
    kind = _kind(file)
    image = DECODERS[kind](file)
    check_room(image, path)
    if kind == "PNG":
        check_png(file)
    first_frame = ("first_frame",) if getattr(image, "is_animated", False) else ()
    (pixels, alpha), notices = decode(image, sight)
    return Picture(pixels=pixels, alpha=alpha, name=name, path=path, notices=first_frame + notices)
