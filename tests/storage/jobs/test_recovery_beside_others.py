"""Recovery while other programs are at work, or begin to be."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.model.errors import StorageError
from app.storage.folders import jobs_folder
from app.storage.jobs import recovery, table
from app.storage.jobs.journal import SqliteJournal
from tests.storage.conftest import NewJob
from tests.storage.jobs.ends import SENT, S, killed_after
from tests.support.journaling import UPLOAD, recovered, state_of
from tests.support.pictures import load_bytes

AT_IT = """
import sys, time
from pathlib import Path
from app.storage.jobs.table import JobTable
with JobTable(Path(sys.argv[1]), Path(sys.argv[1])).alone() as is_alone:
    print("at it" if is_alone else "not alone", flush=True)
    time.sleep(600)
"""


def test_jobs_of_this_very_run_are_left_alone(tmp_path: Path, new_job: NewJob) -> None:
    mine, others = new_job(), new_job()
    data = killed_after(tmp_path / "data", others, SENT)
    journal = SqliteJournal(data, load_bytes)
    journal.prepare(mine, UPLOAD)
    journal.note(mine.id, S.SUBMITTING)
    assert journal.recover().unknown == (others.id,)
    assert state_of(journal, mine) is S.SUBMITTING
    journal.close()


def test_while_another_program_uses_the_journal_nothing_is_touched(
    tmp_path: Path, new_job: NewJob
) -> None:
    job = new_job()
    first, second = SqliteJournal(tmp_path, load_bytes), SqliteJournal(tmp_path, load_bytes)
    first.prepare(job, UPLOAD)
    first.note(job.id, S.SUBMITTING)
    told = second.recover()
    assert (told.is_alone, told.is_quiet) == (False, True)
    assert state_of(second, job) is S.SUBMITTING
    first.note(job.id, S.SUBMITTED, task_id="t-1")
    first.close()
    assert second.recover().is_alone
    assert state_of(second, job) is S.SUBMITTED
    second.close()


def test_no_program_begins_a_job_while_another_puts_them_in_order(
    tmp_path: Path, new_job: NewJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "PATIENCE_S", 0.0)
    data = killed_after(tmp_path / "data", new_job(), SENT)
    first = table.JobTable(data, jobs_folder(data))
    refused: list[StorageError] = []

    def look(job_id: str) -> bool:
        with pytest.raises(StorageError) as raised:
            SqliteJournal(data, load_bytes)
        refused.append(raised.value)
        return False

    assert recovery.recover(first, data, (), look).is_alone
    assert [error.detail for error in refused] == ["another program puts it in order"]
    second = SqliteJournal(data, load_bytes)
    second.close()
    first.close(clean=False)


def test_of_two_that_start_at_once_one_puts_them_in_order(tmp_path: Path) -> None:
    journals = [SqliteJournal(tmp_path, load_bytes) for _ in range(2)]

    def start(journal: SqliteJournal) -> bool:
        is_alone = journal.recover().is_alone
        journal.close()
        return is_alone

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(start, journals)) == [False, True]


def test_whoever_is_killed_over_that_keeps_nobody_out(tmp_path: Path) -> None:
    SqliteJournal(tmp_path, load_bytes).close()
    child = subprocess.Popen(
        [sys.executable, "-c", AT_IT, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "at it\n"
    child.kill()
    child.communicate()
    assert recovered(tmp_path)[0].is_alone


def test_what_the_disk_refuses_is_told_and_nothing_is_lost(tmp_path: Path, new_job: NewJob) -> None:
    job = new_job()
    data = killed_after(tmp_path / "data", job, SENT)
    journal = SqliteJournal(data, load_bytes)
    journal._table._database.execute("PRAGMA query_only = ON")
    told = journal.recover()
    journal.close()
    assert told.refusal is not None
    assert told.refusal.kind == "read_only"
    assert recovered(data)[0].unknown == (job.id,)
