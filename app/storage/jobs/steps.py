"""What a step makes of the record of a job."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from app.model.errors import AppError
from app.model.job import TRANSITIONS, Attempt, Job, JobState
from app.model.record import JobRecord

ANSWER_BYTES = 64 * 1024
"""How much of a service's answer to a submit is kept."""


def prepared(job: Job, folder: Path) -> JobRecord:
    """The record of a job that is on disk and waits to be sent."""
    return JobRecord(
        id=job.id,
        created=job.created.astimezone(UTC),
        changed=_now(),
        state=JobState.PREPARED,
        service_id=job.service.id,
        base_url=job.service.base_url,
        folder=folder,
    )


def stepped(
    record: JobRecord,
    *,
    state: JobState,
    task_id: str | None = None,
    error: AppError | None = None,
    answer: bytes | None = None,
    attempt: Attempt | None = None,
) -> JobRecord:
    """`record` in `state`; a `ValueError` when `TRANSITIONS` does not know that step.

    The task id, the last attempt and its answer stay until there are others; the error does not.
    """
    if state not in TRANSITIONS.get(record.state, frozenset()):
        raise ValueError(f"a job cannot go from {record.state.value} to {state.value}")
    earlier = record.answer if attempt is None else None
    return replace(
        later(record),
        state=state,
        task_id=task_id or record.task_id,
        error_kind=None if error is None else type(error).__name__,
        error_text=None if error is None else _storable(error),
        answer=earlier if answer is None else answer[:ANSWER_BYTES],
        attempt=attempt or record.attempt,
    )


def hidden(record: JobRecord) -> JobRecord:
    """`record` taken off the list; a `ValueError` while it is under way."""
    if not record.state.is_final:
        raise ValueError(f"a job that is {record.state.value} cannot be hidden")
    return replace(later(record), is_hidden=True)


def later(record: JobRecord) -> JobRecord:
    """`record` after one more step."""
    return replace(record, revision=record.revision + 1, changed=_now())


def _now() -> datetime:
    return datetime.now(UTC)


def _storable(error: AppError) -> str:
    """The error's text; file names in it may hold what SQLite's text cannot."""
    return str(error).encode(errors="backslashreplace").decode()
