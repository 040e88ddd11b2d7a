"""What a step of a job says is on the disk, before the next one begins: as the kernel saw it."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

NAMING = {"mkdir", "link", "linkat", "rename", "renameat", "renameat2"}
STRACE = shutil.which("strace")

TWO_STEPS = """
import os
import sys
from datetime import datetime
from pathlib import Path
import numpy as np
from app.contract.parameters import Parameters
from app.model.geometry import Rect, Size
from app.model.job import Job, JobState, Region, Upload
from app.model.picture import Picture
from app.model.services import BUILTIN
from app.storage.jobs.journal import SqliteJournal

pixels = np.zeros((4, 4000, 4), np.uint8)
job = Job(
    id="a" * 32, created=datetime.now(), service=BUILTIN, parameters=Parameters(),
    picture=Picture(pixels=pixels), mask=pixels[:, :, 0],
    region=Region(rect=Rect(0, 0, 3000, 4), sent=Size(2048, 3)),
)
journal = SqliteJournal(Path(sys.argv[1]), lambda data: None)
os.write(1, b"opened")
journal.prepare(job, Upload(image=b"image", mask=b"mask"))
os.write(1, b"prepared")
journal.note(job.id, JobState.SUBMITTING)
os.write(1, b"submitting")
"""


@dataclass
class Disk:
    """What is on the disk for certain, and what could be lost in a power cut."""

    unsynced: set[str] = field(default_factory=set)
    """Files with bytes, and folders with names, that no sync has followed."""
    names: set[str] = field(default_factory=set)
    """Every name that was given."""
    synced: list[str] = field(default_factory=list)
    """What was synced since the last mark, in order."""

    def see(self, call: str, paths: list[str]) -> None:
        """Follow one call of the kernel."""
        if call in {"write", "pwrite64", "ftruncate"}:
            self.unsynced.add(paths[0])
        elif call in {"fsync", "fdatasync"}:
            self.unsynced.discard(paths[0])
            self.synced.append(paths[0])
        elif call in NAMING:
            assert call == "mkdir" or paths[0] not in self.unsynced, "a name came before the bytes"
            self.names.add(paths[-1])
            self.unsynced.add(str(Path(paths[-1]).parent))


def calls(trace: str) -> Iterator[tuple[str, list[str]]]:
    """Each successful call of a trace: with the names that it gives, or the open file it uses."""
    for line in trace.splitlines():
        if found := re.match(r"\d+ +(\w+)\((.*)\) += \d+", line):
            call, told = found.groups()
            quoted = re.findall(r'"([^"]*)"', told)
            is_about_names = call in NAMING
            yield call, quoted if is_about_names else [*re.findall(r"<([^>]*)>", told), *quoted]


@pytest.mark.skipif(sys.platform != "linux" or STRACE is None, reason="needs strace")
def test_nothing_of_a_job_is_in_memory_alone_when_a_step_is_done(tmp_path: Path) -> None:
    data, trace = tmp_path / "data", tmp_path / "trace"
    watched = ",".join({"write", "pwrite64", "ftruncate", "fsync", "fdatasync", *NAMING})
    tracing = ["-f", "-y", "-s", "99", "-e", f"trace={watched}", "-o", str(trace)]
    done = subprocess.run(
        [str(STRACE), *tracing, sys.executable, "-c", TWO_STEPS, str(data)],
        capture_output=True,
        timeout=120,
        check=False,
    )
    if b"ptrace" in done.stderr or b"Operation not permitted" in done.stderr:
        pytest.skip("this machine lets nobody trace")
    assert done.stdout == b"openedpreparedsubmitting", done.stderr
    disk, job = Disk(), data / "jobs" / ("a" * 32)
    left: dict[str, set[str]] = {}
    order: dict[str, list[str]] = {}
    for call, paths in calls(trace.read_text()):
        mark = paths[-1] if call == "write" else ""
        if mark in {"opened", "prepared", "submitting"}:
            left[mark] = {path for path in disk.unsynced if path.startswith(str(data))}
            order[mark], disk.synced = disk.synced, []
        else:
            disk.see(call, paths)
    harmless = {str(data / "journal.sqlite-shm")}  # it is made anew from the log
    assert left["prepared"] - harmless == set()
    assert left["submitting"] - harmless == set()
    given = {str(job / name) for name in ("image.bin", "mask.bin", "region-mask.png")}
    assert disk.names >= {*given, str(job / "parameters.json"), str(job / "task.json"), str(job)}
    assert any(name.startswith(str(data / "pictures") + "/") for name in disk.names)
    # The table says so only after the folder does.
    log = str(data / "journal.sqlite-wal")
    assert order["prepared"][-1] == log
    assert order["submitting"][-2:] == [str(job), log]
