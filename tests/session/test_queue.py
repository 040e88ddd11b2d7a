"""Jobs beside the window: several at once, stopped, tried again."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import numpy as np
import pytest

from app.contract.parameters import Parameters
from app.jobs.ports import Sent
from app.model.errors import AnswerLost, AppError, InvalidInput, OutOfCredit, Unreachable
from app.model.job import JobState, Result, Upload
from app.model.picture import Picture
from app.model.png import encode_picture
from app.model.services import BUILTIN, PRESETS, Service
from app.session.queue import Entry, JobQueue
from app.session.tasks import Tasks
from tests.support.script import NotedJournal, ScriptedBackend, ports, task

REMOTE = PRESETS[1]
READY = Parameters(prompt="an islet", model_name="m", image_num=1, mask_blur=0)
PICTURE = Picture(pixels=np.full((40, 60, 4), 255, np.uint8), name="lake")
MASK = np.full((40, 60), 255, np.uint8)


class Stalling(ScriptedBackend):
    """Accepts a task, then lets it run until `release` is set."""

    release: asyncio.Event

    async def submit(self, parameters: Parameters, upload: Upload, sent: Sent) -> str:
        answer = await super().submit(parameters, upload, sent)
        await self.release.wait()
        return answer


class Desk:
    """A queue on a running loop, with all that it told."""

    def __init__(self, backend: ScriptedBackend, folder: Path) -> None:
        self.backend = backend
        self.journal = NotedJournal()
        self.bugs: list[BaseException] = []
        self.tasks = Tasks(self.bugs.append)
        surroundings = ports(backend, folder, self.journal)
        self.queue = JobQueue(lambda service: surroundings, self.tasks.spawn)
        self.failures: list[AppError] = []
        self.results: list[Result] = []
        self.changed = asyncio.Event()
        self.queue.failed.connect(self.failures.append)
        self.queue.result_added.connect(self.results.append)
        for signal in (self.queue.job_added, self.queue.job_changed, self.queue.failed):
            signal.connect(lambda _: self.changed.set())

    def submit(self, parameters: Parameters = READY, service: Service = BUILTIN) -> None:
        self.queue.submit(service, parameters, PICTURE, MASK)

    async def until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not true():
                self.changed.clear()
                await self.changed.wait()

    @property
    def only(self) -> Entry:
        (entry,) = self.queue.entries
        return entry

    def ended(self) -> bool:
        return bool(self.queue.entries) and self.queue.running == 0


def at_desk(
    backend: ScriptedBackend, folder: Path, story: Callable[[Desk], Awaitable[None]]
) -> Desk:
    async def scenario() -> Desk:
        desk = Desk(backend, folder)
        if isinstance(backend, Stalling):
            backend.release = asyncio.Event()
        await story(desk)
        await desk.tasks.aclose()
        return desk

    desk = asyncio.run(scenario())
    assert desk.bugs == []
    return desk


def succeeding() -> dict[str, object]:
    return {
        "polls": [task("SUCCEED", ["a"], seed="5")],
        "fetches": {"a": [encode_picture(PICTURE)]},
    }


def test_a_job_shows_up_runs_and_delivers(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.submit()
        await desk.until(desk.ended)

    desk = at_desk(ScriptedBackend(**succeeding()), tmp_path, story)  # type: ignore[arg-type]
    assert desk.only.state is JobState.DONE
    assert [result.path.exists() for result in desk.results] == [True]
    assert desk.only.results == tuple(desk.results)
    assert desk.only.finished is not None


def test_several_jobs_run_side_by_side(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        for _ in range(3):
            desk.submit()
        await desk.until(lambda: desk.backend.calls.count("submit") == 3)
        assert desk.queue.running == 3
        desk.backend.release.set()  # type: ignore[attr-defined]
        await desk.until(desk.ended)

    desk = at_desk(Stalling(**succeeding()), tmp_path, story)  # type: ignore[arg-type]
    assert [entry.state for entry in desk.queue.entries] == [JobState.DONE] * 3


def test_a_value_that_cannot_be_sent_makes_no_job(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.submit(READY.edited(steps=0))
        await desk.until(lambda: bool(desk.failures))

    desk = at_desk(ScriptedBackend(), tmp_path, story)
    assert desk.queue.entries == ()
    (failure,) = desk.failures
    assert isinstance(failure, InvalidInput)
    assert failure.field == "steps"


def test_cancelling_a_running_task_stops_it_where_it_runs(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.submit()
        await desk.until(lambda: any(e.state is JobState.SUBMITTED for e in desk.queue.entries))
        desk.queue.cancel(desk.only.job.id)
        await desk.until(desk.ended)

    desk = at_desk(ScriptedBackend(polls=[task("PROCESSING")]), tmp_path, story)
    assert desk.only.state is JobState.CANCELLED
    assert desk.backend.calls[-1] == "stop t-1"
    assert desk.journal.notes[-1] == "cancelled"


def test_cancelling_while_the_request_is_on_its_way_admits_that_nobody_knows(
    tmp_path: Path,
) -> None:
    async def story(desk: Desk) -> None:
        desk.submit(service=REMOTE)
        await desk.until(lambda: "submit" in desk.backend.calls)
        desk.queue.cancel(desk.only.job.id)
        await desk.until(desk.ended)

    desk = at_desk(Stalling(**succeeding()), tmp_path, story)  # type: ignore[arg-type]
    assert desk.only.state is JobState.UNKNOWN
    assert desk.journal.notes[-1] == "unknown"


def test_cancelling_what_the_built_in_engine_is_sent_is_certain(tmp_path: Path) -> None:
    """Its request ends with its caller, so that nothing goes on and nothing is charged."""

    async def story(desk: Desk) -> None:
        desk.submit()
        await desk.until(lambda: "submit" in desk.backend.calls)
        desk.queue.cancel(desk.only.job.id)
        await desk.until(desk.ended)

    desk = at_desk(Stalling(**succeeding()), tmp_path, story)  # type: ignore[arg-type]
    assert desk.only.state is JobState.CANCELLED


def test_cancelling_twice_is_cancelling_once(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.submit()
        await desk.until(lambda: any(e.state is JobState.SUBMITTED for e in desk.queue.entries))
        desk.queue.cancel(desk.only.job.id)
        desk.queue.cancel(desk.only.job.id)
        await desk.until(desk.ended)

    desk = at_desk(ScriptedBackend(polls=[task("PROCESSING")]), tmp_path, story)
    assert desk.only.state is JobState.CANCELLED
    assert desk.backend.calls.count("stop t-1") == 1
    assert desk.journal.notes.count("cancelled") == 1


def test_cancelling_a_retry_that_waits_its_turn_leaves_the_job_set_aside(tmp_path: Path) -> None:
    error = OutOfCredit("not a passing error")

    async def story(desk: Desk) -> None:
        desk.submit()
        await desk.until(desk.ended)
        job_id = desk.only.job.id
        desk.queue.retry(job_id)
        assert desk.only.progress.step == "waiting"
        desk.queue.cancel(job_id)
        await desk.until(desk.ended)

    desk = at_desk(ScriptedBackend(polls=[error]), tmp_path, story)
    assert desk.only.state is JobState.LOST
    assert desk.only.error is error
    assert desk.only.can_retry


def test_cancelling_before_the_request_is_wholly_out_is_certain(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.submit(service=REMOTE)
        await desk.until(lambda: "submit" in desk.backend.calls)
        desk.queue.cancel(desk.only.job.id)
        await desk.until(desk.ended)

    desk = at_desk(Stalling(**succeeding(), sent_fraction=0.5), tmp_path, story)  # type: ignore[arg-type]
    assert desk.only.state is JobState.CANCELLED


def test_a_full_disk_ends_the_job_unsent(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.journal.broken = True
        desk.submit()
        await desk.until(desk.ended)

    desk = at_desk(ScriptedBackend(), tmp_path, story)
    assert desk.only.state is JobState.NOT_SENT
    assert desk.backend.calls == []


def test_a_disk_that_fills_up_after_the_submit_costs_no_second_submit(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.journal.full_at = {JobState.SUBMITTED}
        desk.submit()
        await desk.until(desk.ended)
        assert desk.only.state is JobState.LOST
        desk.journal.full_at = {JobState.DONE}
        desk.queue.retry(desk.only.job.id)
        await desk.until(desk.ended)
        assert desk.only.state is JobState.LOST
        desk.journal.full_at = set()
        desk.queue.retry(desk.only.job.id)
        await desk.until(lambda: desk.ended() and desk.only.state is JobState.DONE)

    desk = at_desk(ScriptedBackend(**succeeding()), tmp_path, story)  # type: ignore[arg-type]
    assert desk.backend.calls.count("submit") == 1
    assert len(desk.results) == 1


def test_a_job_that_meets_a_bug_does_not_seem_to_run_for_ever(tmp_path: Path) -> None:
    class Buggy(ScriptedBackend):
        async def submit(self, parameters: Parameters, upload: Upload, sent: Sent) -> str:
            raise RuntimeError("a bug")

    async def scenario() -> Desk:
        desk = Desk(Buggy(), tmp_path)
        desk.submit()
        await desk.until(desk.ended)
        await desk.tasks.aclose()
        return desk

    desk = asyncio.run(scenario())
    assert desk.only.state is JobState.UNKNOWN
    assert [str(bug) for bug in desk.bugs] == ["a bug"]


@pytest.mark.parametrize("error", [Unreachable("dns"), OutOfCredit("top up")])
def test_a_job_that_made_no_task_can_be_tried_again(tmp_path: Path, error: AppError) -> None:
    async def story(desk: Desk) -> None:
        desk.submit()
        await desk.until(desk.ended)
        assert desk.only.error is error
        first = desk.only.job.id
        desk.backend.submit_answer = "t-2"
        desk.queue.retry(first)
        await desk.until(lambda: desk.ended() and desk.only.state is JobState.DONE)
        assert desk.only.job.id != first

    at_desk(ScriptedBackend(submit_answer=error, **succeeding()), tmp_path, story)  # type: ignore[arg-type]


def test_what_may_have_been_charged_is_never_sent_again_by_a_retry(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.submit()
        await desk.until(desk.ended)
        assert not desk.only.can_retry
        desk.queue.retry(desk.only.job.id)
        desk.queue.remove(desk.only.job.id)

    desk = at_desk(ScriptedBackend(submit_answer=AnswerLost()), tmp_path, story)
    assert desk.backend.calls == ["submit"]
    assert desk.queue.entries == ()


def test_a_task_that_was_set_aside_is_asked_for_again_not_sent_again(tmp_path: Path) -> None:
    backend = ScriptedBackend(**succeeding())  # type: ignore[arg-type]
    finished = backend.polls
    backend.polls = [OutOfCredit("not a passing error")]

    async def story(desk: Desk) -> None:
        desk.submit()
        await desk.until(desk.ended)
        assert desk.only.state is JobState.LOST
        desk.backend.polls = finished
        desk.queue.retry(desk.only.job.id)
        await desk.until(lambda: desk.ended() and desk.only.state is JobState.DONE)

    desk = at_desk(backend, tmp_path, story)
    assert desk.backend.calls.count("submit") == 1


def test_a_running_job_is_not_taken_off_the_list(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.submit()
        await desk.until(lambda: "submit" in desk.backend.calls)
        desk.queue.remove(desk.only.job.id)
        assert len(desk.queue.entries) == 1

    at_desk(Stalling(**succeeding()), tmp_path, story)  # type: ignore[arg-type]
