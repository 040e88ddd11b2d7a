"""The disk under one folder, as a test wants it: full for a while, or left as a kill leaves it.

A step is the moment before something lasting happens: a file or folder is made, is synced, gets
its name or goes, and before a transaction of the journal and after it. What is done to the disk
is done one at a time while it is watched, so that a photograph shows it between two steps.
"""

import errno
import os
import shutil
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import wraps
from pathlib import Path
from typing import Any
from unittest.mock import patch

from app.storage.jobs.table import JobTable

_LINUX = sys.platform == "linux"
_NEEDS_ROOM = frozenset({"open", "mkdir", "link", "fsync"})


class FrailDisk:
    """`with FrailDisk(folder) as disk:` watches the disk under `folder` until the block ends.

    While it `is_full` there is room for nothing new.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.is_full = False
        self._lock = threading.RLock()
        self._plans: list[tuple[int, Callable[[], object]]] = []
        self._stack = ExitStack()
        self._steps = 0

    def __enter__(self) -> "FrailDisk":
        for name, place in (("open", 0), ("mkdir", 0), ("link", 1), ("replace", 1),
                            ("rename", 1), ("unlink", 0), ("rmdir", 0), ("fsync", 0)):  # fmt: skip
            self._stack.enter_context(patch.object(os, name, self._watched(name, place)))
        self._stack.enter_context(patch.object(JobTable, "transaction", self._transaction()))
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def at_step(self, number: int, happen: Callable[[], object]) -> None:
        """Let something happen so many steps from now, in whichever thread takes that step."""
        with self._lock:
            self._plans.append((self._steps + number, happen))

    def forget(self) -> None:
        """Let nothing happen that was planned."""
        with self._lock:
            self._plans.clear()

    def step(self) -> None:
        """One more step, of something else than the disk."""
        with self._lock:
            self._step()

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """Nobody else takes a step until the block ends."""
        with self._lock:
            yield

    def photograph(self, to: Path, earlier: Path | None = None) -> None:
        """Copy the folder as it is now: what a new process would find, were this one killed. Of
        an `earlier` photograph another print is made."""
        with self._lock:
            shutil.copytree(earlier or self.folder, to, symlinks=True)

    def develop(self, photograph: Path) -> None:
        """Put the folder back to what a photograph shows."""
        with self._lock:
            shutil.rmtree(self.folder)
            photograph.rename(self.folder)

    def _step(self) -> None:
        self._steps += 1
        due = [happen for at, happen in self._plans if at <= self._steps]
        self._plans = [(at, happen) for at, happen in self._plans if at > self._steps]
        for happen in due:
            happen()

    def _watched(self, name: str, place: int) -> Callable[..., Any]:
        plain = getattr(os, name)

        @wraps(plain)
        def watched(*args: Any, **options: Any) -> Any:
            if not self._concerns(name, args[place], args, options.get("dir_fd")):
                return plain(*args, **options)
            with self._lock:
                self._step()
                if self.is_full and name in _NEEDS_ROOM:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                return plain(*args, **options)

        return watched

    def _concerns(self, name: str, target: Any, args: tuple[Any, ...], within: int | None) -> bool:
        """Whether something will last that is done to what is below the folder."""
        if name == "open" and not (args[1] & os.O_CREAT and not os.path.exists(target)):
            return False
        if within is not None:  # as whole folders are removed
            target = within
        if isinstance(target, int):
            if not _LINUX:
                return True
            target = os.readlink(f"/proc/self/fd/{target}")
        return Path(os.fsdecode(target)).is_relative_to(self.folder)

    def _transaction(self) -> Callable[[JobTable], Any]:
        plain = JobTable.transaction

        @contextmanager
        def transaction(table: JobTable) -> Iterator[sqlite3.Connection]:
            is_ours = table._path.is_relative_to(self.folder)
            self._take_step(is_ours)
            with plain(table) as database:
                if is_ours and self.is_full:
                    raise _no_room()
                yield database
            self._take_step(is_ours)

        return transaction

    def _take_step(self, is_ours: bool) -> None:
        if is_ours:
            self.step()


def _no_room() -> sqlite3.Error:
    """What SQLite says when the disk is full."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("PRAGMA max_page_count = 1")
        try:
            database.execute("CREATE TABLE big (a)")
            database.execute("INSERT INTO big VALUES (zeroblob(100000))")
        except sqlite3.OperationalError as error:
            return error
    raise AssertionError("there was room")
