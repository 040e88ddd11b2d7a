"""Kills anywhere, and files that are cut or flipped anywhere: nothing that was said is lost, and
what may have been sent is never sent by itself again."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from app.model.job import Job
from app.model.job import JobState as S
from app.storage.journal import SqliteJournal
from tests.support.journaling import ATTEMPT, UPLOAD, recovered, remove_journal

NewJob = Callable[..., Job]

NOT_CHARGED = {S.PREPARED, S.NOT_SENT, S.NOT_CREATED, S.REJECTED}


STORY = """
data = Path(sys.argv[1])
calls = 0
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

def live(folder, job):
    journal = SqliteJournal(folder)
    journal._table._database.set_trace_callback(tick)
    global calls
    calls = 0
    raw, result = folder / "jobs" / job.id / "raw-0.png", folder / "result.png"
    steps = [
        lambda: journal.prepare(job, Upload(image=b"image", mask=b"mask")),
        lambda: journal.note(job.id, JobState.SUBMITTING),
        lambda: journal.note(job.id, JobState.SUBMITTED, task_id="t-1"),
        lambda: write_new(raw, b"raw"),
        lambda: journal.note(job.id, JobState.SAVING),
        lambda: write_new(result, b"result"),
        lambda: journal.add_result(job.id, 0, result, raw, 7),
        lambda: journal.note(job.id, JobState.DONE),
    ]
    for step in steps:
        step()
        os.write(1, b".")
    os._exit(0)

pixels = np.zeros((2, 2, 4), np.uint8)
limit = 1
while True:
    job = Job(
        id=f"{limit:032x}", created=datetime.now(), service=BUILTIN, parameters=Parameters(),
        picture=Picture(pixels=pixels), mask=pixels[:, :, 0],
        region=Region(rect=Rect(0, 0, 2, 2), sent=Size(2, 2)),
    )
    os.write(1, f"{limit} ".encode())
    child = os.fork()
    if not child:
        live(data / str(limit), job)
    _, status = os.waitpid(child, 0)
    os.write(1, b"\\n")
    if status == 0:
        break
    assert os.WTERMSIG(status) == signal.SIGKILL, status
    limit += 1
"""
STORY_IMPORTS = """
import os, signal
from datetime import datetime
from pathlib import Path
import numpy as np
from app.contract.parameters import Parameters
from app.model.geometry import Rect, Size
from app.model.job import Job, JobState, Region, Upload
from app.model.picture import Picture
from app.model.services import BUILTIN
from app.storage.files import write_new
from app.storage.journal import SqliteJournal
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
    done = run_child(STORY, in_memory, imports=STORY_IMPORTS)
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
    journal = SqliteJournal(living)
    for job in (waiting, sent):
        journal.prepare(job, UPLOAD)
    journal.close()
    journal = SqliteJournal(living)
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
    seed = int.from_bytes(os.urandom(4))
    for place in map(int, np.random.default_rng(seed).integers(0, len(content) * 8, 100)):
        copy, flipped = anew(data), bytearray(content)
        flipped[place // 8] ^= 1 << place % 8
        (copy / name).write_bytes(flipped)
        _, records = recovered(copy)
        states = {record.state for record in records if record.folder.name == sent.id}
        assert states == {S.UNKNOWN}, f"seed {seed}, {name}, bit {place}"
