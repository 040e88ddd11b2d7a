"""The journal's file opens in good order, is put right, or is left alone."""

import errno
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.model.errors import StorageError
from app.model.job import Job, JobState
from app.storage.jobs import backups, database
from app.storage.jobs.database import is_alone
from app.storage.jobs.journal import SqliteJournal
from tests.support.journaling import UPLOAD, VERSION_1, files_in, submitted, the_record
from tests.support.pictures import load_bytes

NewJob = Callable[..., Job]
RunChild = Callable[..., subprocess.CompletedProcess[str]]


def connection(journal: SqliteJournal) -> sqlite3.Connection:
    return journal._table._database


def setting(journal: SqliteJournal, name: str) -> object:
    return connection(journal).execute(f"PRAGMA {name}").fetchone()[0]


def asides(folder: Path) -> list[Path]:
    return sorted(folder.glob("journal.damaged-*"))


# ---- how it is opened ----


@pytest.mark.parametrize("remote", [False, True])
def test_commits_wait_for_the_disk_wherever_that_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, remote: bool
) -> None:
    monkeypatch.setattr(database, "is_remote", lambda path: remote)
    journal = SqliteJournal(tmp_path, load_bytes)
    names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "application_id")
    found = [setting(journal, name) for name in names]
    strict = connection(journal).execute(
        "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sq%'"
    )
    assert dict(strict) == {"job": 1, "result": 1, "attempt": 1, "raw": 1}
    journal.close()
    mode, full, extra = "delete" if remote else "wal", 2, 3
    assert found == [mode, extra if remote else full, 1, 5000, 0x4D53_4B57]


def test_it_knows_whether_another_program_has_it_open(tmp_path: Path) -> None:
    first = SqliteJournal(tmp_path, load_bytes)
    assert is_alone(connection(first))
    second = SqliteJournal(tmp_path, load_bytes)
    assert not is_alone(connection(first))
    second.close()
    assert is_alone(connection(first))
    assert setting(first, "journal_mode") == "wal"
    assert setting(first, "busy_timeout") == 5000
    first.close()


# ---- damage ----


@pytest.mark.parametrize(
    "content", [b"no database at all" * 100, b"SQLite format 3\0" + bytes(4096)]
)
def test_a_damaged_journal_is_put_aside_and_said(
    tmp_path: Path, new_job: NewJob, content: bytes
) -> None:
    (tmp_path / "journal.sqlite").write_bytes(content)
    journal = SqliteJournal(tmp_path, load_bytes)
    assert journal.damaged is not None
    assert journal.damaged.read_bytes() == content
    submitted(journal, new_job())
    journal.close()


def test_another_programs_database_is_not_written_to(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "journal.sqlite")
    other.execute("CREATE TABLE precious (thing TEXT)")
    other.close()
    content = (tmp_path / "journal.sqlite").read_bytes()
    journal = SqliteJournal(tmp_path, load_bytes)
    assert journal.damaged is not None
    assert journal.damaged.read_bytes() == content
    journal.close()


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE job SET state = 'prepareD'",
        "UPDATE job SET created = '2026-13-01'",
        "UPDATE job SET error_text = CAST(x'ff' AS TEXT)",
        "ALTER TABLE raw RENAME TO rav",
        "ALTER TABLE attempt RENAME COLUMN balance TO balancf",
    ],
)
def test_a_flipped_bit_that_no_database_sees_is_damage_too(
    tmp_path: Path, new_job: NewJob, harm: str
) -> None:
    journal = SqliteJournal(tmp_path, load_bytes)
    submitted(journal, new_job())
    connection(journal).execute(harm)
    journal.close()
    again = SqliteJournal(tmp_path, load_bytes)
    again.close()
    assert again.damaged is not None


# ---- copies of better days ----


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


# ---- versions ----


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


# ---- a folder that cannot be written ----


def test_a_journal_that_cannot_be_written_can_be_read(
    open_folder: Path, new_job: NewJob, run_child: RunChild
) -> None:
    journal = SqliteJournal(open_folder, load_bytes)
    submitted(journal, new_job())
    journal.close()
    for path in (open_folder, *open_folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = files_in(open_folder)
    done = run_child(
        """
journal = SqliteJournal(Path(sys.argv[1]), lambda data: None)
print(journal.refusal.kind, journal.recover().refusal.kind, len(journal.recent(9)))
journal.close(clean=True)
""",
        open_folder,
        imports="from pathlib import Path; from app.storage.jobs.journal import SqliteJournal",
        as_nobody=True,
    )
    assert done.stdout == "no_access no_access 1\n", done.stderr
    assert files_in(open_folder) == before
