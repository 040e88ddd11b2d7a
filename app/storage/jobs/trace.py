"""Where a job stands, a second time: beside its files, so that a lost journal can be made anew.

`task.json` is written before the journal says that a job is being sent, and after it says anything
else. So whatever is lost: a folder without it was never sent, and one whose last word is that it
is being sent may have been.
"""

import base64
import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from app.model.errors import StorageError
from app.model.job import Attempt, JobState
from app.model.record import JobRecord
from app.storage.files.writing import write_replace
from app.storage.jobs.sidecar import read_sealed, sealed

log = logging.getLogger(__name__)

TRACE = "task.json"


def write_trace(record: JobRecord) -> None:
    """Put where `record` stands into its folder; on disk when this returns."""
    write_replace(record.folder / TRACE, sealed(_facts(record)))


def copy_trace(record: JobRecord) -> None:
    """`write_trace` for what the journal holds already: one that fails is only logged."""
    try:
        write_trace(record)
    except StorageError as error:
        log.warning("the second copy of a job's state could not be written: %s", error.kind)


def keep_task_id(folder: Path, state: JobState, task_id: str) -> None:
    """Add what the journal could not take: the id is what has been paid for."""
    try:
        known = read_trace(folder)
    except StorageError as error:
        log.warning("a task id could not be put beside its job: %s", error.kind)
        return
    copy_trace(replace(known, state=state, task_id=task_id, revision=known.revision + 1))


def withdraw_trace(record: JobRecord) -> None:
    """Take back that a job is being sent: the journal refused to say so, so it is not sent."""
    if record.revision:
        copy_trace(record)
    else:
        # Needs no room on the disk; where it stays it leaves a doubt, no harm.
        with suppress(OSError):
            (record.folder / TRACE).unlink()


def read_trace(folder: Path) -> JobRecord:
    """What `write_trace` wrote; a `StorageError` when it is missing or damaged."""
    path = folder / TRACE
    facts = read_sealed(path)
    try:
        return _record(folder, facts)
    except (KeyError, TypeError, ValueError) as error:
        raise StorageError("damaged", path, str(error)) from error


def _facts(record: JobRecord) -> dict[str, Any]:
    attempt, answer = record.attempt, record.answer
    return {
        "revision": record.revision,
        "state": record.state,
        "task_id": record.task_id,
        "created": record.created.isoformat(),
        "changed": record.changed.isoformat(),
        "service": {"id": record.service_id, "base_url": record.base_url},
        "error": {"kind": record.error_kind, "text": record.error_text},
        "attempt": None if attempt is None else asdict(attempt),
        "answer": None if answer is None else base64.b64encode(answer).decode("ascii"),
        "is_hidden": record.is_hidden,
    }


def _record(folder: Path, facts: Mapping[str, Any]) -> JobRecord:
    if facts["version"] == 1:
        return _first_record(folder, facts)
    attempt, answer = facts["attempt"], facts["answer"]
    return JobRecord(
        id=folder.name,
        created=datetime.fromisoformat(facts["created"]),
        changed=datetime.fromisoformat(facts["changed"]),
        revision=facts["revision"],
        state=JobState(facts["state"]),
        service_id=facts["service"]["id"],
        base_url=facts["service"]["base_url"],
        task_id=facts["task_id"],
        error_kind=facts["error"]["kind"],
        error_text=facts["error"]["text"],
        attempt=None if attempt is None else Attempt(**attempt),
        answer=None if answer is None else base64.b64decode(answer),
        is_hidden=facts["is_hidden"],
        folder=folder,
    )


def _first_record(folder: Path, facts: Mapping[str, Any]) -> JobRecord:
    """What version 1 told: the task alone. It is older than any row."""
    noted = datetime.fromisoformat(facts["noted"])
    return JobRecord(
        id=folder.name,
        created=noted,
        changed=noted,
        revision=-1,
        state=JobState.SUBMITTED,
        service_id="",
        base_url="",
        task_id=facts["task_id"],
        folder=folder,
    )
