"""Jobs beside the window: several at once, and what holds them back or ends them."""

import asyncio
import gc
import warnings
from pathlib import Path

import pytest

from app.contract.parameters import Parameters
from app.jobs.ports import Sent
from app.model.errors import InvalidInput, Unauthorized
from app.model.job import Accepted, JobState, Upload
from app.session.queue import JobQueue
from tests.session.queue.desk import READY, REMOTE, Desk, Stalling, at_desk, succeeding
from tests.support.script import ScriptedBackend


def test_a_job_shows_up_runs_and_delivers(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.submit()
        await desk.until(desk.ended)

    desk = at_desk(succeeding(), tmp_path, story)
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
        desk.backend.release.set()
        await desk.until(desk.ended)

    desk = at_desk(succeeding(Stalling), tmp_path, story)
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


def test_a_full_disk_ends_the_job_unsent(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.journal.broken = True
        desk.submit()
        await desk.until(desk.ended)

    desk = at_desk(ScriptedBackend(), tmp_path, story)
    assert desk.only.state is JobState.NOT_SENT
    assert desk.backend.calls == []


def test_a_job_that_meets_a_bug_does_not_seem_to_run_for_ever(tmp_path: Path) -> None:
    class Buggy(ScriptedBackend):
        async def submit(self, parameters: Parameters, upload: Upload, sent: Sent) -> Accepted:
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


def test_a_refused_key_holds_the_jobs_back_until_it_is_another(tmp_path: Path) -> None:
    refused: list[tuple[object, object]] = []

    async def story(desk: Desk) -> None:
        desk.queue.paused.connect(lambda service, error: refused.append((service, error)))
        for _ in range(2):
            desk.submit(service=REMOTE)
        await desk.until(
            lambda: [entry.progress.reason for entry in desk.queue.entries] == ["refused"] * 2
        )
        assert {entry.state for entry in desk.queue.entries} == {JobState.PREPARED}
        desk.queue.resume(REMOTE)  # the same key: of no use
        await asyncio.sleep(0)
        assert desk.queue.running == 2
        desk.backend.fingerprint = "key-2"
        desk.backend.submit_answer = "t-1"
        desk.queue.resume(REMOTE)
        await desk.until(desk.ended)

    backend = succeeding(submit_answer=Unauthorized("no"))
    desk = at_desk(backend, tmp_path, story)
    assert [entry.state for entry in desk.queue.entries] == [JobState.DONE] * 2
    assert [service for service, _ in refused] == [REMOTE]


def test_a_key_that_is_refused_while_a_task_runs_loses_nothing(tmp_path: Path) -> None:
    backend = succeeding()
    finished = backend.polls
    backend.polls = [Unauthorized("no")]

    async def story(desk: Desk) -> None:
        desk.submit(service=REMOTE)
        await desk.until(
            lambda: bool(desk.queue.entries) and desk.only.progress.reason == "refused"
        )
        assert desk.only.state is JobState.SUBMITTED
        desk.backend.polls = finished
        desk.queue.resume(REMOTE, by_hand=True)
        await desk.until(desk.ended)

    assert at_desk(backend, tmp_path, story).only.state is JobState.DONE


def test_a_running_job_is_not_taken_off_the_list(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.submit()
        await desk.until(lambda: "submit" in desk.backend.calls)
        desk.queue.remove(desk.only.id)
        assert len(desk.queue.entries) == 1

    at_desk(succeeding(Stalling), tmp_path, story)


def test_an_act_that_the_programs_end_overtakes_leaves_nothing_behind() -> None:
    queue = JobQueue(lambda service: pytest.fail("asked"), lambda coroutine: coroutine.close())
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        queue.restore(lambda: pytest.fail("asked"))
        gc.collect()
    assert told == []
