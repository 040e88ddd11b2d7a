"""Files that may be anything, opened so that none of them can block or never end."""

import os
import stat
from errno import ELOOP, ENXIO
from io import BufferedReader, FileIO

from app.model.errors import PictureError
from app.storage.files import faults
from app.storage.pictures.lending import BLOCK
from app.storage.pictures.limits import MAX_FILE_BYTES

_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_KINDS = {"missing": "missing", "no_access": "no_access"}


def opened_file(path: str) -> BufferedReader:
    """The regular file at `path`; raises `PictureError` for everything else."""
    try:
        # Without O_NONBLOCK, opening a pipe waits for its writer.
        descriptor = os.open(path, _OPEN_FLAGS)
    except OSError as error:
        special = error.errno in {ENXIO, ELOOP}
        kind = "not_a_file" if special else _KINDS.get(faults.kind_of(error), "damaged")
        raise PictureError(kind, detail=error.strerror or "") from error
    except ValueError as error:  # a NUL in the name
        raise PictureError("missing") from error
    try:
        _check(os.fstat(descriptor))
    except PictureError:
        os.close(descriptor)
        raise
    return BufferedReader(FileIO(descriptor), BLOCK)


def _check(facts: os.stat_result) -> None:
    if not stat.S_ISREG(facts.st_mode):
        raise PictureError("not_a_file")
    if facts.st_size > MAX_FILE_BYTES:
        raise PictureError("too_large", detail=f"{facts.st_size >> 20} MiB")
