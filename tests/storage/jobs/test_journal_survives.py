"""What the journal said holds through kills, full disks, threads and other programs."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from app.model.errors import AnswerLost, StorageError
from app.model.job import Job, JobState
from app.storage.jobs.journal import SqliteJournal
from tests.storage.conftest import NewJob, RunChild
from tests.support.journaling import UPLOAD, result_at, state_of, submitted, written
from tests.support.pictures import load_bytes


def test_it_opens_again_with_all_that_was_said(tmp_path: Path, new_job: NewJob) -> None:
    job = new_job()
    first = SqliteJournal(tmp_path, load_bytes)
    submitted(first, job)
    first.close()
    again = SqliteJournal(tmp_path, load_bytes)
    record = again.job(job.id)
    again.close()
    assert record is not None
    assert (record.state, record.task_id) == (JobState.SUBMITTED, "t-1")


WRITER = """
journal = SqliteJournal(Path(sys.argv[1]), lambda data: None)
pixels = np.zeros((2, 2, 4), np.uint8)
while True:
    job = Job(
        id=uuid4().hex, created=datetime.now(), service=BUILTIN, parameters=Parameters(),
        picture=Picture(pixels=pixels), mask=pixels[:, :, 0],
        region=Region(rect=Rect(0, 0, 2, 2), sent=Size(2, 2)),
    )
    steps = [
        lambda: journal.prepare(job, Upload(image=bytes(50_000), mask=bytes(5_000))),
        lambda: journal.note(job.id, JobState.SUBMITTING),
        lambda: journal.note(job.id, JobState.SUBMITTED, task_id="t-" + job.id),
        lambda: journal.note(job.id, JobState.SAVING),
        lambda: journal.note(job.id, JobState.DONE),
    ]
    for name, step in zip(["prepared", "submitting", "submitted", "saving", "done"], steps):
        step()
        os.write(1, f"{job.id} {name}\\n".encode())
"""
WRITER_IMPORTS = """
import os
from datetime import datetime
from pathlib import Path
from uuid import uuid4
import numpy as np
from app.contract.parameters import Parameters
from app.model.geometry import Rect, Size
from app.model.job import Job, JobState, Region, Upload
from app.model.picture import Picture
from app.model.services import BUILTIN
from app.storage.jobs.journal import SqliteJournal
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
@pytest.mark.parametrize("lines", [1, 2, 3, 7, 23])
def test_what_was_said_survives_a_kill(tmp_path: Path, lines: int) -> None:
    code = "\n".join(["import sys", WRITER_IMPORTS, WRITER])
    said: dict[str, str] = {}
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        for _ in range(lines):
            job_id, state = writer.stdout.readline().split()
            said[job_id] = state
        writer.send_signal(signal.SIGKILL)
        said |= dict(line.split() for line in writer.stdout)  # said, but not yet read
    journal = SqliteJournal(tmp_path, load_bytes)
    order = ["prepared", "submitting", "submitted", "saving", "done"]
    for job_id, state in said.items():
        record = journal.job(job_id)
        assert record is not None
        assert order.index(record.state) >= order.index(state)
        assert len((record.folder / "image.bin").read_bytes()) == 50_000
        json.loads((record.folder / "parameters.json").read_bytes())
        if order.index(state) >= order.index("submitted"):
            assert record.task_id == f"t-{job_id}"
            assert (record.folder / "task.json").exists()
    journal.close()
    assert journal.damaged is None


def test_threads_may_share_it(tmp_path: Path, journal: SqliteJournal, new_job: NewJob) -> None:
    path, raw_path = written(tmp_path / "a"), written(tmp_path / "b")
    jobs = [new_job() for _ in range(40)]
    failures: list[BaseException] = []

    def work(mine: list[Job]) -> None:
        try:
            for job in mine:
                submitted(journal, job)
                journal.add_result(job.id, result_at(0, path, raw_path, 1))
                assert journal.recent(5)
        except BaseException as error:  # noqa: BLE001 - handed to the test's own thread
            failures.append(error)

    threads = [Thread(target=work, args=(jobs[n::4],)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert {record.id for record in journal.recent(99)} == {job.id for job in jobs}


def test_two_programs_may_share_it(tmp_path: Path, new_job: NewJob) -> None:
    journals = [SqliteJournal(tmp_path, load_bytes) for _ in range(2)]
    jobs = [new_job() for _ in range(20)]

    def work(journal: SqliteJournal, mine: list[Job]) -> None:
        for job in mine:
            submitted(journal, job)

    threads = [Thread(target=work, args=(journals[n], jobs[n::2])) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(journals[0].recent(99)) == 20
    for journal in journals:
        journal.close()


@pytest.mark.skipif(sys.platform != "linux", reason="needs Linux")
def test_a_full_disk_is_said_and_leaves_no_half_job(tmp_path: Path, run_child: RunChild) -> None:
    done = run_child(
        WRITER.replace("while True:", "for _ in range(1):").replace(
            "    for name", "    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))\n"
            "    try:\n        steps[0]()\n    except StorageError as error:\n"
            "        print(error.kind, journal.job(job.id), list(journal._jobs.iterdir()))\n"
            "        break\n    for name",
        ),
        tmp_path,
        imports=WRITER_IMPORTS + "import resource\nfrom app.model.errors import StorageError",
    )  # fmt: skip
    assert done.stdout == "full None []\n", done.stderr


def test_the_task_id_is_on_disk_even_if_the_table_fails(
    journal: SqliteJournal, new_job: NewJob
) -> None:
    job = new_job()
    journal.prepare(job, UPLOAD)
    journal.note(job.id, JobState.SUBMITTING)
    record = journal.job(job.id)
    assert record is not None
    journal._table._database.execute("PRAGMA query_only = ON")
    with pytest.raises(StorageError) as caught:
        journal.note(job.id, JobState.SUBMITTED, task_id="t-9")
    assert caught.value.kind == "read_only"
    assert json.loads((record.folder / "task.json").read_text())["task_id"] == "t-9"


def test_an_error_that_names_an_odd_file_can_be_kept(
    journal: SqliteJournal, new_job: NewJob
) -> None:
    job = new_job()
    journal.prepare(job, UPLOAD)
    journal.note(job.id, JobState.SUBMITTING)
    error = StorageError("full", Path(os.fsdecode(b"/a/\xff.png")))
    journal.note(job.id, JobState.NOT_SENT, error=error)
    record = journal.job(job.id)
    assert record is not None
    assert record.error_kind == "StorageError"


def test_a_lost_answer_is_kept_as_unknown(journal: SqliteJournal, new_job: NewJob) -> None:
    job = new_job()
    journal.prepare(job, UPLOAD)
    journal.note(job.id, JobState.SUBMITTING)
    journal.note(job.id, JobState.UNKNOWN, error=AnswerLost("cut off"))
    assert state_of(journal, job) == JobState.UNKNOWN
    assert journal.unfinished() == ()
