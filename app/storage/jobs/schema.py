"""The tables of the journal, and how each version of them becomes the next."""

import sqlite3
from contextlib import closing

APPLICATION_ID = 0x4D53_4B57  # "MSKW"

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

_VERSION_2 = (
    "ALTER TABLE job ADD COLUMN revision INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE job ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE result ADD COLUMN sha256 TEXT",
    "ALTER TABLE result ADD COLUMN size INTEGER",
    """
    CREATE TABLE attempt (
        job_id TEXT NOT NULL REFERENCES job (id),
        number INTEGER NOT NULL,
        body_sha256 TEXT NOT NULL,
        key_fingerprint TEXT NOT NULL,
        balance REAL,
        answer BLOB,
        PRIMARY KEY (job_id, number)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE raw (
        job_id TEXT NOT NULL REFERENCES job (id),
        number INTEGER NOT NULL,
        path BLOB NOT NULL,
        sha256 TEXT NOT NULL,
        size INTEGER NOT NULL,
        unreadable INTEGER NOT NULL,
        PRIMARY KEY (job_id, path)
    ) STRICT, WITHOUT ROWID
    """,
)

_VERSION_3 = (
    "ALTER TABLE result ADD COLUMN width INTEGER",
    "ALTER TABLE result ADD COLUMN height INTEGER",
)

_VERSIONS = (_VERSION_1, _VERSION_2, _VERSION_3)
"""The statements that lead from each version of the file to the next one."""

NEWEST = len(_VERSIONS)


def version_of(database: sqlite3.Connection) -> int:
    """The version of the tables; 0 when there are none yet."""
    (version,) = database.execute("PRAGMA user_version").fetchone()
    return int(version)


def bring_up_to_date(database: sqlite3.Connection) -> None:
    """Make the tables of today out of those that are there, all of it or nothing."""
    with database:
        database.execute("BEGIN EXCLUSIVE")
        for statements in _VERSIONS[version_of(database) :]:
            for statement in statements:
                database.execute(statement)
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        database.execute(f"PRAGMA user_version = {NEWEST}")


def is_of_today(database: sqlite3.Connection) -> bool:
    """Whether the tables are to the letter those that `bring_up_to_date` makes of nothing."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        bring_up_to_date(fresh)
        return _tables(database) == _tables(fresh)


def _tables(database: sqlite3.Connection) -> list[tuple[str, ...]]:
    return database.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY name").fetchall()
