"""One running program a profile; a second one leaves its files to the first.

Whoever holds the lock in the data folder is the one; the system lets go of it when a process ends,
however it ends. Files travel as small notes in a folder that this user alone may enter: there
is no port and no socket that anyone else could talk to.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

from app.model.errors import StorageError
from app.storage.files.locks import locked
from app.storage.files.writing import private_folder, write_new

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOCK = "running.lock"
_HANDED = "handed"
_SUFFIX = ".json"
_PATIENCE_S = 5.0
_PAUSE_S = 0.02


class Instance:
    """The running program's hold on its profile. `inbox` is where others leave their notes."""

    def __init__(self, data: Path) -> None:
        self.inbox = data / _HANDED

    @classmethod
    @contextmanager
    def take(cls, data: Path) -> Iterator[Self | None]:
        """The hold on the profile in `data` for the block; None while another program has it.

        Where nothing can be written or locked there is no telling; then it is ours.
        """
        with suppress(StorageError):
            private_folder(data / _HANDED)
        with locked(data / _LOCK) as is_ours:
            yield cls(data) if is_ours else None

    def handed(self) -> list[Path | None]:
        """What was left since the last time, oldest first: a file, or None for just "show"."""
        found = []
        for note in sorted(self.inbox.glob(f"*{_SUFFIX}"), key=_left_ns):
            with suppress(OSError):  # whoever left it may take it back any time
                found.append(_taken(note))
        return found


def hand_over(data: Path, file: Path | None, patience_s: float = _PATIENCE_S) -> bool:
    """Leave `file` to the program that runs; whether that took it in time. It may be hung."""
    note = json.dumps({"file": None if file is None else os.fsencode(file.absolute()).hex()})
    try:
        left = write_new(
            private_folder(data / _HANDED) / f"{os.getpid()}{_SUFFIX}", note.encode("ascii")
        )
    except StorageError:
        return False
    end = time.monotonic() + patience_s
    while left.exists():
        if time.monotonic() > end:
            left.unlink(missing_ok=True)
            return False
        time.sleep(_PAUSE_S)
    return True


def _left_ns(note: Path) -> int:
    with suppress(OSError):
        return note.stat().st_mtime_ns
    return 0


def _taken(note: Path) -> Path | None:
    """The file that a note names; reading it takes the note away, which is the answer to it."""
    data = note.read_bytes()
    note.unlink()
    try:
        name = json.loads(data)["file"]
        return None if name is None else Path(os.fsdecode(bytes.fromhex(name)))
    except (ValueError, TypeError, KeyError):
        return None
