"""How the journal's database is opened, and what is done about damage."""

import sqlite3
from pathlib import Path

import pytest

from app.storage.jobs import database
from app.storage.jobs.database import is_alone
from app.storage.jobs.journal import SqliteJournal
from tests.storage.conftest import NewJob, RunChild
from tests.storage.jobs.looking import connection, setting
from tests.support.journaling import files_in, submitted
from tests.support.pictures import load_bytes


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
