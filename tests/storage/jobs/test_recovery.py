"""Where a job stands after an end at any of its steps, whatever of its traces is lost."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.model.errors import AnswerLost, NotCreated, Rejected, StorageError, Unauthorized
from app.model.job import JobState
from app.storage.jobs import steps
from app.storage.jobs.journal import SqliteJournal
from tests.storage.conftest import NewJob
from tests.storage.jobs.ends import (
    MADE,
    SAVED,
    SENT,
    S,
    Step,
    killed_after,
    note,
    prepare,
    remove_log,
)
from tests.support.journaling import ATTEMPT, UPLOAD, VERSION_1, recovered, remove_journal, state_of
from tests.support.pictures import load_bytes

STORIES: dict[str, tuple[list[Step], JobState, JobState]] = {
    # How it went, where the job stands after that, and where if the journal is lost as well.
    "prepared": ([prepare], S.PREPARED, S.NOT_SENT),
    "submitting": (SENT, S.UNKNOWN, S.UNKNOWN),
    "waits for a key": ([*SENT, note(S.PREPARED, error=Unauthorized())], S.PREPARED, S.NOT_SENT),
    "not sent": ([*SENT, note(S.NOT_SENT)], S.NOT_SENT, S.NOT_SENT),
    "rejected": ([*SENT, note(S.REJECTED, error=Rejected())], S.REJECTED, S.REJECTED),
    "not created": (
        [*SENT, note(S.NOT_CREATED, error=NotCreated())],
        S.NOT_CREATED,
        S.NOT_CREATED,
    ),
    "unknown": ([*SENT, note(S.UNKNOWN, error=AnswerLost())], S.UNKNOWN, S.UNKNOWN),
    "sent again": (
        [*SENT, note(S.UNKNOWN), note(S.SUBMITTING, attempt=ATTEMPT)],
        S.UNKNOWN,
        S.UNKNOWN,
    ),
    "sent once more": ([*SENT, note(S.NOT_SENT), note(S.SUBMITTING)], S.UNKNOWN, S.UNKNOWN),
    "submitted": (MADE, S.SUBMITTED, S.SUBMITTED),
    "cancelled": ([*MADE, note(S.CANCELLED)], S.CANCELLED, S.CANCELLED),
    "failed": ([*MADE, note(S.FAILED)], S.FAILED, S.FAILED),
    "lost": ([*MADE, note(S.LOST)], S.LOST, S.LOST),
    "saving": ([*MADE, note(S.SAVING)], S.SAVING, S.SAVING),
    "saved": (SAVED, S.SAVING, S.SAVING),
    "partial": ([*SAVED, note(S.PARTIAL)], S.PARTIAL, S.PARTIAL),
    "done": ([*SAVED, note(S.DONE)], S.DONE, S.DONE),
}


@pytest.mark.parametrize("name", STORIES)
def test_a_killed_programs_job_stands_where_it_stood(
    tmp_path: Path, new_job: NewJob, name: str
) -> None:
    steps, expected, _ = STORIES[name]
    job = new_job()
    told, (record,) = recovered(killed_after(tmp_path / "data", job, steps))
    assert record.state == expected
    is_news = expected is S.UNKNOWN and name != "unknown"
    assert told.unknown == ((job.id,) if is_news else ())
    assert told.is_quiet is not is_news
    assert len(record.results) == (2 if steps[:6] == SAVED else 0)


@pytest.mark.parametrize("lose", [remove_journal, remove_log])
@pytest.mark.parametrize("name", STORIES)
def test_a_lost_journal_is_made_anew_from_the_folders(
    tmp_path: Path, new_job: NewJob, name: str, lose: Callable[[Path], None]
) -> None:
    steps, _, expected = STORIES[name]
    job = new_job()
    data = killed_after(tmp_path / "data", job, steps)
    lose(data)
    told, (record,) = recovered(data)
    assert record.state == expected
    assert told.adopted == (job.id,)
    assert (record.service_id, record.base_url) == (job.service.id, job.service.base_url)
    assert (record.id, record.created) == (job.id, job.created)
    if len(steps) > 1 and "more" not in name:
        assert record.attempt == ATTEMPT
    if steps[:3] == MADE:
        assert (record.task_id, record.answer) == ("t-1", b"ok")
    found = [(r.index, r.path.name, r.raw_path.name, r.seed) for r in record.results]
    saved = [(n, f"{job.id}-{n}.png", f"raw-{n}.png", n) for n in range(2)]
    assert found == (saved if steps[:6] == SAVED else [])
    again, records = recovered(data)
    assert again.is_quiet
    assert records == (record,)


@pytest.mark.parametrize("name", STORIES)
def test_an_older_copy_of_the_journal_does_not_turn_the_clock_back(
    tmp_path: Path, new_job: NewJob, name: str
) -> None:
    steps, expected, _ = STORIES[name]
    job, data = new_job(), tmp_path / "data"
    journal = SqliteJournal(data, load_bytes)
    prepare(journal, job, data)
    journal.close(clean=True)
    journal = SqliteJournal(data, load_bytes)
    for step in steps[1:]:
        step(journal, job, data)
    journal.close()
    (data / "journal.sqlite").write_bytes(b"garbage")
    told, (record,) = recovered(data)
    assert told.is_restored
    assert record.state == expected
    assert len(record.results) == (2 if steps[:6] == SAVED else 0)


@pytest.mark.parametrize("lose", [True, False])
def test_jobs_of_version_1_stand_where_they_stood_or_in_doubt(tmp_path: Path, lose: bool) -> None:
    shutil.copytree(VERSION_1, tmp_path / "data")
    if lose:
        remove_journal(tmp_path / "data")
    told, records = recovered(tmp_path / "data")
    found = {int(record.id, 16): (record.state, record.task_id) for record in records}
    # Without its row nobody can tell whether one was sent: it left no word of that.
    assert found == {
        1: (S.UNKNOWN if lose else S.PREPARED, None),
        2: (S.UNKNOWN, None),
        3: (S.SUBMITTED, "task-3"),
        4: (S.SUBMITTED if lose else S.DONE, "task-4"),
        5: (S.UNKNOWN, None),
        6: (S.SUBMITTED if lose else S.FAILED, "task-6"),
    }
    assert {int(job_id, 16) for job_id in told.unknown} == ({1, 2, 5} if lose else {2})


def test_a_task_id_that_only_the_folder_took_is_found(tmp_path: Path, new_job: NewJob) -> None:
    job = new_job()
    journal = SqliteJournal(tmp_path, load_bytes)
    journal.prepare(job, UPLOAD)
    journal.note(job.id, S.SUBMITTING, attempt=ATTEMPT)
    journal._table._database.execute("PRAGMA query_only = ON")
    with pytest.raises(StorageError):
        journal.note(job.id, S.SUBMITTED, task_id="t-9")
    journal.close()
    _, (record,) = recovered(tmp_path)
    assert (record.state, record.task_id, record.attempt) == (S.SUBMITTED, "t-9", ATTEMPT)


@pytest.mark.parametrize("earlier", [[], [note(S.SUBMITTING), note(S.NOT_SENT)]])
def test_a_job_that_the_journal_refused_to_send_was_not_sent(
    tmp_path: Path, new_job: NewJob, earlier: list[Step]
) -> None:
    job = new_job()
    journal = SqliteJournal(tmp_path, load_bytes)
    for step in [prepare, *earlier]:
        step(journal, job, tmp_path)
    before = state_of(journal, job)
    journal._table._database.execute("PRAGMA query_only = ON")
    with pytest.raises(StorageError):
        journal.note(job.id, S.SUBMITTING)
    journal.close()
    _, (record,) = recovered(tmp_path)
    assert record.state == before
    remove_journal(tmp_path)
    _, (record,) = recovered(tmp_path)
    assert record.state == S.NOT_SENT


def test_a_clock_that_is_set_back_again_and_again_changes_nothing(
    tmp_path: Path, new_job: NewJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    years = iter(range(2030, 1990, -1))
    monkeypatch.setattr(steps, "_now", lambda: datetime(next(years), 1, 1, tzinfo=UTC))
    job, data = new_job(), tmp_path / "data"
    journal = SqliteJournal(data, load_bytes)
    prepare(journal, job, data)
    journal.close(clean=True)
    journal = SqliteJournal(data, load_bytes)
    for step in SAVED[1:]:
        step(journal, job, data)
    journal.close()
    (data / "journal.sqlite").write_bytes(b"garbage")  # so that an older copy takes its place
    _, (record,) = recovered(data)
    assert (record.state, record.task_id, len(record.results)) == (S.SAVING, "t-1", 2)
