"""Where a job stands after an end that was none: by its row, its folder, or both.

Of two tellings the later counts, and of doubts the graver: a job that may have been sent never
becomes one that is sent by itself.
"""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from app.model.errors import AnswerLost, StorageError
from app.model.job import TRANSITIONS, JobState
from app.model.record import JobRecord
from app.storage.files.faults import reported
from app.storage.jobs.folder import PARAMETERS, load_upload
from app.storage.jobs.sidecar import read_sealed
from app.storage.jobs.trace import read_trace


def reconciled(row: JobRecord) -> JobRecord:
    """Where the job of `row` stands, which may be older than what its folder says.

    A log that was lost together with its last pages leaves no other sign.
    """
    try:
        trace = read_trace(row.folder)
    except StorageError as error:
        is_doubtful = error.kind != "missing" and JobState.SUBMITTING in _next(row)
        return _in_doubt(row) if is_doubtful else _come_to_rest(row)
    if trace.revision >= row.revision:
        return _come_to_rest(replace(trace, results=row.results, raws=row.raws))
    return _come_to_rest(replace(row, task_id=row.task_id or trace.task_id))


def adopted(folder: Path) -> JobRecord | None:
    """The job of a folder that has no row; None if it is no whole job and was never sent."""
    asked = _asked(folder)
    try:
        trace = read_trace(folder)
    except StorageError as error:
        if error.kind != "missing":
            return _in_doubt(asked or _nameless(folder))
        return asked and _unsent(asked)
    if not trace.service_id and asked is not None:  # version 1 told of the task alone
        trace = replace(asked, state=trace.state, task_id=trace.task_id)
    if trace.state is JobState.PREPARED:
        return _unsent(trace)
    return _come_to_rest(trace)


def _next(record: JobRecord) -> frozenset[JobState]:
    return TRANSITIONS.get(record.state, frozenset())


def _come_to_rest(record: JobRecord) -> JobRecord:
    """A job that was being sent ended in the one window where nobody can tell."""
    if record.state is not JobState.SUBMITTING:
        return record
    return replace(record, state=JobState.SUBMITTED) if record.task_id else _in_doubt(record)


def _in_doubt(record: JobRecord) -> JobRecord:
    return replace(
        record,
        state=JobState.UNKNOWN,
        error_kind=AnswerLost.__name__,
        error_text="interrupted",
    )


def _unsent(record: JobRecord) -> JobRecord | None:
    """A job that waited; nobody may have heard of it, so it goes on only when it is told to."""
    if record.state is JobState.UNKNOWN:
        return record
    try:
        load_upload(record.folder)
    except StorageError:
        return None
    return replace(record, state=JobState.NOT_SENT)


def _asked(folder: Path) -> JobRecord | None:
    """What a folder says of a job that was not sent. Version 1 left no word when it sent one."""
    try:
        facts = read_sealed(folder / PARAMETERS)
        created = datetime.fromisoformat(facts["created"])
        service = facts["service"]
        return JobRecord(
            id=folder.name,
            created=created.astimezone(UTC),
            changed=created.astimezone(UTC),
            state=JobState.UNKNOWN if facts["version"] == 1 else JobState.PREPARED,
            service_id=service["id"],
            base_url=service["base_url"],
            folder=folder,
        )
    except (StorageError, KeyError, TypeError, ValueError):
        return None


def _nameless(folder: Path) -> JobRecord:
    """A job of which only that it was sent is left."""
    with reported(folder):
        when = datetime.fromtimestamp(folder.stat().st_mtime, UTC)
    return JobRecord(
        id=folder.name,
        created=when,
        changed=when,
        state=JobState.UNKNOWN,
        service_id="",
        base_url="",
        folder=folder,
    )
