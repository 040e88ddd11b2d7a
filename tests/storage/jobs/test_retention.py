"""Only what is over goes, only when it is told to, and every start takes that as it finds it."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.model.errors import AnswerLost, StorageError
from app.model.geometry import Rect, Size
from app.model.holding import Old
from app.model.job import Job, JobState, Region
from app.model.picture import Picture
from app.storage.jobs.journal import SqliteJournal
from app.storage.jobs.retention import erase
from tests.storage.conftest import NewJob
from tests.support.journaling import (
    PNG,
    UPLOAD,
    recovered,
    remove_journal,
    result_at,
    submitted,
    the_record,
    written,
)
from tests.support.pictures import load_bytes

S = JobState

# Jobs of these tests were over just now: as old as can be for someone who comes tomorrow.
TOMORROW = datetime.now(UTC) + timedelta(days=1)

ENDS: dict[str, tuple[JobState, ...]] = {
    "prepared": (),
    "submitting": (S.SUBMITTING,),
    "unknown": (S.SUBMITTING, S.UNKNOWN),
    "not sent": (S.SUBMITTING, S.NOT_SENT),
    "rejected": (S.SUBMITTING, S.REJECTED),
    "submitted": (S.SUBMITTING, S.SUBMITTED),
    "failed": (S.SUBMITTING, S.SUBMITTED, S.FAILED),
    "lost": (S.SUBMITTING, S.SUBMITTED, S.LOST),
    "saving": (S.SUBMITTING, S.SUBMITTED, S.SAVING),
    "partial": (S.SUBMITTING, S.SUBMITTED, S.SAVING, S.PARTIAL),
    "done": (S.SUBMITTING, S.SUBMITTED, S.SAVING, S.DONE),
    "cancelled": (S.CANCELLED,),
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def journal(data: Path) -> Iterator[SqliteJournal]:
    opened = SqliteJournal(data, load_bytes)
    yield opened
    opened.close()


def taken(journal: SqliteJournal, job: Job, *states: JobState, hidden: bool = False) -> Job:
    """A job that went through `states`, and was then perhaps taken off the list."""
    journal.prepare(job, UPLOAD)
    for state in states:
        journal.note(job.id, state, task_id="t-1" if state is S.SUBMITTED else None)
    if hidden:
        journal.hide(job.id)
    return job


def done(journal: SqliteJournal, job: Job, results: Path) -> Job:
    """A job with a result in the artist's folder."""
    submitted(journal, job)
    journal.note(job.id, S.SAVING)
    results.mkdir(exist_ok=True)
    raw = written(the_record(journal, job).folder / "raw-0.png")
    journal.add_result(job.id, result_at(0, written(results / f"{job.id}.png"), raw, 7))
    journal.note(job.id, S.DONE)
    return job


def of_region(job: Job, picture: Picture | None = None) -> Job:
    """The same job sending less than the whole picture, so that this is kept beside it."""
    part = Region(rect=Rect(0, 0, 4, 4), sent=Size(4, 4))
    return replace(job, picture=picture or job.picture, region=part)


def forget(journal: SqliteJournal, before: datetime = TOMORROW) -> Old:
    return journal.forget_files(journal.old_files(before), erase)


# ---- which jobs ----


@pytest.mark.parametrize(
    ("name", "hidden"),
    [
        *((name, False) for name in ENDS),
        *((name, True) for name, states in ENDS.items() if states and states[-1].is_final),
    ],
)
def test_only_jobs_that_are_done_or_were_removed_may_go(
    journal: SqliteJournal, new_job: NewJob, name: str, hidden: bool
) -> None:
    job = taken(journal, new_job(), *ENDS[name], hidden=hidden)
    goes = name == "done" or (hidden and name not in ("unknown", "partial"))
    assert journal.old_files(TOMORROW).job_ids == ((job.id,) if goes else ())
    forget(journal)
    assert the_record(journal, job).folder.is_dir() is not goes


def test_what_is_younger_stays(journal: SqliteJournal, new_job: NewJob) -> None:
    before = datetime.now(UTC)
    taken(journal, new_job(), *ENDS["done"])
    assert journal.old_files(before).is_nothing


def test_it_is_told_beforehand_how_much_would_go(
    tmp_path: Path, journal: SqliteJournal, new_job: NewJob
) -> None:
    here, there = (done(journal, new_job(), tmp_path / "results") for _ in range(2))
    (tmp_path / "results" / f"{there.id}.png").unlink()
    old = journal.old_files(TOMORROW)
    folders = [tmp_path / "data" / "jobs" / job.id for job in (here, there)]
    files = [path for folder in folders for path in folder.iterdir()]
    assert set(old.job_ids) == {here.id, there.id}
    assert old.nbytes == sum(path.stat().st_size for path in files) > 8 * len(PNG)
    assert old.moved == 1


def test_a_job_that_took_a_step_since_it_was_looked_at_keeps_its_files(
    journal: SqliteJournal, new_job: NewJob
) -> None:
    job = taken(journal, new_job(), *ENDS["lost"], hidden=True)
    old = journal.old_files(TOMORROW)
    journal.note(job.id, S.SUBMITTED)
    rest = journal.forget_files(old, erase)
    assert rest.is_nothing
    assert journal.upload(the_record(journal, job)) == UPLOAD


# ---- what stays ----


def test_the_artists_files_and_the_row_stay(
    tmp_path: Path, journal: SqliteJournal, new_job: NewJob
) -> None:
    job = done(journal, new_job(), tmp_path / "results")
    result = (tmp_path / "results" / f"{job.id}.png").read_bytes()
    assert forget(journal).is_nothing
    record = the_record(journal, job)
    assert (record.state, len(record.results)) == (S.DONE, 1)
    assert record.results[0].path.read_bytes() == result
    assert not any((tmp_path / "data" / "jobs").glob("*/*"))
    with pytest.raises(StorageError) as caught:
        journal.load(record)
    assert caught.value.kind == "missing"


def test_what_was_refused_is_told_and_still_there(journal: SqliteJournal, new_job: NewJob) -> None:
    jobs = [taken(journal, new_job(), *ENDS["done"]) for _ in range(2)]

    def all_but_one(path: Path) -> None:
        if path.name != jobs[0].id:
            erase(path)

    rest = journal.forget_files(journal.old_files(TOMORROW), all_but_one)
    assert rest.job_ids == (jobs[0].id,)


def test_what_another_end_left_half_deleted_is_never_a_job_again(
    data: Path, journal: SqliteJournal, new_job: NewJob
) -> None:
    job, other = (taken(journal, new_job(), *ENDS["done"]) for _ in range(2))
    half = data / "jobs" / ".leaving" / job.id
    half.parent.mkdir()
    (data / "jobs" / job.id).rename(half)
    (half / "parameters.json").unlink()
    journal.close()
    told, _ = recovered(data)
    assert told.is_quiet
    again = SqliteJournal(data, load_bytes)
    again.recover()
    assert again.old_files(TOMORROW).job_ids == (other.id,)
    forget(again)
    again.close()
    assert list((data / "jobs").iterdir()) == []


# ---- the next start ----


@pytest.mark.parametrize("lose", [lambda data: None, remove_journal], ids=["", "journal lost"])
def test_a_start_sets_nothing_aside_and_brings_nothing_back(
    tmp_path: Path, new_job: NewJob, lose: Callable[[Path], None]
) -> None:
    data = tmp_path / "data"
    journal = SqliteJournal(data, load_bytes)
    over = done(journal, new_job(), tmp_path / "results")
    taken(journal, new_job(), *ENDS["failed"], hidden=True)
    unknown = taken(journal, new_job(), S.SUBMITTING)
    journal.note(unknown.id, S.UNKNOWN, error=AnswerLost())
    forget(journal)
    journal.close(clean=True)
    lose(data)
    for _ in range(2):
        told, records = recovered(data)
        assert (told.set_aside, told.adopted, told.unknown) == ((), (), ())
        # A lost journal comes back from its copy.
        states = {record.id: record.state for record in records}
        assert states == {over.id: S.DONE, unknown.id: S.UNKNOWN}


def test_folders_that_are_gone_from_an_older_table_too_are_no_jobs(
    tmp_path: Path, data: Path, new_job: NewJob
) -> None:
    journal = SqliteJournal(data, load_bytes)
    done(journal, new_job(), tmp_path / "results")
    forget(journal)
    journal.close()
    remove_journal(data)
    told, records = recovered(data)
    assert (told.set_aside, records) == ((), ())


# ---- whole pictures ----


def pictures(data: Path) -> list[Path]:
    return [path for path in (data / "pictures").iterdir() if path.is_file()]


def test_a_whole_picture_goes_with_the_last_job_that_names_it(
    data: Path, journal: SqliteJournal, new_job: NewJob
) -> None:
    first = of_region(new_job())
    second = of_region(new_job())
    taken(journal, first, *ENDS["done"])
    taken(journal, second, *ENDS["submitted"])
    (kept,) = pictures(data)  # the same bytes, so one file
    old = journal.old_files(TOMORROW)
    assert (old.job_ids, old.pictures) == ((first.id,), 0)
    forget(journal)
    assert pictures(data) == [kept]
    for state in (S.SAVING, S.DONE):
        journal.note(second.id, state)
    old = journal.old_files(TOMORROW)
    assert old.pictures == 1
    assert old.nbytes > kept.stat().st_size
    assert forget(journal).is_nothing
    assert pictures(data) == []


def test_a_picture_of_a_job_that_is_just_being_kept_stays(
    data: Path, journal: SqliteJournal, new_job: NewJob
) -> None:
    job = of_region(new_job())
    taken(journal, job, *ENDS["done"])
    (kept,) = pictures(data)
    os.utime(kept, (0, 0))
    again = of_region(new_job(), job.picture)
    yesterday = datetime.now(UTC) - timedelta(days=1)
    taken(journal, again)  # it costs nothing, as the picture is there, but for a touch
    (data / "jobs" / again.id / "parameters.json").rename(data / "not yet")
    assert journal.old_files(yesterday).pictures == 0
    forget(journal, yesterday)
    assert pictures(data) == [kept]


def test_while_a_jobs_record_cannot_be_read_no_picture_goes(
    data: Path, journal: SqliteJournal, new_job: NewJob
) -> None:
    taken(journal, of_region(new_job()), *ENDS["done"])
    other = taken(journal, of_region(new_job()), *ENDS["submitted"])
    (data / "jobs" / other.id / "parameters.json").write_bytes(b"{")
    forget(journal)
    assert len(pictures(data)) == 1


def test_what_was_set_aside_keeps_its_picture(
    data: Path, journal: SqliteJournal, new_job: NewJob
) -> None:
    job = taken(journal, of_region(new_job()), *ENDS["done"])
    shutil.copytree(data / "jobs" / job.id, data / "set-aside" / job.id)
    forget(journal)
    assert len(pictures(data)) == 1
