"""The journal's SQLite file: opened for safety first, made and brought up to date here."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from app.model.errors import StorageError
from app.storage.faults import reported
from app.storage.files import PRIVATE, move_aside, move_new, private_folder, sync_file
from app.storage.schema import APPLICATION_ID, NEWEST, bring_up_to_date, version_of

_PATIENCE_S = 5.0

_KINDS = {
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_PERM: "no_access",
    sqlite3.SQLITE_CANTOPEN: "no_access",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
}


def open_database(path: Path) -> tuple[sqlite3.Connection, Path | None]:
    """The database at `path`, made if need be, and where a damaged one was put, if there was one.

    The connection may be used by any thread, by one at a time. A file of a newer program is left
    alone: that raises a `StorageError`.
    """
    private_folder(path.parent)
    try:
        return _opened(path), None
    except StorageError as error:
        if error.kind != "damaged":
            raise
    moved = _set_aside(path)
    return _opened(path), moved


@contextmanager
def database_errors(path: Path) -> Iterator[None]:
    """Let what goes wrong with the database at `path` leave as a `StorageError`."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        raise StorageError(_KINDS.get(code, "other"), path, str(error)) from error


def _opened(path: Path) -> sqlite3.Connection:
    with reported(path):
        path.touch(mode=PRIVATE)  # SQLite gives its side files the same mode
    with database_errors(path):
        database = sqlite3.connect(
            path, timeout=_PATIENCE_S, isolation_level=None, check_same_thread=False
        )
    try:
        with database_errors(path):
            _check(database, path)
            # FULL: a commit that returned is on disk. NORMAL would lose the last ones.
            for setting in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
                database.execute(f"PRAGMA {setting}").fetchone()
            database.execute("PRAGMA fullfsync = ON")
            _update(database, path)
    except StorageError:
        database.close()
        raise
    return database


def _check(database: sqlite3.Connection, path: Path) -> None:
    (owner,) = database.execute("PRAGMA application_id").fetchone()
    (tables,) = database.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if owner != APPLICATION_ID and (owner or tables):
        raise StorageError("damaged", path, "not a journal")
    (verdict,) = database.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise StorageError("damaged", path, verdict)


def _update(database: sqlite3.Connection, path: Path) -> None:
    version = version_of(database)
    if version > NEWEST:
        raise StorageError("other", path, f"made by a newer version ({version})")
    if 0 < version < NEWEST:
        _back_up(database, path, path.with_name(f"{path.stem}.version-{version}{path.suffix}"))
    bring_up_to_date(database)


def _back_up(database: sqlite3.Connection, path: Path, to: Path) -> None:
    """Copy the whole database into a new file, safe on disk when this returns."""
    staged = path.with_name(f".{os.urandom(8).hex()}.part")
    try:
        database.execute("VACUUM INTO ?", (str(staged),))
        with reported(staged):
            staged.chmod(PRIVATE)
            sync_file(staged)
        move_new(staged, to)
    finally:
        staged.unlink(missing_ok=True)


def _set_aside(path: Path) -> Path:
    label = f"damaged-{datetime.now():%Y%m%d-%H%M%S}"
    moved = move_aside(path, label)
    for ending in ("-wal", "-shm"):
        side_file = path.with_name(path.name + ending)
        if side_file.exists():
            move_aside(side_file, label)
    return moved
