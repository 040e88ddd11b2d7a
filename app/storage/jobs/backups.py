"""Copies of the journal from days when all went well, in case it is damaged on another.

A copy is made when the program ends in good order, checked, and only then takes the first of
three places; the others move on.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from app.model.errors import StorageError
from app.storage.files.faults import reported
from app.storage.files.staging import part_in, sync_file, sync_folder
from app.storage.files.writing import PRIVATE, move_new, private_folder, write_new

GENERATIONS = 3

Check = Callable[[Path], None]
"""Raises a `StorageError` for a file that is no journal in good order."""


def copy_into(database: sqlite3.Connection, to: Path, check: Check) -> Path:
    """Copy the whole database into a new file, checked and on disk when this returns."""
    staged = part_in(to.parent)
    try:
        with reported(staged):
            staged.touch(PRIVATE)
            # Not every name is text that could be handed over as such.
            database.execute("VACUUM INTO CAST(? AS TEXT)", (os.fsencode(staged),))
            sync_file(staged)
        check(staged)
        return move_new(staged, to)
    finally:
        staged.unlink(missing_ok=True)


class Backups:
    """The copies in `folder`, the newest first."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, database: sqlite3.Connection, check: Check) -> None:
        """Make a copy of `database` the newest; the oldest of three makes way for it."""
        fresh = copy_into(database, private_folder(self._folder) / "journal-new.sqlite", check)
        with reported(fresh):
            for place in range(GENERATIONS, 1, -1):
                if (younger := self._place(place - 1)).exists():
                    younger.replace(self._place(place))
            fresh.replace(self._place(1))
            sync_folder(self._folder)

    def restore(self, to: Path, check: Check) -> bool:
        """Put the newest copy in good order to where nothing is; False when there is none."""
        for path in self._sound(check):
            with reported(path):
                data = path.read_bytes()
            write_new(to, data)
            return True
        return False

    def _sound(self, check: Check) -> Iterator[Path]:
        for place in range(1, GENERATIONS + 1):
            path = self._place(place)
            try:
                check(path)
            except StorageError:
                continue
            yield path

    def _place(self, number: int) -> Path:
        return self._folder / f"journal-{number}.sqlite"
