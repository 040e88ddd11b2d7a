"""The journal's SQLite file: opened for safety first, and put right where it can be."""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from app.model.errors import StorageError
from app.storage.files.faults import reported
from app.storage.files.mounts import is_remote
from app.storage.files.writing import PRIVATE, move_aside, private_folder
from app.storage.jobs.backups import Backups, copy_into
from app.storage.jobs.schema import NEWEST, bring_up_to_date, version_of
from app.storage.jobs.soundness import check_content, check_database, database_errors

_PATIENCE_S = 5.0
_SIDES = ("-wal", "-shm", "-journal")
_NOT_OURS_TO_WRITE = {"newer", "read_only", "no_access"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A database that is open, and how that came about.

    `damaged` is where an unreadable one was put, `is_restored` that a copy took its place. With
    a `refusal` it can only be read: that is what to tell whoever would write. The connection may
    be used by any thread, by one at a time.
    """

    connection: sqlite3.Connection
    damaged: Path | None = None
    is_restored: bool = False
    refusal: StorageError | None = None


def open_database(path: Path, backups: Backups) -> Opened:
    """The database at `path`, made if need be.

    A damaged one is put aside, and the newest good copy takes its place. One of a newer program,
    or one that cannot be written, is left untouched.
    """
    try:
        private_folder(path.parent)
        is_restored = _filled(path, backups)
        return Opened(connection=_opened(path), is_restored=is_restored)
    except StorageError as error:
        if error.kind in _NOT_OURS_TO_WRITE and path.exists():
            return Opened(connection=_opened_to_read(path), refusal=error)
        if error.kind != "damaged":
            raise
    moved = _set_aside(path)
    is_restored = _filled(path, backups)
    return Opened(connection=_opened(path), damaged=moved, is_restored=is_restored)


def check(path: Path) -> None:
    """Raise a `StorageError` if the file that lies at `path` is no journal in good order."""
    with closing(_opened_to_read(path)):
        pass


def is_alone(database: sqlite3.Connection) -> bool:
    """Whether no other program has the same file open, as far as its file system tells."""
    (mode,) = database.execute("PRAGMA journal_mode").fetchone()
    if mode != "wal":
        return True
    database.execute("PRAGMA busy_timeout = 0")
    try:
        # Only whoever is alone may leave this mode.
        database.execute("PRAGMA journal_mode = DELETE").fetchone()
        database.execute("PRAGMA journal_mode = WAL").fetchone()
    except sqlite3.OperationalError:
        return False
    finally:
        database.execute(f"PRAGMA busy_timeout = {_PATIENCE_S * 1000:.0f}")
    return True


def _filled(path: Path, backups: Backups) -> bool:
    """Put a copy to where no database is, or an empty one: something took it away."""
    with reported(path):
        if path.exists() and path.stat().st_size:
            return False
        if path.exists():
            path.unlink()
    for side in _sides(path):
        move_aside(side, _label("lost"))
    return backups.restore(path, check)


def _opened(path: Path) -> sqlite3.Connection:
    with reported(path):
        path.touch(mode=PRIVATE)  # SQLite gives its side files the same mode
    with database_errors(path):
        database = sqlite3.connect(
            path, timeout=_PATIENCE_S, isolation_level=None, check_same_thread=False
        )
    try:
        with database_errors(path):
            check_database(database, path)
            _set_up(database, path)
            _update(database, path)
    except StorageError:
        database.close()
        raise
    return database


def _opened_to_read(path: Path) -> sqlite3.Connection:
    """The database as it is; nothing is written, not even beside it."""
    has_log = any(side.stat().st_size for side in _sides(path))
    how = "mode=ro" if has_log else "mode=ro&immutable=1"
    with database_errors(path):
        database = sqlite3.connect(
            f"file:{quote(os.fsencode(path.absolute()))}?{how}",
            uri=True,
            timeout=_PATIENCE_S,
            isolation_level=None,
            check_same_thread=False,
        )
    try:
        with database_errors(path):
            check_database(database, path)
    except StorageError:
        database.close()
        raise
    return database


def _set_up(database: sqlite3.Connection, path: Path) -> None:
    # FULL: a commit that returned is on disk. NORMAL would lose the last ones. The log needs
    # memory that processes share, which a network file system does not have.
    mode, synchronous = ("DELETE", "EXTRA") if is_remote(path) else ("WAL", "FULL")
    for setting in (
        f"journal_mode = {mode}",
        f"synchronous = {synchronous}",
        "foreign_keys = ON",
        "fullfsync = ON",
    ):
        database.execute(f"PRAGMA {setting}").fetchone()


def _update(database: sqlite3.Connection, path: Path) -> None:
    version = version_of(database)
    if version > NEWEST:
        raise StorageError("newer", path, f"version {version}")
    if 0 < version < NEWEST:
        copy_into(database, path.with_name(f"{path.stem}.version-{version}{path.suffix}"), check)
    if version < NEWEST:
        bring_up_to_date(database)
        check_content(database, path)


def _set_aside(path: Path) -> Path:
    label = _label("damaged")
    moved = move_aside(path, label)
    for side in _sides(path):
        move_aside(side, label)
    return moved


def _sides(path: Path) -> list[Path]:
    sides = (path.with_name(path.name + ending) for ending in _SIDES)
    return [side for side in sides if side.exists()]


def _label(what: str) -> str:
    return f"{what}-{datetime.now():%Y%m%d-%H%M%S}"
