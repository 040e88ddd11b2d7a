"""After any end, whatever was lost: what may have been sent is never sent by itself again."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.model.errors import AnswerLost, NotCreated, Rejected, StorageError, Unauthorized
from app.model.job import Job, JobState
from app.storage.folders import jobs_folder
from app.storage.jobs import arrivals, recovery, steps, table
from app.storage.jobs.journal import SqliteJournal
from app.storage.jobs.sidecar import measured
from tests.support.journaling import (
    ATTEMPT,
    PNG,
    UPLOAD,
    VERSION_1,
    recovered,
    remove_journal,
    result_at,
    state_of,
    written,
)
from tests.support.pictures import load_bytes

AT_IT = """
import sys, time
from pathlib import Path
from app.storage.jobs.table import JobTable
with JobTable(Path(sys.argv[1]), Path(sys.argv[1])).alone() as is_alone:
    print("at it" if is_alone else "not alone", flush=True)
    time.sleep(600)
"""
NewJob = Callable[..., Job]
RunChild = Callable[..., subprocess.CompletedProcess[str]]
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


# ---- a job after each of its steps ----


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


# ---- files ----


def test_a_picture_that_came_and_was_not_saved_is_found(tmp_path: Path, new_job: NewJob) -> None:
    job = new_job()
    data = killed_after(tmp_path / "data", job, [*SAVED, note(S.PARTIAL)])
    folder = data / "jobs" / job.id
    written(folder / "raw-2.jpg", b"paid")
    written(folder / "raw-0-2.png", b"the same, fetched twice")
    written(folder / "result-3.unreadable.bin", b"paid as well")
    written(folder / "raw-4.png", b"")
    told, (record,) = recovered(data)
    assert [
        (raw.index, raw.path.name, raw.size_bytes, raw.is_unreadable) for raw in record.raws
    ] == [
        (2, "raw-2.jpg", 4, False),
        (3, "result-3.unreadable.bin", 12, True),
    ]
    assert (told.found, len(record.results)) == (2, 2)
    assert recovered(data)[0].is_quiet


def test_pictures_that_are_known_are_not_read_again_at_every_start(
    tmp_path: Path, new_job: NewJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = killed_after(tmp_path / "data", new_job(), [*SAVED, note(S.PARTIAL)])
    (folder,) = (data / "jobs").iterdir()
    written(folder / "raw-2.png")
    read: list[str] = []

    def noted(path: Path) -> tuple[str, int]:
        read.append(path.name)
        return measured(path)

    monkeypatch.setattr(arrivals, "measured", noted)
    for _ in range(2):
        recovered(data)
    assert read == ["raw-2.png"]


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_bytes(b"{}")])
def test_a_done_job_is_done_only_with_its_results(
    tmp_path: Path, new_job: NewJob, harm: Callable[[Path], object]
) -> None:
    job = new_job()
    data = killed_after(tmp_path / "data", job, [*SAVED, note(S.DONE)])
    remove_journal(data)
    for index in range(2):
        harm(data / "jobs" / job.id / f"result-{index}.json")
    told, (record,) = recovered(data)
    assert (record.state, record.task_id, record.results) == (S.PARTIAL, "t-1", ())
    assert [raw.path.name for raw in record.raws] == ["raw-0.png", "raw-1.png"]
    assert told.found == 2


def test_folders_that_hold_no_whole_job_are_set_aside_and_kept(
    tmp_path: Path, new_job: NewJob
) -> None:
    job = new_job()
    data = killed_after(tmp_path / "data", job, [prepare])
    remove_journal(data)
    folder = data / "jobs" / job.id
    (folder / "mask.png").write_bytes(b"another mask")
    (data / "set-aside" / job.id).mkdir(parents=True)
    (data / "jobs" / "holiday").mkdir()
    told, records = recovered(data)
    assert (told.set_aside, records) == ((data / "set-aside" / f"{job.id}-2",), ())
    assert (told.set_aside[0] / "image.png").read_bytes() == PNG
    assert [path.name for path in (data / "jobs").iterdir()] == ["holiday"]


def test_half_written_files_are_swept_out_of_all_folders_of_ours(tmp_path: Path) -> None:
    data, results = tmp_path / "data", tmp_path / "results"
    part = ".0123456789abcdef.part"
    ours = [data, data / "pictures", data / "jobs" / "a", results, results / "2026-03-14"]
    others = [results / "holiday", tmp_path]
    for folder in (*ours, *others):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / part).write_bytes(b"half")
    recovered(data, results, tmp_path / "gone", tmp_path / ("x" * 300))
    assert [folder for folder in ours if (folder / part).exists()] == []
    assert all((folder / part).exists() for folder in others)


# ---- whose jobs they are ----


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


def test_of_a_folder_that_cannot_be_looked_into_the_row_counts(
    open_folder: Path, new_job: NewJob, run_child: RunChild
) -> None:
    job = new_job()
    data = killed_after(open_folder / "data", job, SENT)
    for path in (data, *data.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)
    (data / "jobs" / job.id).chmod(0)
    done = run_child(
        """
journal = SqliteJournal(Path(sys.argv[1]), lambda data: None)
print(journal.recover().unknown, journal.recent(9)[0].state)
""",
        data,
        imports="from pathlib import Path; from app.storage.jobs.journal import SqliteJournal",
        as_nobody=True,
    )
    assert done.stdout == f"('{job.id}',) unknown\n", done.stderr


@pytest.mark.parametrize("lose", [lambda data: None, remove_log])
def test_a_trace_that_cannot_be_read_leaves_the_graver_doubt(
    tmp_path: Path, new_job: NewJob, lose: Callable[[Path], None]
) -> None:
    job = new_job()
    data = killed_after(tmp_path / "data", job, [prepare])
    lose(data)
    (data / "jobs" / job.id / "task.json").mkdir()  # as a disk that refuses to read it
    told, (record,) = recovered(data)
    assert (record.state, told.unknown) == (S.UNKNOWN, (job.id,))


def test_a_job_whose_folder_is_gone_comes_to_rest(tmp_path: Path, new_job: NewJob) -> None:
    job = new_job()
    data = killed_after(tmp_path / "data", job, SENT)
    shutil.rmtree(data / "jobs" / job.id)
    told, (record,) = recovered(data)
    assert (record.state, told.unknown) == (S.UNKNOWN, (job.id,))
    assert recovered(data)[0].is_quiet
