"""What the journal keeps of a job, and which steps it lets one take."""

import hashlib
import json
import os
import stat
import sys
from pathlib import Path

import pytest

from app.model.errors import AnswerLost, Rejected, StorageError, Unauthorized
from app.model.job import TRANSITIONS, Attempt, JobState, Upload
from app.storage.jobs.journal import SqliteJournal
from tests.storage.conftest import NewJob, RunChild
from tests.support.journaling import (
    PNG,
    SIZE,
    UPLOAD,
    result_at,
    state_of,
    submitted,
    the_record,
    written,
)
from tests.support.pictures import load_bytes

JPEG = b"\xff\xd8\xff image"


def test_a_prepared_job_has_everything_in_its_folder(
    tmp_path: Path, journal: SqliteJournal, new_job: NewJob
) -> None:
    job = new_job()
    journal.prepare(job, Upload(image=JPEG, mask=PNG))
    record = journal.job(job.id)
    assert record is not None
    assert record.state == JobState.PREPARED
    assert (record.service_id, record.base_url) == (job.service.id, job.service.base_url)
    assert record.created == job.created
    assert record.folder == tmp_path / "jobs" / job.id
    assert (record.folder / "image.jpg").read_bytes() == JPEG
    assert (record.folder / "mask.png").read_bytes() == PNG
    facts = json.loads((record.folder / "parameters.json").read_text())
    assert facts["parameters"] == job.parameters.to_json()
    assert facts["region"] == {"rect": [0, 0, 8, 6], "sent": [8, 6]}


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX's")
def test_its_files_are_for_this_user_alone(
    tmp_path: Path, new_job: NewJob, run_child: RunChild
) -> None:
    umask = os.umask(0)
    try:
        journal = SqliteJournal(tmp_path / "data", load_bytes)
        submitted(journal, new_job())
        modes = {
            path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "data").rglob("*")
        }
        journal.close()
    finally:
        os.umask(umask)
    assert {"journal.sqlite", "journal.sqlite-wal", "task.json", "image.png"} <= modes.keys()
    assert set(modes.values()) == {0o600, 0o700}


def test_a_task_id_is_kept_twice(journal: SqliteJournal, new_job: NewJob) -> None:
    job = new_job()
    submitted(journal, job, "t-1")
    record = journal.job(job.id)
    assert record is not None
    assert record.task_id == "t-1"
    assert json.loads((record.folder / "task.json").read_text())["task_id"] == "t-1"


def test_a_task_is_known_by_its_id_at_its_service(journal: SqliteJournal, new_job: NewJob) -> None:
    job = new_job()
    submitted(journal, job, "t-1")
    assert journal.has_task(job.service.base_url, "t-1")
    assert not journal.has_task(job.service.base_url, "t-2")
    assert not journal.has_task("https://elsewhere.test", "t-1")


def test_a_later_step_keeps_the_task_id_and_tells_the_error(
    journal: SqliteJournal, new_job: NewJob
) -> None:
    job = new_job()
    submitted(journal, job)
    journal.note(job.id, JobState.FAILED, error=Rejected("no such model"))
    record = journal.job(job.id)
    assert record is not None
    assert (record.task_id, record.state) == ("t-1", JobState.FAILED)
    assert (record.error_kind, record.error_text) == ("Rejected", "no such model")
    assert record.changed >= record.created


def test_results_come_back_in_order_with_any_path_and_seed(
    tmp_path: Path, journal: SqliteJournal, new_job: NewJob
) -> None:
    job = new_job()
    submitted(journal, job)
    odd, plain = written(tmp_path / os.fsdecode(b"\xff.png")), written(tmp_path / "图.png")
    raws = [written(tmp_path / f"raw-{n}.png") for n in range(2)]
    journal.add_result(job.id, result_at(1, odd, raws[1], None))
    journal.add_result(job.id, result_at(0, plain, raws[0], 2**70))
    journal.add_result(job.id, result_at(0, plain, raws[0], 2**70))
    record = journal.job(job.id)
    assert record is not None
    found = [(r.index, r.path, r.raw_path, r.seed) for r in record.results]
    assert found == [(0, plain, raws[0], 2**70), (1, odd, raws[1], None)]
    assert {r.sha256 for r in record.results} == {hashlib.sha256(PNG).hexdigest()}
    assert {(r.size, r.size_bytes) for r in record.results} == {(SIZE, len(PNG))}


@pytest.mark.parametrize("gone", ["result.png", "raw-0.png"])
@pytest.mark.parametrize("empty", [True, False])
def test_a_result_that_is_not_on_the_disk_is_not_recorded(
    tmp_path: Path, journal: SqliteJournal, new_job: NewJob, gone: str, empty: bool
) -> None:
    job = new_job()
    submitted(journal, job)
    path, raw_path = written(tmp_path / "result.png"), written(tmp_path / "raw-0.png")
    (tmp_path / gone).unlink()
    if empty:
        (tmp_path / gone).touch()
    with pytest.raises(StorageError) as caught:
        journal.add_result(job.id, result_at(0, path, raw_path, 1))
    assert caught.value.kind == ("damaged" if empty else "missing")
    assert the_record(journal, job).results == ()


def test_a_raw_answer_that_nobody_can_read_is_remembered_until_a_picture_came_of_it(
    tmp_path: Path, journal: SqliteJournal, new_job: NewJob
) -> None:
    job = new_job()
    submitted(journal, job)
    raws = [written(tmp_path / f"raw-{n}.bin", b"paid") for n in range(2)]
    for index in range(2):
        journal.add_unreadable(job.id, index, raws[index])
    record = the_record(journal, job)
    assert [(r.index, r.path, r.size_bytes, r.is_unreadable) for r in record.raws] == [
        (0, raws[0], 4, True),
        (1, raws[1], 4, True),
    ]
    journal.add_result(job.id, result_at(0, written(tmp_path / "result.png"), raws[0], None))
    assert [raw.path for raw in the_record(journal, job).raws] == [raws[1]]
    with pytest.raises(StorageError):
        journal.add_unreadable(job.id, 2, tmp_path / "never written")


def test_what_was_sent_and_what_came_back_are_kept_with_the_step(
    journal: SqliteJournal, new_job: NewJob
) -> None:
    job = new_job()
    first = Attempt(number=1, body_sha256="ab", key_fingerprint="cd", balance=None)
    second = Attempt(number=2, body_sha256="ef", key_fingerprint="01", balance=1.5)
    journal.prepare(job, UPLOAD)
    journal.note(job.id, JobState.SUBMITTING, attempt=first)
    assert the_record(journal, job).attempt == first
    journal.note(job.id, JobState.PREPARED, error=Unauthorized("bad key"), answer=b"401")
    record = the_record(journal, job)
    assert (record.attempt, record.answer, record.error_kind) == (first, b"401", "Unauthorized")
    journal.note(job.id, JobState.SUBMITTING, attempt=second)
    record = the_record(journal, job)
    assert (record.attempt, record.answer, record.error_kind) == (second, None, None)
    journal.note(job.id, JobState.SUBMITTED, task_id="t-1", answer=bytes(70_000))
    record = the_record(journal, job)
    assert (record.attempt, record.answer) == (second, bytes(65_536))


def test_an_answer_is_kept_also_when_nobody_told_of_the_sending(
    journal: SqliteJournal, new_job: NewJob
) -> None:
    job = new_job()
    journal.prepare(job, UPLOAD)
    journal.note(job.id, JobState.SUBMITTING)
    journal.note(job.id, JobState.UNKNOWN, error=AnswerLost("cut"), answer=b'{"task_id": "ab')
    record = the_record(journal, job)
    assert (record.attempt, record.answer) == (None, b'{"task_id": "ab')


def test_a_hidden_job_is_off_the_list_and_its_files_stay(
    journal: SqliteJournal, new_job: NewJob
) -> None:
    jobs = [new_job(), new_job()]
    for job in jobs:
        journal.prepare(job, UPLOAD)
        journal.note(job.id, JobState.NOT_SENT)
    journal.hide(jobs[0].id)
    assert [record.id for record in journal.recent(9)] == [jobs[1].id]
    record = the_record(journal, jobs[0])
    assert record.is_hidden
    assert journal.upload(record) == UPLOAD


def test_a_job_that_is_under_way_cannot_be_hidden(journal: SqliteJournal, new_job: NewJob) -> None:
    job = new_job()
    submitted(journal, job)
    with pytest.raises(ValueError):
        journal.hide(job.id)
    assert [record.id for record in journal.unfinished()] == [job.id]


def test_reading_finds_what_is_under_way_and_what_is_new(
    journal: SqliteJournal, new_job: NewJob
) -> None:
    jobs = [new_job() for _ in range(4)]
    for job in jobs:
        submitted(journal, job)
    journal.note(jobs[1].id, JobState.FAILED)
    journal.note(jobs[2].id, JobState.SAVING)
    unfinished = {record.id for record in journal.unfinished()}
    assert unfinished == {jobs[0].id, jobs[2].id, jobs[3].id}
    assert len(journal.recent(2)) == 2
    assert {record.id for record in journal.recent(9)} == {job.id for job in jobs}
    assert journal.job("f" * 32) is None


def path_to(state: JobState) -> list[JobState]:
    """The steps from PREPARED to `state`."""
    ways = {JobState.PREPARED: list[JobState]()}
    for now, nexts in TRANSITIONS.items():
        for then in nexts:
            ways.setdefault(then, [*ways[now], then])
    return ways[state]


@pytest.mark.parametrize("now", JobState)
def test_only_the_known_steps_can_be_taken(
    journal: SqliteJournal, new_job: NewJob, now: JobState
) -> None:
    for then in JobState:
        job = new_job()
        journal.prepare(job, UPLOAD)
        for state in path_to(now):
            journal.note(job.id, state)
        if then in TRANSITIONS.get(now, ()):
            journal.note(job.id, then)
            assert state_of(journal, job) == then
        else:
            with pytest.raises(ValueError):
                journal.note(job.id, then)
            assert state_of(journal, job) == now


def test_a_job_that_nobody_prepared_is_an_error(tmp_path: Path, journal: SqliteJournal) -> None:
    path = written(tmp_path / "a")
    with pytest.raises(StorageError):
        journal.note("f" * 32, JobState.SUBMITTING)
    with pytest.raises(StorageError):
        journal.add_result("f" * 32, result_at(0, path, path, None))


def test_preparing_twice_is_refused_and_harms_nothing(
    journal: SqliteJournal, new_job: NewJob
) -> None:
    job = new_job()
    journal.prepare(job, UPLOAD)
    with pytest.raises(StorageError):
        journal.prepare(job, Upload(image=b"other", mask=b"other"))
    record = journal.job(job.id)
    assert record is not None
    assert (record.folder / "image.png").read_bytes() == PNG
