"""Locks between programs. The system lets go of one when its holder ends, however it ends."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.storage.files.writing import PRIVATE

_PAUSE_S = 0.02


@contextmanager
def locked(path: Path, patience_s: float = 0.0) -> Iterator[bool]:
    """Hold the lock in the file at `path` for the block; whether it could be had in time.

    Where nothing can be written or locked there is no telling; then it is ours.
    """
    lock = _opened(path)
    if lock is None:
        yield True
        return
    try:
        yield _taken(lock, patience_s)
    finally:
        os.close(lock)


def _opened(path: Path) -> int | None:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE)
    except OSError:
        return None


def _taken(lock: int, patience_s: float) -> bool:
    end = time.monotonic() + patience_s
    while not _taken_now(lock):
        if time.monotonic() >= end:
            return False
        time.sleep(_PAUSE_S)
    return True


def _taken_now(lock: int) -> bool:
    """Whether the lock is ours now; a file system that knows no locks never says no."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return not isinstance(error, BlockingIOError | PermissionError)
    return True
