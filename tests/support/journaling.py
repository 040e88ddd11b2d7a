"""Jobs in a journal, for tests of what is left of them."""

import hashlib
from pathlib import Path

from app.model.geometry import Size
from app.model.job import Attempt, Job, JobState, Upload
from app.model.record import JobRecord, Recovery, ResultRecord
from app.storage.jobs.journal import SqliteJournal
from tests.support.pictures import load_bytes

PNG = b"\x89PNG\r\n\x1a\n image"
UPLOAD = Upload(image=PNG, mask=PNG)
VERSION_1 = Path(__file__).parent.parent / "data" / "journal" / "version-1"
"""A data folder as the first version left it: the jobs 1 … 6, each in another state."""

SIZE = Size(60, 40)
ATTEMPT = Attempt(number=1, body_sha256="ab", key_fingerprint="cd", balance=1.5)


def submitted(journal: SqliteJournal, job: Job, task_id: str = "t-1") -> None:
    """Take a job to SUBMITTED."""
    journal.prepare(job, UPLOAD)
    journal.note(job.id, JobState.SUBMITTING)
    journal.note(job.id, JobState.SUBMITTED, task_id=task_id)


def the_record(journal: SqliteJournal, job: Job) -> JobRecord:
    """The record of a job that must be there."""
    record = journal.job(job.id)
    assert record is not None
    return record


def state_of(journal: SqliteJournal, job: Job) -> JobState:
    return the_record(journal, job).state


def written(path: Path, data: bytes = PNG) -> Path:
    """A file with `data`."""
    path.write_bytes(data)
    return path


def result_at(index: int, path: Path, raw_path: Path, seed: int | None) -> ResultRecord:
    """A finished picture of `SIZE`, as it is to be recorded."""
    return ResultRecord(index=index, path=path, raw_path=raw_path, seed=seed, size=SIZE)


def files_in(folder: Path) -> dict[str, str]:
    """What is in a folder: the hash of each file by its name."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.is_file()
    }


def recovered(data: Path, *elsewhere: Path) -> tuple[Recovery, tuple[JobRecord, ...]]:
    """What a start makes of a data folder: what it tells, and the jobs, newest first."""
    journal = SqliteJournal(data, load_bytes)
    told = journal.recover(*elsewhere)
    records = journal.recent(99)
    journal.close()
    return told, records


def remove_journal(data: Path) -> None:
    """Take away the table, so that the folders are all there is."""
    for path in data.glob("journal.sqlite*"):
        path.unlink()
