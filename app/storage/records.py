"""Jobs and results as the journal remembers them."""

import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.model.job import Attempt, JobState

Rows = Callable[[str, tuple[object, ...]], list[sqlite3.Row]]
"""Asks the journal's file a question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRecord:
    """One saved picture of a job; the files may have been moved or edited since.

    `sha256` and `size_bytes` are those of the file when it was recorded; version 1 did not tell.
    """

    index: int
    path: Path
    raw_path: Path
    seed: int | None
    sha256: str | None = None
    size_bytes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRecord:
    """A raw answer that no result came of: paid for, and kept.

    Either it `is_unreadable`, or the program ended before the picture was saved.
    """

    index: int
    path: Path
    sha256: str
    size_bytes: int
    is_unreadable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRecord:
    """One job. `folder` holds what was asked (see `job_folder`).

    `revision` counts its steps. `error_kind` is the class of the `AppError` that the last step
    told of, `error_text` its text. `attempt` is the last sending, `answer` what the service said
    to it, masked. One that `is_hidden` was taken off the list; its files stay.
    """

    id: str
    created: datetime
    changed: datetime
    revision: int = 0
    state: JobState
    service_id: str
    base_url: str
    task_id: str | None = None
    error_kind: str | None = None
    error_text: str | None = None
    attempt: Attempt | None = None
    answer: bytes | None = None
    is_hidden: bool = False
    folder: Path
    results: tuple[ResultRecord, ...] = ()
    raws: tuple[RawRecord, ...] = ()


def job_record(row: sqlite3.Row, ask: Rows, jobs: Path) -> JobRecord:
    """The record that a row of the journal, and those that belong to it, tell of."""
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
