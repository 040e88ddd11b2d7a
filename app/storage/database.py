"""The journal's SQLite file: opened for safety first, made and brought up to date here."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from app.model.errors import StorageError
from app.storage.faults import reported
from app.storage.files import PRIVATE, move_aside, private_folder

_APPLICATION_ID = 0x4D53_4B57  # "MSKW"
_PATIENCE_S = 5.0

_VERSION_1 = (
    """
    CREATE TABLE job (
        id TEXT PRIMARY KEY,
        created TEXT NOT NULL,
        changed TEXT NOT NULL,
        state TEXT NOT NULL,
        service_id TEXT NOT NULL,
        base_url TEXT NOT NULL,
        task_id TEXT,
        error_kind TEXT,
        error_text TEXT
    ) STRICT
    """,
    # Paths are bytes, as not every file name is Unicode; seeds are text, as services' may be
    # wider than SQLite's integers.
    """
    CREATE TABLE result (
        job_id TEXT NOT NULL REFERENCES job (id),
        number INTEGER NOT NULL,
        path BLOB NOT NULL,
        raw_path BLOB NOT NULL,
        seed TEXT,
        PRIMARY KEY (job_id, number)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX job_by_created ON job (created)",
)
_VERSIONS = (_VERSION_1,)
"""The statements that lead from each version of the file to the next one."""

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
    if owner != _APPLICATION_ID and (owner or tables):
        raise StorageError("damaged", path, "not a journal")
    (verdict,) = database.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise StorageError("damaged", path, verdict)


def _update(database: sqlite3.Connection, path: Path) -> None:
    with database:
        database.execute("BEGIN EXCLUSIVE")
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version > len(_VERSIONS):
            raise StorageError("other", path, f"made by a newer version ({version})")
        for statements in _VERSIONS[version:]:
            for statement in statements:
                database.execute(statement)
        database.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        database.execute(f"PRAGMA user_version = {len(_VERSIONS)}")


def _set_aside(path: Path) -> Path:
    label = f"damaged-{datetime.now():%Y%m%d-%H%M%S}"
    moved = move_aside(path, label)
    for ending in ("-wal", "-shm"):
        side_file = path.with_name(path.name + ending)
        if side_file.exists():
            move_aside(side_file, label)
    return moved
