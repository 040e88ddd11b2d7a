"""Jobs beside the window: several at once, stopped, tried again."""

import asyncio
import gc
import threading
import warnings
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.contract.parameters import Parameters
from app.jobs.ports import Ports, Sent
from app.jobs.prepare import new_job
from app.jobs.traffic import Traffic
from app.model.errors import (
    AlreadySent,
    AnswerLost,
    AppError,
    InvalidInput,
    NotCreated,
    OutOfCredit,
    RateLimited,
    SetAside,
    StorageError,
    TaskNotFound,
    Unauthorized,
    Unreachable,
)
from app.model.job import Accepted, Attempt, Job, JobState, Result, Upload
from app.model.picture import Picture
from app.model.png import encode_picture
from app.model.record import JobRecord, ResultRecord
from app.model.services import BUILTIN, PRESETS, Service
from app.session.queue import Entry, JobQueue
from app.session.tasks import Tasks
from tests.support.clock import LeapingClock
from tests.support.script import NotedJournal, ScriptedBackend, ports, task

REMOTE = PRESETS[1]
READY = Parameters(prompt="an islet", model_name="m", image_num=1, mask_blur=0)
PICTURE = Picture(pixels=np.full((40, 60, 4), 255, np.uint8), name="lake")
MASK = np.full((40, 60), 255, np.uint8)


class Stalling(ScriptedBackend):
    """Accepts a task, then lets it run until `release` is set."""

    release: asyncio.Event

    async def submit(self, parameters: Parameters, upload: Upload, sent: Sent) -> Accepted:
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
        self.clock = LeapingClock()
        self.refuses: AppError | None = None

        def open_(service: Service) -> Ports:
            if self.refuses is not None:
                raise self.refuses
            return surroundings

        self.queue = JobQueue(open_, self.tasks.spawn, traffic=Traffic(clock=self.clock))
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
        desk.backend.release.set()  # type: ignore[attr-defined]
        await desk.until(desk.ended)

    desk = at_desk(Stalling(**succeeding()), tmp_path, story)  # type: ignore[arg-type]
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
        desk.backend.release.set()  # type: ignore[attr-defined]
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

    desk = at_desk(Stalling(**succeeding()), tmp_path, story)  # type: ignore[arg-type]
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
    assert desk.only.can_retry


def test_cancelling_before_the_request_is_wholly_out_is_certain(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.submit(service=REMOTE)
        await desk.until(lambda: "submit" in desk.backend.calls)
        desk.queue.cancel(desk.only.id)
        await desk.until(desk.ended)

    desk = at_desk(Stalling(**succeeding(), sent_fraction=0.5), tmp_path, story)  # type: ignore[arg-type]
    assert desk.only.state is JobState.CANCELLED
    assert desk.journal.notes[-2:] == ["prepared", "cancelled"]


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
        desk.queue.retry(desk.only.id)
        await desk.until(desk.ended)
        assert desk.only.state is JobState.LOST
        desk.journal.full_at = set()
        desk.queue.retry(desk.only.id)
        await desk.until(lambda: desk.ended() and desk.only.state is JobState.DONE)

    desk = at_desk(ScriptedBackend(**succeeding()), tmp_path, story)  # type: ignore[arg-type]
    assert desk.backend.calls.count("submit") == 1
    assert len(desk.results) == 1


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


@pytest.mark.parametrize("error", [Unreachable("tls"), OutOfCredit("top up"), NotCreated()])
def test_the_same_job_is_sent_again_where_surely_no_task_was_made(
    tmp_path: Path, error: AppError
) -> None:
    async def story(desk: Desk) -> None:
        desk.submit()
        await desk.until(desk.ended)
        assert desk.only.error is error
        first = desk.only.id
        desk.backend.submit_answer = "t-2"
        desk.queue.retry(first)
        desk.queue.retry(first)
        await desk.until(lambda: desk.ended() and desk.only.state is JobState.DONE)
        assert desk.only.id == first

    desk = at_desk(ScriptedBackend(submit_answer=error, **succeeding()), tmp_path, story)  # type: ignore[arg-type]
    assert desk.backend.calls.count("submit") == 2
    assert desk.journal.notes.count("prepared") == 1
    assert [attempt.number for attempt in desk.journal.attempts] == [1, 2]


def test_what_the_service_gave_up_is_begun_anew(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.submit()
        await desk.until(desk.ended)
        first = desk.only.id
        desk.backend.polls = succeeding()["polls"]  # type: ignore[assignment]
        desk.queue.retry(first)
        await desk.until(lambda: desk.ended() and desk.only.state is JobState.DONE)
        assert desk.only.id != first

    at_desk(ScriptedBackend(**succeeding() | {"polls": [task("FAILED")]}), tmp_path, story)  # type: ignore[arg-type]


def test_what_may_have_been_charged_is_never_sent_again_by_a_retry(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.submit()
        await desk.until(desk.ended)
        assert not desk.only.can_retry
        desk.queue.retry(desk.only.id)
        desk.queue.remove(desk.only.id)

        await asyncio.to_thread(desk.journal.is_hidden.wait, 20)
        assert "hidden" in desk.journal.notes

    desk = at_desk(ScriptedBackend(submit_answer=AnswerLost()), tmp_path, story)
    assert desk.backend.calls == ["submit"]
    assert desk.queue.entries == ()


def test_an_unknown_job_is_sent_again_with_consent_and_once_for_two_clicks(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.submit(service=REMOTE)
        await desk.until(desk.ended)
        desk.backend.submit_answer = "t-2"
        for _ in range(2):
            desk.queue.send_again(desk.only.id)
        await desk.until(lambda: desk.ended() and desk.only.state is JobState.DONE)

    desk = at_desk(ScriptedBackend(submit_answer=AnswerLost(), **succeeding()), tmp_path, story)  # type: ignore[arg-type]
    assert desk.backend.calls.count("submit") == 2
    assert [attempt.number for attempt in desk.journal.attempts] == [1, 2]
    assert len({attempt.body_sha256 for attempt in desk.journal.attempts}) == 1


def test_an_id_that_was_found_out_is_asked_for_and_nothing_sent(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.submit(service=REMOTE)
        await desk.until(desk.ended)
        desk.queue.adopt_task_id(desk.only.id, " t-1\n")
        await desk.until(lambda: desk.ended() and desk.only.state is JobState.DONE)

    desk = at_desk(ScriptedBackend(submit_answer=AnswerLost(), **succeeding()), tmp_path, story)  # type: ignore[arg-type]
    assert desk.backend.calls.count("submit") == 1
    assert "submitted t-1" in desk.journal.notes


@pytest.mark.parametrize(
    ("text", "kind"), [("../../etc", "not_an_id"), ("", "not_an_id"), ("t-9", "taken")]
)
def test_an_id_that_cannot_be_the_jobs_is_refused(tmp_path: Path, text: str, kind: str) -> None:
    async def story(desk: Desk) -> None:
        desk.journal.tasks.add("t-9")
        desk.submit(service=REMOTE)
        await desk.until(desk.ended)
        desk.queue.adopt_task_id(desk.only.id, text)
        await desk.until(lambda: bool(desk.failures))

    desk = at_desk(ScriptedBackend(submit_answer=AnswerLost()), tmp_path, story)
    (failure,) = desk.failures
    assert isinstance(failure, InvalidInput)
    assert (failure.field, failure.kind) == ("task_id", kind)
    assert desk.only.state is JobState.UNKNOWN


def test_the_balance_is_told_beside_the_one_before(tmp_path: Path) -> None:
    told: list[tuple[object, ...]] = []

    async def story(desk: Desk) -> None:
        desk.queue.balance_told.connect(lambda *facts: told.append(facts))
        desk.queue.balance_told.connect(desk.changed.set)
        desk.submit(service=REMOTE)
        await desk.until(desk.ended)
        desk.queue.check_balance(desk.only.id)
        desk.queue.remove(desk.only.id)  # while it is asked for
        await desk.until(lambda: bool(told))

    backend = ScriptedBackend(submit_answer=AnswerLost(), recent_balance=1.5, balance=12_000)
    at_desk(backend, tmp_path, story)
    assert told == [(REMOTE, 1.5, 1.2)]


def test_a_refused_key_holds_the_jobs_back_until_it_is_another(tmp_path: Path) -> None:
    refused: list[tuple[object, object]] = []

    async def story(desk: Desk) -> None:
        desk.queue.paused.connect(lambda service, error: refused.append((service, error)))
        for _ in range(2):
            desk.submit(service=REMOTE)
        await desk.until(
            lambda: [entry.progress.reason for entry in desk.queue.entries] == ["key"] * 2
        )
        assert {entry.state for entry in desk.queue.entries} == {JobState.PREPARED}
        desk.queue.resume(REMOTE)  # the same key: of no use
        await asyncio.sleep(0)
        assert desk.queue.running == 2
        desk.backend.fingerprint = "key-2"
        desk.backend.submit_answer = "t-1"
        desk.queue.resume(REMOTE)
        await desk.until(desk.ended)

    backend = ScriptedBackend(submit_answer=Unauthorized("no"), **succeeding())  # type: ignore[arg-type]
    desk = at_desk(backend, tmp_path, story)
    assert [entry.state for entry in desk.queue.entries] == [JobState.DONE] * 2
    assert [service for service, _ in refused] == [REMOTE]


def test_a_key_that_is_refused_while_a_task_runs_loses_nothing(tmp_path: Path) -> None:
    backend = ScriptedBackend(**succeeding())  # type: ignore[arg-type]
    finished = backend.polls
    backend.polls = [Unauthorized("no")]

    async def story(desk: Desk) -> None:
        desk.submit(service=REMOTE)
        await desk.until(lambda: bool(desk.queue.entries) and desk.only.progress.reason == "key")
        assert desk.only.state is JobState.SUBMITTED
        desk.backend.polls = finished
        desk.queue.resume(REMOTE, by_hand=True)
        await desk.until(desk.ended)

    assert at_desk(backend, tmp_path, story).only.state is JobState.DONE


def test_a_task_that_is_set_aside_can_be_asked_for_later(tmp_path: Path) -> None:
    backend = ScriptedBackend(**succeeding())  # type: ignore[arg-type]
    finished, backend.polls = backend.polls, [task("QUEUED")]

    async def story(desk: Desk) -> None:
        desk.submit(service=REMOTE)
        await desk.until(lambda: bool(desk.queue.entries) and desk.only.progress.is_long)
        desk.queue.set_aside(desk.only.id)
        await desk.until(desk.ended)
        assert isinstance(desk.only.error, SetAside)
        assert desk.only.can_retry
        desk.backend.polls = finished
        desk.queue.retry(desk.only.id)
        await desk.until(lambda: desk.ended() and desk.only.state is JobState.DONE)

    desk = at_desk(backend, tmp_path, story)
    assert desk.backend.calls.count("submit") == 1


def test_a_task_that_is_set_aside_amidst_a_step_takes_it_before_any_other(tmp_path: Path) -> None:
    """Else two would be at work on it at once, and the journal know a step that no job may take."""

    gate, is_saving = threading.Event(), threading.Event()

    async def story(desk: Desk) -> None:
        note = desk.journal.note

        def slowly(job_id: str, state: JobState, **facts: Any) -> None:
            if state is JobState.SAVING:
                is_saving.set()
                gate.wait(20)
            note(job_id, state, **facts)

        desk.journal.note = slowly  # type: ignore[method-assign]
        desk.submit(service=REMOTE)
        await asyncio.to_thread(is_saving.wait, 20)
        desk.queue.set_aside(desk.only.id)
        desk.queue.retry(desk.only.id)
        desk.queue.remove(desk.only.id)
        gate.set()
        await desk.until(desk.ended)
        assert desk.only.state is JobState.SAVING
        desk.queue.retry(desk.only.id)
        await desk.until(lambda: desk.ended() and desk.only.state is JobState.DONE)

    desk = at_desk(ScriptedBackend(**succeeding()), tmp_path, story)  # type: ignore[arg-type]
    expected = ["submitted t-1", "saving", "submitted t-1", "saving", "result 0", "done"]
    assert desk.journal.notes[2:] == expected


def test_what_is_being_sent_a_second_time_is_not_set_aside(tmp_path: Path) -> None:
    """Its id is that of the first time, if it is one at all."""

    async def story(desk: Desk) -> None:
        desk.backend.release.set()  # type: ignore[attr-defined]
        desk.submit(service=REMOTE)
        await desk.until(desk.ended)
        assert desk.only.task_id == "t-0"
        desk.backend.release.clear()  # type: ignore[attr-defined]
        desk.backend.submit_answer = "t-1"
        desk.queue.send_again(desk.only.id)
        await desk.until(lambda: desk.backend.calls.count("submit") == 2)
        desk.queue.set_aside(desk.only.id)
        desk.backend.release.set()  # type: ignore[attr-defined]
        await desk.until(lambda: desk.ended() and desk.only.state is JobState.DONE)

    lost = AnswerLost(task_id="t-0")
    at_desk(Stalling(submit_answer=lost, **succeeding()), tmp_path, story)  # type: ignore[arg-type]


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


def test_a_job_that_cannot_be_begun_anew_stays_on_the_list(tmp_path: Path) -> None:
    backend = ScriptedBackend(**succeeding() | {"polls": [task("FAILED")]})  # type: ignore[arg-type]
    refusal = StorageError("read_only", tmp_path)

    async def story(desk: Desk) -> None:
        desk.submit()
        await desk.until(desk.ended)
        desk.refuses = refusal
        desk.queue.retry(desk.only.id)
        await desk.until(lambda: bool(desk.failures))

    desk = at_desk(backend, tmp_path, story)
    assert desk.failures == [refusal]
    assert desk.only.state is JobState.FAILED


def test_a_refusal_that_the_disk_did_not_record_can_be_tried_again(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.journal.full_at = {JobState.NOT_SENT}
        desk.submit(service=REMOTE)
        await desk.until(desk.ended)
        assert desk.only.state is JobState.NOT_SENT
        assert desk.only.noted is JobState.SUBMITTING
        desk.backend.submit_answer = "t-1"
        desk.queue.retry(desk.only.id)
        await desk.until(lambda: desk.ended() and desk.only.state is JobState.DONE)

    at_desk(ScriptedBackend(submit_answer=Unreachable("tls"), **succeeding()), tmp_path, story)  # type: ignore[arg-type]


def test_an_unknown_job_that_the_disk_keeps_from_being_sent_stays_unknown(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.submit(service=REMOTE)
        await desk.until(desk.ended)
        desk.journal.full_at = {JobState.SUBMITTING}
        desk.queue.send_again(desk.only.id)
        await desk.until(desk.ended)

    desk = at_desk(ScriptedBackend(submit_answer=AnswerLost()), tmp_path, story)
    assert desk.only.state is JobState.UNKNOWN
    assert isinstance(desk.only.error, StorageError)
    assert desk.backend.calls == ["submit"]


def test_a_task_that_is_set_aside_and_taken_off_the_list_is_given_up(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.submit(service=REMOTE)
        await desk.until(lambda: bool(desk.queue.entries) and desk.only.task_id is not None)
        desk.queue.set_aside(desk.only.id)
        await desk.until(desk.ended)
        desk.queue.remove(desk.only.id)
        await asyncio.to_thread(desk.journal.is_hidden.wait, 20)

    desk = at_desk(ScriptedBackend(polls=[task("QUEUED")]), tmp_path, story)
    assert desk.journal.notes[-2:] == ["cancelled", "hidden"]
    assert desk.queue.entries == ()


def test_a_job_that_was_cancelled_can_be_taken_off_the_list(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.submit(service=REMOTE)
        await desk.until(lambda: "submit" in desk.backend.calls)
        desk.queue.cancel(desk.only.id)
        await desk.until(desk.ended)
        desk.queue.remove(desk.only.id)
        await asyncio.to_thread(desk.journal.is_hidden.wait, 20)

    desk = at_desk(Stalling(**succeeding(), sent_fraction=0.5), tmp_path, story)  # type: ignore[arg-type]
    assert desk.journal.notes[-2:] == ["cancelled", "hidden"]


def earlier(state: JobState, **facts: object) -> JobRecord:
    """What the journal holds of a job of an earlier run."""
    given = {"service_id": REMOTE.id, "base_url": REMOTE.base_url, "folder": Path("/nowhere")}
    when = datetime(2026, 3, 14, len(state)).astimezone()
    return JobRecord(
        **{"id": f"{state}-1", "created": when, "changed": when, "state": state, **given, **facts}
    )  # type: ignore[arg-type]


class Remembered:
    """A journal that remembers jobs of earlier runs; `read` names those that were read back."""

    def __init__(self, *records: JobRecord) -> None:
        self.records = records
        self.read: list[str] = []

    def recent(self, limit: int) -> Sequence[JobRecord]:
        return self.records[::-1]

    def unfinished(self) -> Sequence[JobRecord]:
        return [one for one in self.records if not one.state.is_final]

    def asked_images(self, record: JobRecord) -> int:
        return 3

    def picture(self, result: ResultRecord) -> Picture:
        if "gone" in result.path.name:
            raise StorageError("missing", result.path)
        return PICTURE

    def load(self, record: JobRecord) -> Job:
        self.read.append(record.id)
        return replace(new_job(REMOTE, READY, PICTURE, MASK), id=record.id)

    def upload(self, record: JobRecord) -> Upload:
        return Upload(image=b"image", mask=b"mask")


def test_jobs_of_an_earlier_run_go_on_where_they_stood(tmp_path: Path) -> None:
    archive = Remembered(
        earlier(JobState.DONE, task_id="t-4"),
        earlier(JobState.PARTIAL, task_id="t-2"),
        earlier(JobState.UNKNOWN, error_kind="AnswerLost", error_text="cut: ReadError"),
        earlier(JobState.PREPARED),
        earlier(JobState.SUBMITTED, task_id="t-1"),
    )

    async def story(desk: Desk) -> None:
        desk.journal.states = {one.id: one.state for one in archive.records}
        desk.queue.restore(lambda: archive)
        await desk.until(desk.ended)

    desk = at_desk(ScriptedBackend(**succeeding()), tmp_path, story)  # type: ignore[arg-type]
    assert [(entry.id, entry.state) for entry in desk.queue.entries] == [
        ("partial-1", JobState.DONE),
        ("unknown-1", JobState.UNKNOWN),
        ("prepared-1", JobState.DONE),
        ("submitted-1", JobState.DONE),
    ]
    assert desk.backend.calls.count("submit") == 1
    assert "unknown-1" not in archive.read
    error = desk.queue.entry("unknown-1").error
    assert isinstance(error, AnswerLost)
    assert error.kind == "cut"
    assert not desk.queue.entry("unknown-1").can_retry


def test_a_job_of_an_earlier_run_shows_what_it_had_saved(tmp_path: Path) -> None:
    saved = [
        ResultRecord(index=at, path=tmp_path / name, raw_path=tmp_path / f"{name}.raw", seed=at)
        for at, name in enumerate(("gone.png", "there.png"))
    ]
    archive = Remembered(earlier(JobState.LOST, task_id="t-1", results=tuple(saved)))
    asked: list[int] = []

    async def story(desk: Desk) -> None:
        desk.queue.job_added.connect(lambda _: asked.append(desk.only.image_num))
        desk.queue.restore(lambda: archive)
        await desk.until(lambda: bool(desk.queue.entries) and bool(desk.only.results))

    desk = at_desk(ScriptedBackend(), tmp_path, story)
    assert asked == [3]
    (shown,) = desk.only.results
    assert (shown.index, shown.path, shown.size) == (1, saved[1].path, PICTURE.size)
    assert (desk.only.saved, desk.only.job is not None) == (2, True)
    assert desk.results == []  # nothing has come: no seed is noted, no balance looked at


def test_a_job_that_is_taken_off_the_list_is_read_back_in_vain(tmp_path: Path) -> None:
    is_off, is_read, is_seen = threading.Event(), threading.Event(), threading.Event()

    class Slow(Remembered):
        def load(self, record: JobRecord) -> Job:
            is_read.set()
            is_off.wait(20)
            return super().load(record)

        def picture(self, result: ResultRecord) -> Picture:
            is_seen.set()
            return super().picture(result)

    result = ResultRecord(index=0, path=Path("a.png"), raw_path=Path("a.raw"), seed=5)
    archive = Slow(earlier(JobState.LOST, task_id="t-1", results=(result,)))

    async def story(desk: Desk) -> None:
        desk.queue.restore(lambda: archive)
        await asyncio.to_thread(is_read.wait, 20)
        desk.queue.remove(desk.only.id)
        is_off.set()
        await asyncio.to_thread(is_seen.wait, 20)

    assert at_desk(ScriptedBackend(), tmp_path, story).queue.entries == ()


def test_an_unknown_job_of_an_earlier_run_can_be_sent_again(tmp_path: Path) -> None:
    attempt = Attempt(number=1, body_sha256="", key_fingerprint="", balance=2.0)
    archive = Remembered(earlier(JobState.UNKNOWN, attempt=attempt))

    async def story(desk: Desk) -> None:
        desk.journal.states = {"unknown-1": JobState.UNKNOWN}
        desk.queue.restore(lambda: archive)
        await desk.until(lambda: bool(desk.queue.entries))
        assert desk.only.attempt == attempt
        desk.queue.send_again("unknown-1")
        await desk.until(lambda: desk.ended() and desk.only.state is JobState.DONE)

    desk = at_desk(ScriptedBackend(**succeeding()), tmp_path, story)  # type: ignore[arg-type]
    assert [attempt.number for attempt in desk.journal.attempts] == [2]


def test_a_task_that_was_set_aside_is_asked_for_again_not_sent_again(tmp_path: Path) -> None:
    backend = ScriptedBackend(**succeeding())  # type: ignore[arg-type]
    finished = backend.polls
    backend.polls = [TaskNotFound()]

    async def story(desk: Desk) -> None:
        desk.submit()
        await desk.until(desk.ended)
        assert desk.only.state is JobState.LOST
        desk.backend.polls = finished
        desk.queue.retry(desk.only.id)
        await desk.until(lambda: desk.ended() and desk.only.state is JobState.DONE)

    desk = at_desk(backend, tmp_path, story)
    assert desk.backend.calls.count("submit") == 1


def test_a_running_job_is_not_taken_off_the_list(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.submit()
        await desk.until(lambda: "submit" in desk.backend.calls)
        desk.queue.remove(desk.only.id)
        assert len(desk.queue.entries) == 1

    at_desk(Stalling(**succeeding()), tmp_path, story)  # type: ignore[arg-type]


def test_an_act_that_the_programs_end_overtakes_leaves_nothing_behind() -> None:
    queue = JobQueue(lambda service: pytest.fail("asked"), lambda coroutine: coroutine.close())  # type: ignore[arg-type,return-value]
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        queue.restore(lambda: pytest.fail("asked"))
        gc.collect()
    assert told == []
