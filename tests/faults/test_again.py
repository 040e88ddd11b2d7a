"""Trying again what was surely not made, or what the service still has."""

import pytest

from app.model.errors import NotCreated, OutOfCredit, TaskNotFound, Unreachable
from app.model.job import JobState
from tests.faults.conftest import Tell
from tests.faults.desk import Desk
from tests.faults.rows import ALWAYS, PICTURES

RETRIED = {
    "submit.create_failed": (JobState.NOT_CREATED, NotCreated, 1),
    "submit.balance": (JobState.REJECTED, OutOfCredit, 1),
    "submit.refused_early": (JobState.NOT_SENT, Unreachable, 4),
}


@pytest.mark.parametrize("fault", RETRIED)
def test_one_click_sends_again_what_was_surely_not_made(fault: str, tell: Tell) -> None:
    state, error, times = RETRIED[fault]

    async def story(desk: Desk) -> None:
        ledger = desk.stage.service.ledger
        desk.stage.service.arm(fault, times=times)
        click = await desk.generate(large=state is JobState.NOT_SENT)
        await desk.ended(click)
        assert (click.state, type(click.error)) == (state, error)
        assert ledger.tasks == {}
        assert ledger.hits(fault) == times
        desk.queue.retry(click.job.id)
        desk.queue.retry(click.job.id)
        await desk.ended(click)
        assert click.state is JobState.DONE
        assert len(ledger.tasks) == 1

    tell(story)


def test_a_task_that_was_lost_can_be_asked_for_again(tell: Tell) -> None:
    async def story(desk: Desk) -> None:
        ledger = desk.stage.service.ledger
        desk.stage.service.arm("poll.not_found", times=ALWAYS)
        click = await desk.generate()
        await desk.ended(click)
        assert click.state is JobState.LOST
        assert isinstance(click.error, TaskNotFound)
        assert click.task_id == "task-1"
        assert ledger.hits("poll.not_found") >= 3
        (_, first), *_, (_, last) = desk.stage.client.polls
        assert last - first >= 300
        desk.stage.service.mend()
        desk.queue.retry(click.job.id)
        await desk.ended(click)
        assert click.state is JobState.DONE
        assert len(ledger.tasks) == 1

    tell(story)


def test_fetching_again_fetches_what_is_missing_alone(tell: Tell) -> None:
    async def story(desk: Desk) -> None:
        ledger = desk.stage.service.ledger
        desk.stage.service.arm("poll.url_file", times=ALWAYS, only=1)
        click = await desk.generate()
        await desk.ended(click)
        assert click.state is JobState.PARTIAL
        assert [result.index for result in click.results] == [0]
        assert len(ledger.at("image")) == 1
        desk.stage.service.mend()
        desk.queue.retry(click.job.id)
        await desk.ended(click)
        assert click.state is JobState.DONE
        assert sorted(result.index for result in click.results) == [0, 1]
        assert len(ledger.at("image")) == 2
        assert len(ledger.tasks) == 1

    tell(story)


def test_what_is_no_picture_today_may_be_one_tomorrow(tell: Tell) -> None:
    async def story(desk: Desk) -> None:
        desk.stage.service.arm("image.truncated_png", times=ALWAYS)
        click = await desk.generate()
        await desk.ended(click)
        assert click.state is JobState.PARTIAL
        desk.stage.service.mend()
        desk.queue.retry(click.job.id)
        await desk.ended(click)
        assert click.state is JobState.DONE
        assert len(click.results) == PICTURES

    tell(story)


def test_a_success_that_is_taken_back_counts_all_the_same(tell: Tell) -> None:
    async def story(desk: Desk) -> None:
        service = desk.stage.service
        service.arm("image.expired", times=PICTURES)
        service.arm("poll.flap", times=3, after=1)
        click = await desk.generate()
        await desk.ended(click)
        assert click.state is JobState.DONE
        assert service.ledger.hits("poll.flap") >= 1
        assert len(service.ledger.tasks) == 1

    tell(story)


def test_a_failure_after_a_success_takes_nothing_away(tell: Tell) -> None:
    async def story(desk: Desk) -> None:
        service = desk.stage.service
        service.arm("image.expired", times=PICTURES)
        service.arm("poll.failed", times=2, after=1)
        click = await desk.generate()
        await desk.ended(click)
        assert click.state is JobState.DONE
        assert service.ledger.hits("poll.failed") >= 1

    tell(story)
