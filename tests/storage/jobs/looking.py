"""A look into the journal's database and beside it."""

import sqlite3
from pathlib import Path

from app.storage.jobs.journal import SqliteJournal


def connection(journal: SqliteJournal) -> sqlite3.Connection:
    return journal._table._database


def setting(journal: SqliteJournal, name: str) -> object:
    return connection(journal).execute(f"PRAGMA {name}").fetchone()[0]


def asides(folder: Path) -> list[Path]:
    return sorted(folder.glob("journal.damaged-*"))
