"""Kills anywhere, and files that are cut or flipped anywhere: nothing that was said is lost, and
what may have been sent is never sent by itself again."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from app.model.job import Job
from app.model.job import JobState as S
from app.storage.jobs.arrivals import copy_result, results_in
from app.storage.jobs.journal import SqliteJournal
from app.storage.jobs.sidecar import sealed
from app.storage.jobs.standing import adopted, reconciled
from app.storage.jobs.steps import prepared
from tests.storage.conftest import NewJob
from tests.support import tally
from tests.support.chance import new_seed
from tests.support.journaling import ATTEMPT, UPLOAD, recovered, remove_journal, result_at
from tests.support.pictures import load_bytes

NOT_CHARGED = {S.PREPARED, S.NOT_SENT, S.NOT_CREATED, S.REJECTED}


LIFE = """
data = Path(sys.argv[1])
pixels = np.zeros((2, 2, 4), np.uint8)

def life(number, journal):
    job = Job(
        id=f"{number:032x}", created=datetime.now(), service=BUILTIN, parameters=Parameters(),
        picture=Picture(pixels=pixels), mask=pixels[:, :, 0],
        region=Region(rect=Rect(0, 0, 2, 2), sent=Size(2, 2)),
    )
    folder = data / str(number)
    raw, result = folder / "jobs" / job.id / "raw-0.png", folder / "result.png"
    yield lambda: journal.prepare(job, Upload(image=b"image", mask=b"mask"))
    yield lambda: journal.note(job.id, JobState.SUBMITTING)
    yield lambda: journal.note(job.id, JobState.SUBMITTED, task_id="t-1", answer=bytes(9000))
    yield lambda: write_new(raw, b"raw")
    yield lambda: journal.note(job.id, JobState.SAVING)
    yield lambda: write_new(result, b"result")
    saved = ResultRecord(index=0, path=result, raw_path=raw, seed=7, size=Size(2, 2))
    yield lambda: journal.add_result(job.id, saved)
    yield lambda: journal.note(job.id, JobState.DONE)

def forked(number, live):
    os.write(1, f"{number} ".encode())
    child = os.fork()
    if not child:
        live(number)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    os.write(1, b"\\n")
    return status
"""
LIFE_IMPORTS = """
import os, resource, signal
from datetime import datetime
from pathlib import Path
import numpy as np
from app.contract.parameters import Parameters
from app.model.errors import StorageError
from app.model.geometry import Rect, Size
from app.model.job import Job, JobState, Region, Upload
from app.model.picture import Picture
from app.model.record import ResultRecord
from app.model.services import BUILTIN
from app.storage.files.writing import write_new
from app.storage.jobs.journal import SqliteJournal
"""

KILLED_ANYWHERE = """
calls = limit = 0
def counted(real):
    def call(*arguments, **named):
        tick()
        return real(*arguments, **named)
    return call
def tick(*_):
    global calls
    calls += 1
    if calls == limit:
        os.kill(os.getpid(), signal.SIGKILL)
for name in ("open", "fsync", "mkdir"):
    setattr(os, name, counted(getattr(os, name)))
for name in ("hardlink_to", "replace", "unlink"):
    setattr(Path, name, counted(getattr(Path, name)))

def live(number):
    global calls, limit
    journal = SqliteJournal(data / str(number), lambda data: None)
    journal._table._database.set_trace_callback(tick)
    calls, limit = 0, number
    for step in life(number, journal):
        step()
        os.write(1, b".")

number = 1
while status := forked(number, live):
    assert os.WTERMSIG(status) == signal.SIGKILL, status
    number += 1
"""

ON_A_FULL_DISK = """
def live(limit):
    journal = SqliteJournal(data / str(limit), lambda data: None)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    for step in life(limit, journal):
        try:
            step()
        except StorageError as error:
            os.write(1, error.kind.encode())
            break
        os.write(1, b".")

for limit in map(int, sys.argv[2:]):
    assert forked(limit, live) == 0
"""


def check_killed(data: Path, steps_said: int) -> None:
    """What was said to be on disk is there, and what was sent is not sent by itself."""
    _, records = recovered(data)
    assert list(data.rglob("*.part")) == []
    assert len(records) == 1 or not steps_said
    for record in records:
        if steps_said >= 2:
            assert record.state not in NOT_CHARGED
        if steps_said >= 3:
            assert (record.state is S.UNKNOWN, record.task_id) == (False, "t-1")
        if steps_said >= 4:
            assert len(record.results) + len(record.raws) == 1
        if steps_said >= 7:
            assert [(r.index, r.seed, r.size_bytes) for r in record.results] == [(0, 7, 6)]
        if steps_said == 8:
            assert record.state is S.DONE


@pytest.mark.skipif(sys.platform != "linux", reason="forks")
def test_a_kill_at_any_step_loses_nothing_that_was_said(
    in_memory: Path, run_child: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    done = run_child(LIFE + KILLED_ANYWHERE, in_memory, imports=LIFE_IMPORTS)
    assert done.returncode == 0, done.stderr
    lines = dict(line.split(" ") for line in done.stdout.splitlines())
    assert len(lines) > 60
    assert set(map(len, lines.values())) == set(range(9))
    for limit, dots in lines.items():
        data = in_memory / limit
        if data.exists():
            shutil.copytree(data, lost := data.with_name(f"{limit}-lost"))
            check_killed(data, len(dots))
            remove_journal(lost)
            check_killed(lost, len(dots))


@pytest.mark.skipif(sys.platform != "linux", reason="forks")
def test_a_full_disk_is_said_and_costs_nothing_that_was_said_before(
    in_memory: Path, run_child: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    limits = [1, 700, 1000, 1500, *range(4096, 100_000, 4000)]
    done = run_child(LIFE + ON_A_FULL_DISK, in_memory, *limits, imports=LIFE_IMPORTS)
    assert done.returncode == 0, done.stderr
    lines = dict(line.split(" ") for line in done.stdout.splitlines())
    outcomes = set()
    for limit, line in lines.items():
        dots, kind = line.count("."), line.strip(".")
        assert kind == ("" if dots == 8 else "full")
        outcomes.add(dots)
        check_killed(in_memory / limit, dots)
    assert {0, 8} < outcomes


# ---- files that are cut or flipped ----


@pytest.fixture
def in_memory(tmp_path: Path) -> Iterator[Path]:
    """A folder that takes thousands of synced files in no time, where there is one."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        memory = tmp_path
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


@pytest.fixture
def two_jobs(in_memory: Path, new_job: NewJob) -> tuple[Path, Job, Job]:
    """One job that waits and one that was sent, the latter in the log alone; killed."""
    living, waiting, sent = in_memory / "living", new_job(), new_job()
    journal = SqliteJournal(living, load_bytes)
    for job in (waiting, sent):
        journal.prepare(job, UPLOAD)
    journal.close()
    journal = SqliteJournal(living, load_bytes)
    journal.note(sent.id, S.SUBMITTING, attempt=ATTEMPT)
    shutil.copytree(living, in_memory / "data")
    journal.close()
    return in_memory / "data", waiting, sent


def check_two(data: Path, waiting: Job, sent: Job, hint: str) -> None:
    _, records = recovered(data)
    found = {record.id: record.state for record in records}
    assert found[sent.id] is S.UNKNOWN, hint
    assert found[waiting.id] in {S.PREPARED, S.NOT_SENT}, hint
    sendable = {record.id for record in records if record.state is S.PREPARED}
    assert sendable <= {waiting.id}, hint


def cuts(content: bytes) -> Iterator[bytes]:
    """`content` cut at every byte."""
    tally.note("inputs tried", len(content))
    return (content[:length] for length in range(len(content)))


def flips(content: bytes, seed: int, count: int) -> Iterator[bytes]:
    """`content` with one bit flipped, at `count` places."""
    chance = Random(seed)
    tally.note("inputs tried", count)
    for place in (chance.randrange(len(content) * 8) for _ in range(count)):
        flipped = bytearray(content)
        flipped[place // 8] ^= 1 << place % 8
        yield bytes(flipped)


def anew(data: Path) -> Path:
    """A copy of a data folder, in place of the last one."""
    copy = data.with_name("copy")
    shutil.rmtree(copy, ignore_errors=True)
    return Path(shutil.copytree(data, copy))


@pytest.mark.parametrize("name", ["journal.sqlite", "journal.sqlite-wal"])
def test_a_journal_that_was_cut_anywhere_sends_nothing_twice(
    two_jobs: tuple[Path, Job, Job], name: str
) -> None:
    data, waiting, sent = two_jobs
    content = (data / name).read_bytes()
    borders = {place + side for place in range(0, len(content), 4096) for side in (-1, 1)}
    for length in sorted({*range(0, len(content), 64), *borders} - {-1}):
        copy = anew(data)
        (copy / name).write_bytes(content[:length])
        check_two(copy, waiting, sent, f"{name} cut at {length}")


@pytest.mark.parametrize("name", ["journal.sqlite", "journal.sqlite-wal"])
def test_a_flipped_bit_in_the_journal_sends_nothing_twice(
    two_jobs: tuple[Path, Job, Job], name: str
) -> None:
    data, _, sent = two_jobs
    content = (data / name).read_bytes()
    seed = new_seed()
    for number, flipped in enumerate(flips(content, seed, 100)):
        copy = anew(data)
        (copy / name).write_bytes(flipped)
        _, records = recovered(copy)
        states = {record.state for record in records if record.folder.name == sent.id}
        assert states == {S.UNKNOWN}, f"seed {seed}, {name}, place {number}"


def test_a_trace_that_was_cut_or_flipped_anywhere_leaves_no_less_than_a_doubt(
    two_jobs: tuple[Path, Job, Job],
) -> None:
    data, waiting, sent = two_jobs
    path = data / "jobs" / sent.id / "task.json"
    content = path.read_bytes()
    older = prepared(sent, path.parent)  # as an old table has it
    seed = new_seed()
    for harmed in (*cuts(content), *flips(content, seed, 200)):
        path.write_bytes(harmed)
        found = adopted(path.parent)
        assert found is not None
        assert {found.state, reconciled(older).state} == {S.UNKNOWN}, f"seed {seed}: {harmed!r}"
    assert reconciled(prepared(waiting, data / "jobs" / waiting.id)).state is S.PREPARED


def test_parameters_that_were_cut_anywhere_cost_no_job_that_was_sent(
    two_jobs: tuple[Path, Job, Job],
) -> None:
    data, waiting, sent = two_jobs
    for job, expected in ((waiting, None), (sent, S.UNKNOWN)):
        path = data / "jobs" / job.id / "parameters.json"
        for harmed in cuts(path.read_bytes()):
            path.write_bytes(harmed)
            found = adopted(path.parent)
            assert (found and found.state) is expected
            assert found is None or found.base_url == job.service.base_url


def test_a_copy_of_a_result_that_was_cut_or_flipped_anywhere_is_whole_or_none(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.png"
    result = replace(result_at(3, path, path, 7), sha256="ab", size_bytes=9)
    copy_result(tmp_path, result)
    content = (tmp_path / "result-3.json").read_bytes()
    assert list(results_in(tmp_path)) == [result]
    for harmed in (*cuts(content), *flips(content, new_seed(), 200)):
        (tmp_path / "result-3.json").write_bytes(harmed)
        assert list(results_in(tmp_path)) in ([], [result])


def test_a_copy_of_a_result_that_tells_no_size_in_pixels_is_read(tmp_path: Path) -> None:
    facts = {"index": 3, "path": "/a.png", "raw_path": "/raw", "seed": 7}
    told = sealed({**facts, "sha256_of_file": "ab", "size_bytes": 9})
    (tmp_path / "result-3.json").write_bytes(told)
    (found,) = results_in(tmp_path)
    assert (found.index, found.size, found.size_bytes) == (3, None, 9)
