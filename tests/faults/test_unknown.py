"""Nobody knows whether it was charged: what an artist may do, and what never happens by itself."""

import pytest

from app.model.errors import AnswerLost, InvalidInput
from app.model.job import JobState
from tests.faults.conftest import Tell
from tests.faults.desk import Desk
from tests.faults.rows import PICTURES


def test_nothing_but_consent_sends_an_unknown_job_again(tell: Tell) -> None:
    async def story(desk: Desk) -> None:
        ledger = desk.stage.service.ledger
        desk.stage.service.arm("submit.hang")
        click = await desk.generate()
        await desk.ended(click)
        assert click.state is JobState.UNKNOWN
        assert isinstance(click.error, AnswerLost)
        desk.queue.retry(click.job.id)
        desk.queue.resume(desk.stage.address, by_hand=True)
        desk.stage.traffic.wake()
        await desk.settle()
        assert len(ledger.at("submit")) == 1
        desk.queue.send_again(click.job.id)
        desk.queue.send_again(click.job.id)  # as a double click does
        await desk.ended(click)
        assert click.state is JobState.DONE
        assert len(ledger.at("submit")) == len(ledger.tasks) == 2
        assert ledger.charged_twice == ["task-2"]
        assert ledger.hits("submit.hang") == 1

    tell(story, quick="submit")


def test_an_id_that_was_salvaged_is_tried_by_hand_and_charges_nothing(tell: Tell) -> None:
    async def story(desk: Desk) -> None:
        ledger = desk.stage.service.ledger
        desk.stage.service.arm("submit.created_then_truncated", keep_id=True)
        click = await desk.generate()
        await desk.ended(click)
        assert click.state is JobState.UNKNOWN
        assert isinstance(click.error, AnswerLost)
        assert click.error.task_id == "task-1"
        assert ledger.at("poll") == []
        desk.queue.adopt_task_id(click.job.id, f" {click.error.task_id} ")
        await desk.until(lambda: desk.entry(click).is_running)
        await desk.ended(click)
        assert click.state is JobState.DONE
        assert len(ledger.tasks) == 1

    tell(story)


@pytest.mark.parametrize("typed", ["", "../../etc/passwd", "a b", "x" * 201, "\u202e1"])
def test_what_is_no_id_is_not_asked_for(typed: str, tell: Tell) -> None:
    async def story(desk: Desk) -> None:
        desk.stage.service.arm("submit.lost_response")
        click = await desk.generate()
        await desk.ended(click)
        desk.queue.adopt_task_id(click.job.id, typed)
        await desk.until(lambda: bool(desk.failures))
        assert isinstance(desk.failures[0], InvalidInput)
        assert desk.entry(click).state is JobState.UNKNOWN
        assert desk.stage.service.ledger.at("poll") == []

    tell(story)


def test_an_id_that_is_another_jobs_belongs_to_nobody(tell: Tell) -> None:
    async def story(desk: Desk) -> None:
        first = await desk.generate()
        await desk.ended(first)
        desk.stage.service.arm("submit.task_id_duplicate", task_id="task-1")
        second = await desk.generate()
        await desk.ended(second)
        assert first.state is JobState.DONE
        assert second.state is JobState.UNKNOWN
        assert isinstance(second.error, AnswerLost)
        assert second.error.kind == "repeated"
        desk.queue.adopt_task_id(second.job.id, "task-1")
        await desk.until(lambda: bool(desk.failures))
        assert desk.entry(second).state is JobState.UNKNOWN

    tell(story)


def test_the_balance_tells_what_was_charged(tell: Tell) -> None:
    async def story(desk: Desk) -> None:
        before = (await desk.stage.client.user()).balance
        desk.stage.service.arm("submit.lost_response")
        click = await desk.generate()
        await desk.ended(click)
        desk.queue.check_balance(click.job.id)
        await desk.until(lambda: bool(desk.balances))
        assert desk.balances == [(before, before - 0.01 * PICTURES)]

    tell(story)
