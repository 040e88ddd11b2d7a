"""Whether a database is a journal in good order, and what it means when SQLite refuses."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from app.model.errors import StorageError
from app.model.job import JobState
from app.storage.jobs.schema import APPLICATION_ID, NEWEST, is_of_today, version_of

_KINDS = {
    sqlite3.SQLITE_FULL: "full",
    # A quota that is used up is no full disk to SQLite, but a write that did not work.
    sqlite3.SQLITE_IOERR_WRITE: "full",
    sqlite3.SQLITE_IOERR_SHMSIZE: "full",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_PERM: "no_access",
    sqlite3.SQLITE_CANTOPEN: "no_access",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
}


@contextmanager
def database_errors(path: Path) -> Iterator[None]:
    """Let what goes wrong with the database at `path` leave as a `StorageError`."""
    try:
        yield
    except sqlite3.Error as error:
        raise StorageError(_kind(error), path, str(error)) from error
    except UnicodeDecodeError as error:  # of a message that quotes what is damaged
        raise StorageError("damaged", path, "text that is none") from error


def check_database(database: sqlite3.Connection, path: Path) -> None:
    """Raise a `StorageError` if what lies at `path` is no journal, or a damaged one."""
    (owner,) = database.execute("PRAGMA application_id").fetchone()
    try:
        (tables,) = database.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_ERROR:
            raise
        raise StorageError("damaged", path, str(error)) from error
    if owner != APPLICATION_ID and (owner or tables):
        raise StorageError("damaged", path, "not a journal")
    # The quick one would not see an index that disagrees with its table, and then rows go missing.
    (verdict,) = database.execute("PRAGMA integrity_check(1)").fetchone()
    if verdict != "ok":
        raise StorageError("damaged", path, verdict)
    if version_of(database) == NEWEST:
        check_content(database, path)


def check_content(database: sqlite3.Connection, path: Path) -> None:
    """Look at every row: a flipped bit in a name or a time is nothing that SQLite would see."""
    if not is_of_today(database):
        raise StorageError("damaged", path, "other tables than ours")
    try:
        _read_all(database)
    except ValueError as error:
        raise StorageError("damaged", path, str(error)) from error


def _read_all(database: sqlite3.Connection) -> None:
    for table in ("job", "attempt", "result", "raw"):
        for _ in database.execute(f"SELECT * FROM {table}"):
            pass  # text that is none is an error
    for state, *times in database.execute("SELECT state, created, changed FROM job"):
        JobState(state)
        for time in times:
            datetime.fromisoformat(time)
    for (seed,) in database.execute("SELECT seed FROM result WHERE seed IS NOT NULL"):
        int(seed)


def _kind(error: sqlite3.Error) -> str:
    code: int | None = getattr(error, "sqlite_errorcode", None)
    if code is None:  # text that is none is found by Python, not by SQLite
        return "damaged" if isinstance(error, sqlite3.OperationalError) else "other"
    return _KINDS.get(code) or _KINDS.get(code & 0xFF, "other")
