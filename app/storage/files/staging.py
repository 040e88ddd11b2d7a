"""Bytes that are safe on disk under a name that nobody looks for, until they get the right one.

Whoever is killed on the way leaves such a file behind; `sweep` removes those that nobody holds.
"""

import errno
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import time
from typing import BinaryIO

from app.model.errors import StorageError

Write = Callable[[BinaryIO], object]
"""Writes what a file is to hold."""

_NO_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}
"""What network file systems that sync by themselves, or never, answer to `fsync`."""

PART = ".part"
"""How names end that nobody looks for."""

_PART = re.compile(r"\.[0-9a-f]{16}\.part")
_BLOCK = 1 << 20
_BINARY = getattr(os, "O_BINARY", 0)

_BARELY_BORN_S = 10.0
"""For so long an empty file may be one whose writer does not hold it yet."""


def part_in(folder: Path) -> Path:
    """A new name of that kind in `folder`."""
    return folder / f".{os.urandom(8).hex()}{PART}"


@contextmanager
def staged(folder: Path, write: Write, mode: int) -> Iterator[Path]:
    """What `write` writes, on disk in `folder` under such a name, which is gone at the end."""
    if not folder.exists():
        raise StorageError("missing", folder)  # it is what is gone, not the file
    path = part_in(folder)
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY, mode)
    with _held(descriptor):
        try:
            with open(descriptor, "wb") as file:
                write(file)
                file.flush()
                sync(file.fileno())
            yield path
        finally:
            path.unlink(missing_ok=True)


@contextmanager
def staged_bytes(folder: Path, data: bytes, mode: int) -> Iterator[Path]:
    """`staged`, with `data` in it, which was read back and found the same."""
    with staged(folder, lambda file: file.write(data), mode) as path:
        _verify(path, data)
        yield path


def sweep(folder: Path) -> None:
    """Remove what writers that are no more left in `folder`.

    What cannot be looked at or removed stays: it harms nobody.
    """
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _PART.fullmatch(entry.name):
                with suppress(OSError):
                    _remove_abandoned(Path(entry.path))


def sync(descriptor: int) -> None:
    """Return when what was written is on the disk; a failure is final, the data may be gone."""
    try:
        os.fsync(descriptor)
        if sys.platform == "darwin":
            import fcntl

            # fsync stops at the drive's own cache there.
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise


def sync_file(path: Path) -> None:
    """`sync` what somebody else wrote into the file at `path`."""
    with path.open("rb+") as file:
        sync(file.fileno())


def sync_folder(folder: Path) -> None:
    """`sync` the names in a folder."""
    # On Windows folders cannot be opened, and NTFS journals names by itself.
    if sys.platform != "win32":
        try:
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except PermissionError:
            return  # a folder that may be written to but not listed
        try:
            sync(descriptor)
        finally:
            os.close(descriptor)


def _verify(path: Path, data: bytes) -> None:
    left = memoryview(data)
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            if block != left[: len(block)]:
                break
            left = left[len(block) :]
    if block or left:
        raise StorageError("damaged", path, "read back other than written")


@contextmanager
def _held(descriptor: int) -> Iterator[None]:
    """Show `sweep` that somebody is at work here; that ends with the process at the latest."""
    if sys.platform == "win32":  # where a file that is open gets no other name
        yield
        return
    import fcntl

    held = os.dup(descriptor)
    try:
        with suppress(OSError):  # not every file system has locks
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(held)


def _remove_abandoned(path: Path) -> None:
    """Remove a file; an `OSError` if somebody holds it."""
    if sys.platform == "win32":
        path.unlink()  # which keeps a file from being removed while it is open
        return
    import fcntl

    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        facts = os.fstat(descriptor)
        if facts.st_size or abs(time() - facts.st_mtime) > _BARELY_BORN_S:
            path.unlink()
    finally:
        os.close(descriptor)
