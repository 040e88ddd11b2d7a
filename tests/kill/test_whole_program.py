"""The whole program is killed at any step of a job, started again, and everything is there once.

Whatever the moment: no task is paid for twice, no picture that was made is lost, no half file is
left, and a job is only ever unknown when it was killed between its first byte and its task's id.
`MASKWRIGHT_LONG=1` in the environment tries every step instead of every second one.
"""

import os
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from pathlib import Path
from random import Random

import pytest
from PIL import Image

from app.model.job import JobState
from app.model.record import JobRecord
from app.storage.jobs.journal import SqliteJournal
from tests.support import tally
from tests.support.apart import ServiceApart
from tests.support.artist import IMAGES, Home
from tests.support.pictures import load_bytes
from tests.support.studio import photo

KEY = "canary-8f21c7d04be3"
LONG = bool(os.environ.get("MASKWRIGHT_LONG"))
STEPS = range(1, 80, 1 if LONG else 2)
"""About as many as a job has; one that is killed after its last step just ends."""

TWICE = range(60 if LONG else 8)


class Phase(Enum):
    """How far a job had come, as the steps tell that were written down before the kill."""

    PREPARING = auto()
    """Not acknowledged yet."""
    WAITING = auto()
    """Acknowledged, and surely nothing sent."""
    WINDOW = auto()
    """The service may have it, and nobody here knows the task's id."""
    SENT = auto()
    """The task is known."""

    @classmethod
    def after(cls, steps: Sequence[str]) -> "Phase":
        """The phase that these steps ended in; the last one was about to happen."""
        done = steps[:-1]
        if "note submitting #1" not in steps:
            return cls.PREPARING
        if "replace */task.json #1" not in done:
            return cls.WAITING
        return cls.SENT if "note submitted #1" in done else cls.WINDOW


@pytest.fixture
def service(tmp_path: Path) -> Iterator[ServiceApart]:
    with ServiceApart(tmp_path, key=KEY) as running:
        yield running


@pytest.fixture
def home(tmp_path: Path, service: ServiceApart) -> Home:
    path = tmp_path / "home"
    path.mkdir()
    photo(path / "boat.png")
    return Home(path, service.url, KEY)


@pytest.mark.parametrize("fatal", STEPS)
def test_killed_at_any_step_a_job_is_done_once_or_was_never_sent_or_is_unknown(
    home: Home, service: ServiceApart, fatal: int
) -> None:
    phase = Phase.after(home.run("paint", fatal=fatal))
    charged = service.state["charged"]
    home.run("return")
    states = [job.state for job in jobs(home)]
    match phase:
        case Phase.PREPARING:
            assert set(states) <= {JobState.NOT_SENT}
            assert service.state["charged"] == 0
        case Phase.WINDOW:
            assert states == [JobState.UNKNOWN]
            assert service.state["charged"] == charged
        case _:
            assert_done(home, service)
    check(home, service)


@pytest.mark.parametrize("seed", TWICE)
def test_killed_again_and_again_on_the_way_back_it_is_still_done_once(
    home: Home, service: ServiceApart, seed: int
) -> None:
    chance = Random(seed)
    fatal = chance.choice(["ask answered #2", "note saving #1", "add_result #1", "add_result #2"])
    home.run("paint", fatal=fatal)
    for _ in range(2):
        home.run("return", fatal=chance.randint(1, 20))
    home.run("return")
    assert_done(home, service)
    check(home, service)


def jobs(home: Home) -> Sequence[JobRecord]:
    """What the journal knows."""
    journal = SqliteJournal(home.folders.data, load_bytes)
    try:
        return journal.recent(10)
    finally:
        journal.close()


def assert_done(home: Home, service: ServiceApart) -> None:
    """The job was made once, and its pictures are there."""
    (job,) = jobs(home)
    assert job.state is JobState.DONE
    assert len(service.state["tasks"]) == 1
    assert [result.index for result in job.results] == list(range(IMAGES))
    saved = {path for path in home.folders.results.rglob("*") if path.is_file()}
    assert saved == {result.path for result in job.results}
    for path in saved:
        with Image.open(path) as image:
            image.load()


def check(home: Home, service: ServiceApart) -> None:
    """What holds whatever happened."""
    tally.note("kills")
    state = service.state
    assert state["leaks"] == []
    assert state["charged_twice"] == []
    assert len(state["tasks"]) <= 1
    files = [path for path in home.path.rglob("*") if path.is_file()]
    assert [path for path in files if path.suffix == ".part"] == []
    assert [path for path in files if KEY.encode() in path.read_bytes()] == []
