"""What holds at every moment, as the next start of the program would find it."""

import hashlib
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from PIL import Image

from app.model.job import TRANSITIONS, JobState
from app.model.picture import Picture, Plane
from app.model.record import JobRecord, ResultRecord
from tests.faults.clicks import noise
from tests.kill.world import KEYS, World, prompt_in
from tests.support.canary import files_with_key
from tests.support.journaling import recovered, remove_journal

IMAGES = 2
"""How many pictures each job asks for."""

SURELY_NO_TASK = {JobState.PREPARED, JobState.NOT_SENT, JobState.NOT_CREATED, JobState.REJECTED}
UNFINISHED = {JobState.SUBMITTED, JobState.SAVING, JobState.LOST, JobState.PARTIAL}
"""What is left to do for a task that there is."""

SENT_BY_ITSELF = {JobState.PREPARED, JobState.SUBMITTING}


@cache
def picture_of(prompt: str) -> Picture:
    """Each prompt has a picture of its own; all have the same name."""
    return noise(64, 48, sum(prompt.encode()))


@cache
def mask() -> Plane:
    """A painted middle."""
    plane = np.zeros((48, 64), np.uint8)
    plane[10:30, 10:40] = 255
    return plane


class Invariants:
    """Looks at a world again and again, and remembers what must not go."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._kept: dict[Path, str] = {}
        self._told: set[str] = set()
        world.look_at_the_dead = self.check

    def check(self) -> None:
        """Everything that must hold now."""
        check_service(self._world)
        check_told(self._world)
        made = made_by(self._world)
        with self._photographed() as home:
            alone = shutil.copytree(home, home.with_suffix(".alone"))
            remove_journal(alone / "data")
            shutil.rmtree(alone / "data" / "backups", ignore_errors=True)
            jobs = self._recovered(home)
            check_table(home / "data")
            check_folders(jobs, self._recovered(alone))
            check_names(jobs)
            for job in jobs:
                check_unknown(job, self._world)
                check_unsent(job, self._world, made)
                check_results(job)
            self._check_kept(home, jobs)

    def check_end(self) -> None:
        """What holds once all trouble is over: no half file, no secret, no picture too many."""
        with self._photographed() as home:
            jobs = self._recovered(home)
            tasks = self._world.service.ledger.tasks
            left = [job.state for job in jobs if job.task_id in tasks]
            assert not set(left) & UNFINISHED, f"paid for, and {left}"
            files = [path for path in home.rglob("*") if path.is_file()]
            results = {path for path in files if path.is_relative_to(home / "pictures")}
            assert results >= {result.path for job in jobs for result in job.results}
            # An empty one may be a draft of just now, and goes at a later start.
            halves = [path for path in files if path.suffix == ".part" and path.stat().st_size]
            assert halves == []
            assert [files_with_key(home, key=key) for key in KEYS] == [[], []]

    @contextmanager
    def _photographed(self) -> Iterator[Path]:
        home = self._world.photograph()
        yield home
        for copy in home.parent.glob(f"{home.name}*"):
            shutil.rmtree(copy)

    def _recovered(self, home: Path) -> list[JobRecord]:
        """The jobs as a start would find them in a photograph of the home folder."""
        _, jobs = recovered(home / "data")
        return [replace(job, results=tuple(self._moved(job.results, home))) for job in jobs]

    def _moved(self, results: Iterable[ResultRecord], home: Path) -> Iterator[ResultRecord]:
        for result in results:
            yield replace(result, path=home / result.path.relative_to(self._world.home))

    def _check_kept(self, home: Path, jobs: Iterable[JobRecord]) -> None:
        """What was once there for a job that was told of is there still, as it was.

        One that a full disk refuses before it is told of goes again, whole as its folder may be.
        """
        gone = [path for path, digest in self._kept.items() if digest_of(home / path) != digest]
        assert not gone, f"gone: {gone}"
        self._told |= self._world.life.told.keys()
        for job in jobs:
            if job.id not in self._told:
                continue
            for path in [*job.folder.iterdir(), *(result.path for result in job.results)]:
                if path.name != "task.json" and path.suffix != ".part":
                    self._kept[path.relative_to(home)] = digest_of(path)


def check_service(world: World) -> None:
    """Nobody was charged who had not agreed, and nothing went where it must not."""
    ledger, made = world.service.ledger, made_by(world)
    assert made <= world.may_be_charged, f"{made - world.may_be_charged} too many"
    assert ledger.leaks == []
    assert ledger.at("sink") == []


def check_told(world: World) -> None:
    """Jobs take the steps that there are, and no bug has ended any."""
    for bug in world.life.bugs:
        raise AssertionError("a bug") from bug
    for states in world.life.told.values():
        for one, other in pairwise(states):
            assert one is other or other in TRANSITIONS[one], f"from {one} to {other}"


def check_table(data: Path) -> None:
    """The journal is in good order."""
    with closing(sqlite3.connect(data / "journal.sqlite")) as database:
        assert database.execute("PRAGMA quick_check").fetchone() == ("ok",)


def check_unknown(job: JobRecord, world: World) -> None:
    """What nobody knows of was cut short while it was being sent."""
    if job.state is JobState.UNKNOWN and not world.was_full:
        told = world.life.told.get(job.id, [None])[-1]
        is_going_out = told in {JobState.PREPARED, JobState.SUBMITTING}
        assert is_going_out or prompt_in(job.folder) in world.cut


def check_unsent(job: JobRecord, world: World, made: Counter[str]) -> None:
    """Of what is said to be surely not made, no task was made, if it was sent for once only."""
    prompt = prompt_in(job.folder)
    if job.state in SURELY_NO_TASK and world.may_be_charged[prompt] == 1:
        assert not made[prompt], f"{job.state}, and there is a task"


def check_results(job: JobRecord) -> None:
    """Each picture is the right one, as it was recorded; of a job that is done, all are there."""
    if job.state is JobState.DONE:
        assert [result.index for result in job.results] == list(range(IMAGES))
    for result in job.results:
        assert digest_of(result.path) == result.sha256
        with Image.open(result.path) as image:
            assert np.array_equal(np.asarray(image), picture_of(prompt_in(job.folder)).rgb)


def check_names(jobs: Iterable[JobRecord]) -> None:
    """No two pictures are in one file."""
    paths = [result.path for job in jobs for result in job.results]
    assert len(set(paths)) == len(paths)


def check_folders(jobs: Iterable[JobRecord], by_folders: Iterable[JobRecord]) -> None:
    """Without the journal the folders tell the same, or doubt more; nothing is sent by itself."""
    found = {job.id: job for job in by_folders}
    for job in jobs:
        other = found[job.id]
        assert other.state not in SENT_BY_ITSELF, f"{job.state} became {other.state}"
        if other.state in SURELY_NO_TASK:
            assert job.state in {*SURELY_NO_TASK, JobState.CANCELLED}, f"{job.state} was lost"


def made_by(world: World) -> Counter[str]:
    """How many tasks the service has made for each prompt."""
    tasks = world.service.ledger.tasks.values()
    return Counter(str(task.content["request"]["prompt"]) for task in tasks)


def digest_of(path: Path) -> str:
    """What tells a file's bytes from others; empty where there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
