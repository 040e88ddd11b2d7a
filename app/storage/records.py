"""Rows of the journal's tables as the records that the program speaks of."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from app.model.job import Attempt, JobState
from app.model.record import JobRecord, RawRecord, ResultRecord

_Ask = Callable[[str, tuple[object, ...]], list[sqlite3.Row]]


def select(
    database: sqlite3.Connection, jobs: Path, rest: str = "", values: tuple[object, ...] = ()
) -> tuple[JobRecord, ...]:
    """The records of the jobs that the end of the question, `rest`, asks for."""

    def ask(question: str, values: tuple[object, ...]) -> list[sqlite3.Row]:
        return cursor.execute(question, values).fetchall()

    with closing(database.cursor()) as cursor:
        cursor.row_factory = sqlite3.Row
        rows = ask(f"SELECT * FROM job {rest}", values)
        return tuple(_job_record(row, ask, jobs) for row in rows)


def _job_record(row: sqlite3.Row, ask: _Ask, jobs: Path) -> JobRecord:
    of_job = (row["id"],)
    attempts = ask("SELECT * FROM attempt WHERE job_id = ? ORDER BY number DESC LIMIT 1", of_job)
    results = ask("SELECT * FROM result WHERE job_id = ? ORDER BY number", of_job)
    raws = ask("SELECT * FROM raw WHERE job_id = ? ORDER BY number, path", of_job)
    return JobRecord(
        id=row["id"],
        created=datetime.fromisoformat(row["created"]),
        changed=datetime.fromisoformat(row["changed"]),
        revision=row["revision"],
        state=JobState(row["state"]),
        service_id=row["service_id"],
        base_url=row["base_url"],
        task_id=row["task_id"],
        error_kind=row["error_kind"],
        error_text=row["error_text"],
        attempt=_attempt(attempts[0]) if attempts and attempts[0]["number"] else None,
        answer=attempts[0]["answer"] if attempts else None,
        is_hidden=bool(row["hidden"]),
        folder=jobs / row["id"],
        results=tuple(map(_result_record, results)),
        raws=tuple(map(_raw_record, raws)),
    )


def _attempt(row: sqlite3.Row) -> Attempt:
    return Attempt(
        number=row["number"],
        body_sha256=row["body_sha256"],
        key_fingerprint=row["key_fingerprint"],
        balance=row["balance"],
    )


def _result_record(row: sqlite3.Row) -> ResultRecord:
    return ResultRecord(
        index=row["number"],
        path=Path(os.fsdecode(row["path"])),
        raw_path=Path(os.fsdecode(row["raw_path"])),
        seed=None if row["seed"] is None else int(row["seed"]),
        sha256=row["sha256"],
        size_bytes=row["size"],
    )


def _raw_record(row: sqlite3.Row) -> RawRecord:
    return RawRecord(
        index=row["number"],
        path=Path(os.fsdecode(row["path"])),
        sha256=row["sha256"],
        size_bytes=row["size"],
        is_unreadable=bool(row["unreadable"]),
    )
