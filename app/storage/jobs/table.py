"""The journal's table: one connection, one caller at a time, all or nothing."""

import logging
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from app.model.errors import StorageError
from app.model.record import JobRecord
from app.storage.files.locks import locked
from app.storage.jobs.backups import Backups
from app.storage.jobs.database import check, is_alone, open_database
from app.storage.jobs.records import select
from app.storage.jobs.soundness import database_errors

log = logging.getLogger(__name__)

PATIENCE_S = 60.0
"""How long to wait while another program puts the table in order; it may be hung."""

LEAVING_S = 1.0
"""How long another program is given to leave, as one does that was not alone either: of two that
start at once one is to do the work.
"""

_PAUSE_S = 0.05


class JobTable:
    """The table in the data folder; any thread may ask. `jobs` is where its jobs have folders.

    `damaged` is where an unreadable one was put when this one was opened; it `is_restored` when
    an earlier copy took its place. With a `refusal` nothing can be recorded.
    """

    def __init__(self, data: Path, jobs: Path) -> None:
        self.jobs = jobs
        self._path = data / "journal.sqlite"
        self._order = data / "journal.lock"
        self._backups = Backups(data / "backups")
        self._lock = Lock()
        with locked(self._order, PATIENCE_S) as is_our_turn:
            if not is_our_turn:
                raise StorageError("other", self._path, "another program puts it in order")
            opened = open_database(self._path, self._backups)
        self._database = opened.connection
        self.damaged = opened.damaged
        self.is_restored = opened.is_restored
        self.refusal = opened.refusal

    def close(self, *, clean: bool) -> None:
        """End the use of the file. After a `clean` session what it holds now is backed up."""
        with self._lock:
            if clean and self._database.total_changes:
                self._back_up()
            self._database.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Change the table: what was done inside is durable at the end, or was never done."""
        self.check_writable()
        with self._lock, database_errors(self._path), self._database:
            self._database.execute("BEGIN IMMEDIATE")
            yield self._database

    def check_writable(self) -> None:
        """Raise a `StorageError` where nothing can be recorded."""
        if (refusal := self.refusal) is not None:
            raise StorageError(refusal.kind, refusal.path, refusal.detail)

    def select(self, rest: str = "", *values: object) -> tuple[JobRecord, ...]:
        """The records of the jobs that the end of the question, `rest`, asks for."""
        with self._lock, database_errors(self._path):
            try:
                return select(self._database, self.jobs, rest, values)
            except (IndexError, ValueError, sqlite3.OperationalError):
                if self.refusal is None:
                    raise
                return ()  # a newer program's table may be read as far as it is like ours

    def ids(self) -> frozenset[str]:
        """The ids of all jobs."""
        with self._lock, database_errors(self._path):
            return frozenset(job_id for (job_id,) in self._database.execute("SELECT id FROM job"))

    def one(self, database: sqlite3.Connection, job_id: str) -> JobRecord:
        """The record of a job, inside of a transaction."""
        found = select(database, self.jobs, "WHERE id = ?", (job_id,))
        if not found:
            raise StorageError("missing", self._path, f"no job {job_id}")
        return found[0]

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Whether no other program has the table open; if so, none opens it before the end."""
        with locked(self._order, PATIENCE_S) as is_our_turn:
            yield is_our_turn and self._is_alone_soon()

    def _is_alone_soon(self) -> bool:
        end = time.monotonic() + LEAVING_S
        while not (found := self._is_alone()) and time.monotonic() < end:
            time.sleep(_PAUSE_S)
        return found

    def _is_alone(self) -> bool:
        with self._lock, database_errors(self._path):
            return is_alone(self._database)

    def _back_up(self) -> None:
        try:
            with database_errors(self._path):
                self._backups.add(self._database, check)
        except StorageError as error:
            log.warning("the journal could not be backed up: %s", error.kind)
