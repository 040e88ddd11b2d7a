"""Rows of the journal's tables as the records that the program speaks of."""

import os
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from app.model.geometry import Size
from app.model.job import Attempt, JobState
from app.model.record import JobRecord, RawRecord, ResultRecord

_Group = Mapping[str, Sequence[sqlite3.Row]]
"""Rows by the job that they belong to."""


def select(
    database: sqlite3.Connection, jobs: Path, rest: str = "", values: tuple[object, ...] = ()
) -> tuple[JobRecord, ...]:
    """The records of the jobs that the end of the question, `rest`, asks for."""

    def grouped(table: str, order: str) -> _Group:
        found = defaultdict(list)
        question = f"SELECT * FROM {table} WHERE job_id IN (SELECT id FROM job {rest})"
        for row in cursor.execute(f"{question} ORDER BY {order}", values):
            found[row["job_id"]].append(row)
        return found

    with closing(database.cursor()) as cursor:
        cursor.row_factory = sqlite3.Row
        found = cursor.execute(f"SELECT * FROM job {rest}", values).fetchall()
        attempts = grouped("attempt", "number")
        results, raws = grouped("result", "number"), grouped("raw", "number, path")
        return tuple(_job_record(row, jobs, attempts, results, raws) for row in found)


def _job_record(
    row: sqlite3.Row, jobs: Path, attempts: _Group, results: _Group, raws: _Group
) -> JobRecord:
    job_id = row["id"]
    last = attempts[job_id][-1] if attempts.get(job_id) else None
    return JobRecord(
        id=job_id,
        created=datetime.fromisoformat(row["created"]),
        changed=datetime.fromisoformat(row["changed"]),
        revision=row["revision"],
        state=JobState(row["state"]),
        service_id=row["service_id"],
        base_url=row["base_url"],
        task_id=row["task_id"],
        error_kind=row["error_kind"],
        error_text=row["error_text"],
        attempt=_attempt(last) if last and last["number"] else None,
        answer=last["answer"] if last else None,
        is_hidden=bool(row["hidden"]),
        folder=jobs / job_id,
        results=tuple(map(_result_record, results.get(job_id, ()))),
        raws=tuple(map(_raw_record, raws.get(job_id, ()))),
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
        size=None if row["width"] is None else Size(row["width"], row["height"]),
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
