"""Whatever an artist, a service, a disk and sudden ends do in whatever order, nothing is lost.

Hypothesis makes the stories up; each rule may be told at any time. How threads and sockets take
turns is nobody's choice, so that the same story need not end the same twice: none is shortened.
`MASKWRIGHT_LONG=1` in the environment tells many more and longer ones.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from app.contract.parameters import Parameters
from app.jobs.ways import way_on
from app.model.job import JobState
from app.model.mask import Mask
from app.session.entry import Entry
from tests.faults import image_rows, poll_rows, submit_rows
from tests.faults.rows import ALWAYS, Row
from tests.kill.invariants import IMAGES, Invariants, mask, picture_of
from tests.kill.world import KEYS, World
from tests.support import tally

LONG = bool(os.environ.get("MASKWRIGHT_LONG"))
IS_JUDGED = bool(os.environ.get("CI"))
CHAPTERS = 8
STORIES, STEPS = (60, 30) if LONG else (6, 12)
"""In each chapter; made in one, stories are much alike."""

JOBS = 3
"""How many there are at most that are not done."""

FAULTS = [
    row
    for row in (*submit_rows.ROWS, *poll_rows.ROWS, *image_rows.ROWS)
    # Those that take megabytes, seconds, or another host have tests of their own, as have those
    # that go on for good; and of a service that lies about a charge nobody can know.
    if not (row.large or row.quick or row.at_sink or row.times == ALWAYS or row.tasks > 1)
]

faults = st.one_of(
    st.none(),
    st.sampled_from([row for row in FAULTS if row.ends is JobState.UNKNOWN]),
    *(
        st.sampled_from([row for row in FAULTS if row.place == place])
        for place in ("submit", "poll", "image")
    ),
)
steps = st.integers(1, 50)
"""Steps of the disk and of requests; a job takes about as many."""


@dataclass(frozen=True)
class Course:
    """What comes in between while jobs go on: they are not waited for after `pause` steps of the
    disk, the program is killed at step `kill`, and at `full` there is no room, for `length` steps.
    """

    pause: int | None = None
    kill: int | None = None
    full: int | None = None
    length: int = 0


courses = st.one_of(
    st.just(Course()),
    st.builds(Course, pause=steps),
    st.builds(Course, kill=steps),
    st.builds(Course, full=steps, length=steps),
    st.builds(Course, full=steps, length=steps, kill=steps),
)


FAILURES: list[Exception] = []
"""What went wrong in stories, as it was the first time."""


class Story(RuleBasedStateMachine):
    """One story: it begins with jobs, and ends in a world where all is well again."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = Path(tempfile.mkdtemp(prefix="maskwright-story-"))
        self.world = World(self._folder)
        self.world.open()
        self._invariants = Invariants(self.world)
        self._clicks = 0

    @initialize(jobs=st.integers(1, JOBS), fault=faults, course=courses)
    def begin(self, jobs: int, fault: Row | None, course: Course) -> None:
        self.generate(jobs, fault, course)

    @rule(jobs=st.integers(1, JOBS), fault=faults, course=courses)
    def generate(self, jobs: int, fault: Row | None, course: Course) -> None:
        self._arm(fault)
        if len(self._open_jobs) == JOBS:
            self._clear()
        for _ in range(min(jobs, JOBS - len(self._open_jobs))):
            self._clicks += 1
            self._click(f"islet {self._clicks}")
        self._run(course)

    @rule(number=st.integers(0, JOBS - 1), way=st.integers(0, 5), fault=faults, course=courses)
    def decide(self, number: int, way: int, fault: Row | None, course: Course) -> None:
        """What becomes of a job, in one of the ways that the window offers."""
        self._arm(fault)
        if jobs := self._open_jobs:
            entry = jobs[number % len(jobs)]
            ways = self._ways(entry)
            self.world.act(lambda life: ways[way % len(ways)](entry))
        self._run(course)

    @rule(end=st.sampled_from([World.restart, World.resume, World.kill]), course=courses)
    def end_and_start_again(self, end: Callable[[World], None], course: Course) -> None:
        self._plan(course)
        end(self.world)
        self._run(Course())

    @rule(row=faults, times=st.integers(1, 3), after=st.integers(0, 2))
    def break_the_service(self, row: Row | None, times: int, after: int) -> None:
        self._arm(row, times, after)

    @rule(key=st.sampled_from(KEYS), course=courses)
    def change_the_key(self, key: str, course: Course) -> None:
        """The service's; the artist hears of it when jobs wait for it."""
        self.world.service.key = key
        self._run(course)
        self._enter(key)
        self.world.run()

    @invariant()
    def hold(self) -> None:
        self._invariants.check()

    def teardown(self) -> None:
        failure = sys.exc_info()[1]
        try:
            if isinstance(failure, Exception):
                FAILURES.append(failure)
            else:
                self._end_well()
        except Exception as late:
            FAILURES.append(late)
            raise
        finally:
            self.world.close()
            shutil.rmtree(self._folder)

    def _end_well(self) -> None:
        """Once the world is well, all that was paid for and is known of is there."""
        world = self.world
        world.disk.forget()
        world.disk.is_full = False
        world.service.mend()
        self._enter(world.service.key or "")
        world.restart()
        world.run()
        for entry in self._open_jobs:
            if way_on(entry.state, has_task=entry.task_id is not None) == "ask":
                world.act(lambda life, job=entry.id: life.queue.retry(job))
        world.run()
        self._invariants.check()
        self._invariants.check_end()

    # The artist.

    @property
    def _open_jobs(self) -> list[Entry]:
        entries = self.world.life.queue.entries
        return [entry for entry in entries if entry.state is not JobState.DONE]

    def _click(self, prompt: str) -> None:
        self.world.may_be_charged[prompt] += 1
        parameters = Parameters(prompt=prompt, model_name="m", image_num=IMAGES, mask_blur=0)
        self.world.act(
            lambda life: life.queue.submit(
                life.address, parameters, picture_of(prompt), Mask.of(mask()).snapshot()
            )
        )

    def _clear(self) -> None:
        """Take off the list what has ended."""
        for entry in self._open_jobs:
            if not entry.is_running:
                self.world.act(lambda life, job=entry.id: life.queue.remove(job))
        self.world.run()

    def _enter(self, key: str) -> None:
        self.world.key = key
        self.world.act(lambda life: life.queue.resume(life.address))

    def _ways(self, entry: Entry) -> list[Callable[[Entry], None]]:
        if entry.is_running:
            return [self._cancel, self._set_aside]
        if entry.state is JobState.UNKNOWN:
            return [self._send_again, self._adopt, self._adopt, self._retry, self._remove]
        return [self._retry, self._retry, self._remove]

    def _cancel(self, entry: Entry) -> None:
        self.world.life.queue.cancel(entry.id)

    def _set_aside(self, entry: Entry) -> None:
        self.world.life.queue.set_aside(entry.id)

    def _remove(self, entry: Entry) -> None:
        self.world.life.queue.remove(entry.id)

    def _retry(self, entry: Entry) -> None:
        if way_on(entry.state, has_task=entry.task_id is not None) == "anew":
            self._agree_to_pay(entry)
        self.world.life.queue.retry(entry.id)

    def _send_again(self, entry: Entry) -> None:
        self._agree_to_pay(entry)
        self.world.life.queue.send_again(entry.id)

    def _adopt(self, entry: Entry) -> None:
        """The id that the artist has found out, or something that was taken for one."""
        tasks, prompt = self.world.service.ledger.tasks.values(), self.world.prompt(entry)
        own = [task.id for task in tasks if task.content["request"]["prompt"] == prompt]
        self.world.life.queue.adopt_task_id(entry.id, (own or ["task-0"])[0])

    def _agree_to_pay(self, entry: Entry) -> None:
        self.world.may_be_charged[self.world.prompt(entry)] += 1

    # The world.

    def _arm(self, row: Row | None, times: int = 1, after: int = 0) -> None:
        if row is not None:
            self.world.service.arm(row.fault, times=times, after=after, **row.given)

    def _run(self, course: Course) -> None:
        """Let jobs go on, and what is planned come in between. Then the disk has room again."""
        self._plan(course)
        self.world.run(steps=course.pause)
        self.world.disk.is_full = False

    def _plan(self, course: Course) -> None:
        disk = self.world.disk
        if course.kill is not None:
            disk.at_step(course.kill, self.world.kill)
        if course.full is not None:
            disk.at_step(course.full, lambda: self._set_full(True))
            disk.at_step(course.full + course.length, lambda: self._set_full(False))

    def _set_full(self, is_full: bool) -> None:
        self.world.was_full |= is_full
        self.world.disk.is_full = is_full


@pytest.mark.timeout(7200 if LONG else 400)
@pytest.mark.parametrize("chapter", range(CHAPTERS))
def test_whatever_happens_nothing_is_lost(chapter: int) -> None:
    """Where it is judged, each chapter has its own stories, which are the same each time."""
    told = settings(
        max_examples=STORIES,
        stateful_step_count=STEPS,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    FAILURES.clear()
    try:
        run_state_machine_as_test(seed(chapter)(Story) if IS_JUDGED else Story, settings=told)
    except Exception as error:  # noqa: BLE001 - told of below
        FAILURES.append(error)  # of one that did not fail again it says just that
    if FAILURES:
        raise FAILURES[0]
    tally.note("stories of faults and kills", STORIES)
