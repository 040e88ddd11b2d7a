"""Jobs that the artist cancels: what is certain, and what a service has already."""

import asyncio
from pathlib import Path

from app.contract.parameters import Parameters
from app.jobs.ports import Sent
from app.model.errors import AlreadySent, AnswerLost, RateLimited, TaskNotFound
from app.model.job import Accepted, JobState, Upload
from tests.session.queue.desk import REMOTE, Desk, Stalling, at_desk, succeeding
from tests.support.script import ScriptedBackend, task


def test_cancelling_a_running_task_stops_it_where_it_runs(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.submit()
        await desk.until(lambda: any(e.state is JobState.SUBMITTED for e in desk.queue.entries))
        desk.queue.cancel(desk.only.id)
        await desk.until(desk.ended)

    desk = at_desk(ScriptedBackend(polls=[task("PROCESSING")]), tmp_path, story)
    assert desk.only.state is JobState.CANCELLED
    assert desk.backend.calls[-1] == "stop t-1"
    assert desk.journal.notes[-1] == "cancelled"


def test_what_a_service_has_is_collected_though_the_artist_would_cancel(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.submit(service=REMOTE)
        await desk.until(lambda: "submit" in desk.backend.calls)
        desk.queue.cancel(desk.only.id)
        assert [type(told) for told in desk.failures] == [AlreadySent]
        assert desk.only.is_unwanted
        desk.backend.release.set()
        await desk.until(desk.ended)

    desk = at_desk(succeeding(Stalling), tmp_path, story)
    assert desk.only.state is JobState.DONE
    assert len(desk.results) == 1


def test_a_job_that_nobody_wants_is_not_sent_a_second_time(tmp_path: Path) -> None:
    """It was cancelled too late, and then the service turned it away after all."""

    class Busy(Stalling):
        async def submit(self, parameters: Parameters, upload: Upload, sent: Sent) -> Accepted:
            self.calls.append("submit")
            sent(1, 1)
            await self.release.wait()
            sent(0, 1)
            raise RateLimited(retry_after_s=5)

    async def story(desk: Desk) -> None:
        desk.submit(service=REMOTE)
        await desk.until(lambda: "submit" in desk.backend.calls)
        desk.queue.cancel(desk.only.id)
        desk.backend.release.set()
        await desk.until(desk.ended)

    desk = at_desk(Busy(), tmp_path, story)
    assert desk.only.state is JobState.CANCELLED
    assert desk.backend.calls == ["submit"]
    assert desk.journal.notes[-2:] == ["prepared", "cancelled"]


def test_cancelling_what_the_built_in_engine_is_sent_is_certain(tmp_path: Path) -> None:
    """Its request ends with its caller, so that nothing goes on and nothing is charged."""

    async def story(desk: Desk) -> None:
        desk.submit()
        await desk.until(lambda: "submit" in desk.backend.calls)
        desk.queue.cancel(desk.only.id)
        await desk.until(desk.ended)

    desk = at_desk(succeeding(Stalling), tmp_path, story)
    assert desk.only.state is JobState.CANCELLED


def test_cancelling_twice_is_cancelling_once(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.submit()
        await desk.until(lambda: any(e.state is JobState.SUBMITTED for e in desk.queue.entries))
        desk.queue.cancel(desk.only.id)
        desk.queue.cancel(desk.only.id)
        await desk.until(desk.ended)

    desk = at_desk(ScriptedBackend(polls=[task("PROCESSING")]), tmp_path, story)
    assert desk.only.state is JobState.CANCELLED
    assert desk.backend.calls.count("stop t-1") == 1
    assert desk.journal.notes.count("cancelled") == 1


def test_cancelling_a_retry_that_waits_its_turn_leaves_the_job_set_aside(tmp_path: Path) -> None:
    error = TaskNotFound()

    async def story(desk: Desk) -> None:
        desk.submit()
        await desk.until(desk.ended)
        job_id = desk.only.id
        desk.queue.retry(job_id)
        assert desk.only.progress.step == "waiting"
        desk.queue.cancel(job_id)
        await desk.until(desk.ended)

    desk = at_desk(ScriptedBackend(polls=[error]), tmp_path, story)
    assert desk.only.state is JobState.LOST
    assert desk.only.error is error
    assert desk.only.way == "ask"


def test_cancelling_before_the_request_is_wholly_out_is_certain(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.submit(service=REMOTE)
        await desk.until(lambda: "submit" in desk.backend.calls)
        desk.queue.cancel(desk.only.id)
        await desk.until(desk.ended)

    desk = at_desk(succeeding(Stalling, sent_fraction=0.5), tmp_path, story)
    assert desk.only.state is JobState.CANCELLED
    assert desk.journal.notes[-2:] == ["prepared", "cancelled"]


def test_a_second_sending_is_called_off_as_long_as_it_waits(tmp_path: Path) -> None:
    """It was agreed to, and then not any more: nothing may be charged for it."""

    async def story(desk: Desk) -> None:
        desk.submit(service=REMOTE)
        await desk.until(desk.ended)
        desk.queue.send_again(desk.only.id)
        desk.queue.cancel(desk.only.id)
        await desk.until(desk.ended)

    desk = at_desk(ScriptedBackend(submit_answer=AnswerLost()), tmp_path, story)
    assert desk.backend.calls == ["submit"]
    assert desk.only.state is JobState.UNKNOWN
    assert desk.failures == []


def test_a_job_that_was_cancelled_can_be_taken_off_the_list(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.submit(service=REMOTE)
        await desk.until(lambda: "submit" in desk.backend.calls)
        desk.queue.cancel(desk.only.id)
        await desk.until(desk.ended)
        desk.queue.remove(desk.only.id)
        await asyncio.to_thread(desk.journal.is_hidden.wait, 20)

    desk = at_desk(succeeding(Stalling, sent_fraction=0.5), tmp_path, story)
    assert desk.journal.notes[-2:] == ["cancelled", "hidden"]
