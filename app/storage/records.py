"""Jobs and results as the journal remembers them."""

import os
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.model.job import JobState


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRecord:
    """One saved picture of a job; the files may have been moved since."""

    index: int
    path: Path
    raw_path: Path
    seed: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRecord:
    """One job. `folder` holds what was sent: the image, the mask and `parameters.json`.

    `error_kind` is the class of the `AppError` that ended it, `error_text` its text.
    """

    id: str
    created: datetime
    changed: datetime
    state: JobState
    service_id: str
    base_url: str
    task_id: str | None
    error_kind: str | None
    error_text: str | None
    folder: Path
    results: tuple[ResultRecord, ...]


def job_record(row: sqlite3.Row, results: Sequence[sqlite3.Row], jobs: Path) -> JobRecord:
    """The record that a row of the journal and its result rows tell of."""
    return JobRecord(
        id=row["id"],
        created=datetime.fromisoformat(row["created"]),
        changed=datetime.fromisoformat(row["changed"]),
        state=JobState(row["state"]),
        service_id=row["service_id"],
        base_url=row["base_url"],
        task_id=row["task_id"],
        error_kind=row["error_kind"],
        error_text=row["error_text"],
        folder=jobs / row["id"],
        results=tuple(_result_record(result) for result in results),
    )


def _result_record(row: sqlite3.Row) -> ResultRecord:
    return ResultRecord(
        index=row["number"],
        path=Path(os.fsdecode(row["path"])),
        raw_path=Path(os.fsdecode(row["raw_path"])),
        seed=None if row["seed"] is None else int(row["seed"]),
    )
