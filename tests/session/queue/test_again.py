"""Jobs that are tried or sent again: never twice by accident, and never charged unasked."""

import asyncio
from pathlib import Path

import pytest

from app.model.errors import (
    AnswerLost,
    AppError,
    InvalidInput,
    NotCreated,
    OutOfCredit,
    StorageError,
    Unreachable,
)
from app.model.job import JobState
from tests.session.queue.desk import REMOTE, Desk, at_desk, succeeding
from tests.support.script import ScriptedBackend, task


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

    desk = at_desk(succeeding(), tmp_path, story)
    assert desk.backend.calls.count("submit") == 1
    assert len(desk.results) == 1


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

    desk = at_desk(succeeding(submit_answer=error), tmp_path, story)
    assert desk.backend.calls.count("submit") == 2
    assert desk.journal.notes.count("prepared") == 1
    assert [attempt.number for attempt in desk.journal.attempts] == [1, 2]


def test_what_the_service_gave_up_is_begun_anew(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.submit()
        await desk.until(desk.ended)
        first = desk.only.id
        desk.backend.polls = succeeding().polls
        desk.queue.retry(first)
        await desk.until(lambda: desk.ended() and desk.only.state is JobState.DONE)
        assert desk.only.id != first

    at_desk(succeeding(polls=[task("FAILED")]), tmp_path, story)


def test_what_may_have_been_charged_is_never_sent_again_by_a_retry(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.submit()
        await desk.until(desk.ended)
        assert desk.only.way is None
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

    desk = at_desk(succeeding(submit_answer=AnswerLost()), tmp_path, story)
    assert desk.backend.calls.count("submit") == 2
    assert [attempt.number for attempt in desk.journal.attempts] == [1, 2]
    assert len({attempt.body_sha256 for attempt in desk.journal.attempts}) == 1


def test_an_id_that_was_found_out_is_asked_for_and_nothing_sent(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.submit(service=REMOTE)
        await desk.until(desk.ended)
        desk.queue.adopt_task_id(desk.only.id, " t-1\n")
        await desk.until(lambda: desk.ended() and desk.only.state is JobState.DONE)

    desk = at_desk(succeeding(submit_answer=AnswerLost()), tmp_path, story)
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


def test_a_job_that_cannot_be_begun_anew_stays_on_the_list(tmp_path: Path) -> None:
    backend = succeeding(polls=[task("FAILED")])
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

    at_desk(succeeding(submit_answer=Unreachable("tls")), tmp_path, story)


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
