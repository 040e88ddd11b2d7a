"""Jobs that were ended after a step, and what is lost of them then."""

import shutil
from collections.abc import Callable
from pathlib import Path

from app.model.job import Job, JobState
from app.storage.jobs.journal import SqliteJournal
from tests.support.journaling import ATTEMPT, UPLOAD, result_at, written
from tests.support.pictures import load_bytes

Step = Callable[[SqliteJournal, Job, Path], None]
S = JobState


def note(state: JobState, **told: object) -> Step:
    return lambda journal, job, data: journal.note(job.id, state, **told)


def prepare(journal: SqliteJournal, job: Job, data: Path) -> None:
    journal.prepare(job, UPLOAD)


def save(index: int) -> Step:
    def step(journal: SqliteJournal, job: Job, data: Path) -> None:
        raw = written(data / "jobs" / job.id / f"raw-{index}.png")
        path = written(data / f"{job.id}-{index}.png")
        journal.add_result(job.id, result_at(index, path, raw, index))

    return step


SENT = [prepare, note(S.SUBMITTING, attempt=ATTEMPT)]
MADE = [*SENT, note(S.SUBMITTED, task_id="t-1", answer=b"ok")]
SAVED = [*MADE, note(S.SAVING), save(0), save(1)]


def killed_after(data: Path, job: Job, steps: list[Step]) -> Path:
    """A data folder as a kill after `steps` leaves it."""
    living = data.with_name("living")
    journal = SqliteJournal(living, load_bytes)
    for step in steps:
        step(journal, job, living)
    shutil.copytree(living, data)
    journal.close()
    return data


def remove_log(data: Path) -> None:
    """Take away all that was committed since the file was made."""
    (data / "journal.sqlite-wal").unlink()
    (data / "journal.sqlite-shm").unlink()
