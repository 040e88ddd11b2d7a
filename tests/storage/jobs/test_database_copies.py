"""Copies of better days, and when one takes the journal's place."""

import errno
import os
import sqlite3
import stat
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.model.job import Job, JobState
from app.storage.jobs import backups
from app.storage.jobs.journal import SqliteJournal
from tests.storage.conftest import NewJob
from tests.storage.jobs.looking import asides
from tests.support.journaling import files_in, submitted, the_record
from tests.support.pictures import load_bytes


def sessions(data: Path, jobs: list[Job]) -> None:
    """A session for each job, all of which ended in good order."""
    for job in jobs:
        journal = SqliteJournal(data, load_bytes)
        submitted(journal, job)
        journal.close(clean=True)


def test_a_damaged_journal_is_replaced_by_the_copy_of_the_last_good_end(
    tmp_path: Path, new_job: NewJob
) -> None:
    job = new_job()
    sessions(tmp_path, [job])
    (tmp_path / "journal.sqlite").write_bytes(b"garbage" * 1000)
    journal = SqliteJournal(tmp_path, load_bytes)
    record = the_record(journal, job)
    told = journal.recover()
    journal.close()
    assert (record.state, record.task_id) == (JobState.SUBMITTED, "t-1")
    assert (told.damaged, told.is_restored) == (journal.damaged, True)
    assert asides(tmp_path) == [journal.damaged]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere all names are Unicode")
def test_a_folder_whose_name_is_no_text_has_its_copies_too(tmp_path: Path, new_job: NewJob) -> None:
    data = tmp_path / os.fsdecode(b"g\xfcnther")
    sessions(data, [new_job()])
    (data / "journal.sqlite").write_bytes(b"garbage" * 1000)
    journal = SqliteJournal(data, load_bytes)
    assert (journal.recover().is_restored, len(journal.recent(9))) == (True, 1)
    journal.close()


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_bytes(b"")])
def test_a_journal_that_is_gone_is_replaced_too(
    tmp_path: Path, new_job: NewJob, harm: Callable[[Path], object]
) -> None:
    job = new_job()
    sessions(tmp_path, [job])
    harm(tmp_path / "journal.sqlite")
    (tmp_path / "journal.sqlite-wal").write_bytes(b"what is left of the log")
    journal = SqliteJournal(tmp_path, load_bytes)
    assert the_record(journal, job).state == JobState.SUBMITTED
    journal.close()
    lost = list(tmp_path.glob("*.lost-*"))
    assert [path.read_bytes() for path in lost] == [b"what is left of the log"]


def test_a_damaged_copy_makes_way_for_an_older_one(tmp_path: Path, new_job: NewJob) -> None:
    jobs = [new_job() for _ in range(2)]
    sessions(tmp_path, jobs)
    for path in (tmp_path / "journal.sqlite", tmp_path / "backups" / "journal-1.sqlite"):
        path.write_bytes(path.read_bytes()[:5000])
    journal = SqliteJournal(tmp_path, load_bytes)
    assert [record.id for record in journal.recent(9)] == [jobs[0].id]
    journal.close()


def test_three_copies_are_kept_each_of_a_session_that_changed_something(
    tmp_path: Path, new_job: NewJob
) -> None:
    jobs = [new_job() for _ in range(5)]
    sessions(tmp_path, jobs)
    idle = SqliteJournal(tmp_path, load_bytes)
    idle.close(clean=True)
    counts = []
    for number in (1, 2, 3):
        path = tmp_path / "backups" / f"journal-{number}.sqlite"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        with closing(sqlite3.connect(path)) as copy:
            counts += copy.execute("SELECT count(*) FROM job").fetchone()
    assert counts == [5, 4, 3]
    assert len(files_in(tmp_path / "backups")) == 3


def test_a_session_that_ended_badly_leaves_no_copy(tmp_path: Path, new_job: NewJob) -> None:
    journal = SqliteJournal(tmp_path, load_bytes)
    submitted(journal, new_job())
    journal.close()
    assert not (tmp_path / "backups").exists()


def test_a_copy_that_cannot_be_made_keeps_the_others_and_lets_the_program_end(
    tmp_path: Path, new_job: NewJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_sync(path: Path) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    sessions(tmp_path, [new_job()])
    before = files_in(tmp_path / "backups")
    monkeypatch.setattr(backups, "sync_file", no_sync)
    sessions(tmp_path, [new_job()])
    assert files_in(tmp_path / "backups") == before
