"""Giving files their names: one that was free, or that of a file which they replace."""

import errno
import os
import sys
from itertools import count
from pathlib import Path
from shutil import copyfileobj
from time import sleep
from typing import BinaryIO

from app.storage.files.staging import Write, part_in, staged

_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL}
"""What file systems without hard links (exFAT, SMB, some FUSE) answer to `link`."""

_HERE, _MUST_BE_FREE = -100, 1
"""Linux' AT_FDCWD and RENAME_NOREPLACE."""

_BUSY_TRIES = 5
_BUSY_PAUSE_S = 0.1


def place_new(source: Path, path: Path) -> Path:
    """Give `source` the first free name like `path`; where links work, it keeps its own too."""
    for number in count(1):
        target = path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")
        try:
            _link(source, target)
        except FileExistsError:
            continue
        return target
    raise AssertionError("unreachable: the numbers do not end")


def place_over(source: Path, target: Path) -> None:
    """Give `source` the name of `target`; on Windows a virus scanner may hold that for a while."""
    for _ in range(_BUSY_TRIES if sys.platform == "win32" else 0):
        try:
            source.replace(target)
        except PermissionError:
            sleep(_BUSY_PAUSE_S)
        else:
            return
    source.replace(target)


def keep_previous(target: Path, previous: Path, mode: int) -> None:
    """Give the file the name `previous` too, in place of the one before it."""
    spare = part_in(target.parent)
    try:
        spare.hardlink_to(target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        with open(target, "rb") as file, staged(target.parent, _copy_of(file), mode) as source:
            source.replace(previous)
        return
    try:
        spare.replace(previous)
    finally:
        spare.unlink(missing_ok=True)  # both were one file already: then a rename does nothing


def _link(source: Path, target: Path) -> None:
    try:
        target.hardlink_to(source)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _move(source, target)


def _move(source: Path, target: Path) -> None:
    """Without links: in one step where the system can, so that a kill leaves no empty file."""
    if sys.platform == "win32":  # where a plain rename replaces nothing
        source.rename(target)
        return
    try:
        _rename_new(source, target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _claim(source, target)


def _rename_new(source: Path, target: Path) -> None:
    """Linux' own rename to a name that must be free."""
    try:
        from ctypes import CDLL, get_errno

        rename = CDLL(None, use_errno=True).renameat2
    except (ImportError, AttributeError) as error:  # not every Python has it, nor every system
        raise OSError(errno.ENOSYS, str(error)) from error
    names = os.fsencode(source), os.fsencode(target)
    if rename(_HERE, names[0], _HERE, names[1], _MUST_BE_FREE):
        raise OSError(get_errno(), os.strerror(get_errno()))


def _claim(source: Path, target: Path) -> None:
    """Own the name first, as a plain rename would replace another's file."""
    os.close(os.open(target, os.O_CREAT | os.O_EXCL, 0o600))
    try:
        source.replace(target)
    except OSError:
        target.unlink()
        raise


def _copy_of(source: BinaryIO) -> Write:
    return lambda file: copyfileobj(source, file)
