"""The durable record of jobs: what was asked, where each job stands, what came of it.

A table says where jobs stand; a folder for each holds what was sent, the task id once more, and
the service's answers. Each call returns only when what it says is on disk. Nothing is deleted,
and the key is never written.
"""

import json
import logging
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any

from app.model.errors import AppError, StorageError
from app.model.job import TRANSITIONS, UNDER_WAY, Job, JobState, Upload
from app.storage.database import database_errors, open_database
from app.storage.faults import reported
from app.storage.files import private_folder, write_new, write_replace
from app.storage.folders import jobs_folder
from app.storage.records import JobRecord, job_record
from app.storage.sniff import suffix_of

log = logging.getLogger(__name__)

_NEW_JOB = """
    INSERT INTO job (id, created, changed, state, service_id, base_url) VALUES (?, ?, ?, ?, ?, ?)
"""
_NEW_STATE = """
    UPDATE job SET state = ?, changed = ?, task_id = coalesce(?, task_id),
        error_kind = coalesce(?, error_kind), error_text = coalesce(?, error_text)
    WHERE id = ?
"""
_NEW_RESULT = """
    INSERT INTO result (job_id, number, path, raw_path, seed) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE
    SET path = excluded.path, raw_path = excluded.raw_path, seed = excluded.seed
"""


class SqliteJournal:
    """The journal in the data folder. Its methods block, and may be called from any thread.

    `damaged` is where an unreadable journal was put when this one was opened, else None.
    """

    def __init__(self, data: Path) -> None:
        self._jobs = jobs_folder(data)
        self._path = data / "journal.sqlite"
        self._lock = Lock()
        self._database, self.damaged = open_database(self._path)

    def close(self) -> None:
        """End the use of the file; the journal can be opened again."""
        with self._lock:
            self._database.close()

    def prepare(self, job: Job, upload: Upload) -> None:
        """Record a job with all that it needs, before a byte of it is sent."""
        folder = self._new_folder(job.id)
        try:
            write_new(folder / f"image{suffix_of(upload.image)}", upload.image)
            write_new(folder / f"mask{suffix_of(upload.mask)}", upload.mask)
            write_new(folder / "parameters.json", _json(_facts(job)))
            with self._transaction() as database:
                created = job.created.astimezone(UTC).isoformat()
                service = job.service
                row = (job.id, created, _now(), JobState.PREPARED, service.id, service.base_url)
                database.execute(_NEW_JOB, row)
        except StorageError:
            # Never acknowledged, so nobody misses it; a full disk needs the room.
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def note(
        self,
        job_id: str,
        state: JobState,
        *,
        task_id: str | None = None,
        error: AppError | None = None,
    ) -> None:
        """Record that a job took a step; one that `TRANSITIONS` does not know is a `ValueError`."""
        try:
            with self._transaction() as database:
                _check_step(JobState(self._state(database, job_id)), state)
                kind, text = (type(error).__name__, _storable(error)) if error else (None, None)
                database.execute(_NEW_STATE, (state, _now(), task_id, kind, text, job_id))
        finally:
            # Also when the table could not be written: the id is what has been paid for.
            if task_id:
                self._write_sidecar(job_id, task_id)

    def add_result(
        self, job_id: str, index: int, path: Path, raw_path: Path, seed: int | None
    ) -> None:
        """Record a finished picture whose files are on disk."""
        row = (
            job_id,
            index,
            os.fsencode(path),
            os.fsencode(raw_path),
            None if seed is None else str(seed),
        )
        with self._transaction() as database:
            database.execute(_NEW_RESULT, row)

    def unfinished(self) -> tuple[JobRecord, ...]:
        """The jobs that were under way when they were last heard of, oldest first."""
        marks = ", ".join("?" * len(UNDER_WAY))
        return self._select(f"WHERE state IN ({marks}) ORDER BY created", tuple(UNDER_WAY))

    def recent(self, limit: int) -> tuple[JobRecord, ...]:
        """The newest jobs, newest first."""
        return self._select("ORDER BY created DESC LIMIT ?", (limit,))

    def job(self, job_id: str) -> JobRecord | None:
        """The record of one job."""
        found = self._select("WHERE id = ?", (job_id,))
        return found[0] if found else None

    def _new_folder(self, job_id: str) -> Path:
        folder = private_folder(self._jobs) / job_id
        with reported(folder):
            folder.mkdir(0o700)
        return folder

    def _state(self, database: sqlite3.Connection, job_id: str) -> str:
        row = database.execute("SELECT state FROM job WHERE id = ?", (job_id,)).fetchone()
        if row is None:
            raise StorageError("missing", self._path, f"no job {job_id}")
        return str(row[0])

    def _write_sidecar(self, job_id: str, task_id: str) -> None:
        """Put the task id beside what was sent, so that a lost table can be made anew."""
        try:
            facts = {"version": 1, "task_id": task_id, "noted": _now()}
            write_replace(self._jobs / job_id / "task.json", _json(facts))
        except StorageError as error:
            log.warning("the second copy of a task id could not be written: %s", error.kind)

    def _select(self, rest: str, values: tuple[Any, ...]) -> tuple[JobRecord, ...]:
        with self._lock, database_errors(self._path), closing(self._database.cursor()) as cursor:
            cursor.row_factory = sqlite3.Row
            rows = cursor.execute(f"SELECT * FROM job {rest}", values).fetchall()
            of_job = "SELECT * FROM result WHERE job_id = ? ORDER BY number"
            return tuple(
                job_record(row, cursor.execute(of_job, (row["id"],)).fetchall(), self._jobs)
                for row in rows
            )

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock, database_errors(self._path), self._database:
            self._database.execute("BEGIN IMMEDIATE")
            yield self._database


def _check_step(now: JobState, then: JobState) -> None:
    if then not in TRANSITIONS.get(now, frozenset()):
        raise ValueError(f"a job cannot go from {now.value} to {then.value}")


def _facts(job: Job) -> dict[str, Any]:
    return {
        "version": 1,
        "id": job.id,
        "created": job.created.astimezone(UTC).isoformat(),
        "service": {
            "id": job.service.id,
            "title": job.service.title,
            "base_url": job.service.base_url,
        },
        "picture": {
            "name": job.picture.name,
            "path": None if job.picture.path is None else str(job.picture.path),
            "size": job.picture.size,
        },
        "region": {"rect": job.region.rect, "sent": job.region.sent},
        "parameters": job.parameters.model_dump(mode="json"),
    }


def _json(facts: dict[str, Any]) -> bytes:
    return json.dumps(facts, indent=2).encode("ascii")


def _now() -> str:
    return datetime.now(UTC).isoformat()


def _storable(error: AppError) -> str:
    """The error's text; file names in it may hold what SQLite's text cannot."""
    return str(error).encode(errors="backslashreplace").decode()
