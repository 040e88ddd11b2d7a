"""Journals of older and newer programs."""

import errno
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from app.model.errors import StorageError
from app.model.job import JobState
from app.storage.jobs import backups
from app.storage.jobs.journal import SqliteJournal
from tests.storage.conftest import NewJob
from tests.storage.jobs.looking import connection
from tests.support.journaling import UPLOAD, VERSION_1, files_in, submitted
from tests.support.pictures import load_bytes


@pytest.fixture
def newer(tmp_path: Path, new_job: NewJob) -> Path:
    """The data folder of a newer program with one job."""
    journal = SqliteJournal(tmp_path, load_bytes)
    submitted(journal, new_job("from the future"))
    connection(journal).execute("PRAGMA user_version = 99")
    journal.close()
    return tmp_path


def test_the_journal_of_a_newer_program_can_be_read_and_is_left_alone(
    newer: Path, new_job: NewJob
) -> None:
    before = files_in(newer)
    journal = SqliteJournal(newer, load_bytes)
    (record,) = journal.recent(9)
    assert record.state == JobState.SUBMITTED
    told = journal.recover()
    assert told.refusal is not None
    assert told.refusal.kind == "newer"
    for refused in (
        lambda: journal.prepare(new_job(), UPLOAD),
        lambda: journal.note(record.id, JobState.SAVING),
    ):
        with pytest.raises(StorageError) as caught:
            refused()
        assert caught.value.kind == "newer"
    journal.close(clean=True)
    assert files_in(newer) == before
    assert [folder.name for folder in (newer / "jobs").iterdir()] == [record.id]


def test_a_newer_table_that_is_unlike_ours_shows_nothing(newer: Path) -> None:
    with closing(sqlite3.connect(newer / "journal.sqlite")) as file:
        file.execute("ALTER TABLE job RENAME COLUMN revision TO version")
    journal = SqliteJournal(newer, load_bytes)
    assert journal.recent(9) == ()
    journal.close()


def test_the_journal_of_version_1_opens_with_all_its_rows(tmp_path: Path) -> None:
    shutil.copytree(VERSION_1, tmp_path, dirs_exist_ok=True)
    journal = SqliteJournal(tmp_path, load_bytes)
    told = [(int(r.id, 16), r.state, r.task_id, r.error_kind) for r in journal.recent(9)]
    done = journal.job(f"{4:032x}")
    journal.close()
    assert told == [
        (6, JobState.FAILED, "task-6", "JobFailed"),
        (5, JobState.UNKNOWN, None, "AnswerLost"),
        (4, JobState.DONE, "task-4", None),
        (3, JobState.SUBMITTED, "task-3", None),
        (2, JobState.SUBMITTING, None, None),
        (1, JobState.PREPARED, None, None),
    ]
    assert done is not None
    assert [(r.index, r.path.name, r.seed, r.size, r.sha256) for r in done.results] == [
        (0, "harbour-1.png", 2**70, None, None),
        (1, "harbour-2.png", None, None, None),
    ]


def test_before_it_is_brought_up_to_date_it_is_copied(tmp_path: Path) -> None:
    shutil.copytree(VERSION_1, tmp_path, dirs_exist_ok=True)
    SqliteJournal(tmp_path, load_bytes).close()
    SqliteJournal(tmp_path, load_bytes).close()  # nothing is left to bring up to date
    assert files_in(tmp_path).keys() == {
        "journal.lock",
        "journal.sqlite",
        "journal.version-1.sqlite",
    }
    with closing(sqlite3.connect(tmp_path / "journal.version-1.sqlite")) as copy:
        assert copy.execute("PRAGMA user_version").fetchone() == (1,)
        assert copy.execute("SELECT count(*) FROM job").fetchone() == (6,)
    assert stat.S_IMODE((tmp_path / "journal.version-1.sqlite").stat().st_mode) == 0o600


def test_a_version_that_cannot_be_copied_first_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_sync(path: Path) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    shutil.copytree(VERSION_1, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(backups, "sync_file", no_sync)
    with pytest.raises(StorageError) as caught:
        SqliteJournal(tmp_path, load_bytes)
    assert caught.value.kind == "full"
    with closing(sqlite3.connect(tmp_path / "journal.sqlite")) as kept:
        assert kept.execute("PRAGMA user_version").fetchone() == (1,)
    assert files_in(tmp_path).keys() == {"journal.lock", "journal.sqlite"}
