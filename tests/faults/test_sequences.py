"""What an artist does after a fault, and what several jobs do to one another."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from app.jobs.traffic import IMAGES_PER_MINUTE
from app.model.errors import (
    AlreadySent,
    AnswerLost,
    InvalidInput,
    NotCreated,
    OutOfCredit,
    TaskNotFound,
    Unauthorized,
    Unreachable,
)
from app.model.job import JobState
from tests.faults.desk import Desk
from tests.faults.promises import check, check_words
from tests.faults.rows import ALWAYS, PICTURES
from tests.faults.stage import CANARY, Stage

Play = Callable[..., None]

OTHER_KEY = CANARY[::-1]


@pytest.fixture
def play(loop: asyncio.Runner, tmp_path: Path, told: Callable[[], str]) -> Play:
    """Do something at a desk; then the promises hold."""

    def played(what: Callable[[Desk], Awaitable[None]], **options: object) -> None:
        stage = Stage(tmp_path, **options)  # type: ignore[arg-type]

        async def within() -> None:
            async with stage, Desk(stage) as desk:
                await what(desk)

        loop.run(within())
        check(stage, told())

    return played


# Nobody knows whether it was charged.


def test_nothing_but_consent_sends_an_unknown_job_again(play: Play) -> None:
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

    play(story, quick="submit")


def test_an_id_that_was_salvaged_is_tried_by_hand_and_charges_nothing(play: Play) -> None:
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

    play(story)


@pytest.mark.parametrize("typed", ["", "../../etc/passwd", "a b", "x" * 201, "\u202e1"])
def test_what_is_no_id_is_not_asked_for(typed: str, play: Play) -> None:
    async def story(desk: Desk) -> None:
        desk.stage.service.arm("submit.lost_response")
        click = await desk.generate()
        await desk.ended(click)
        desk.queue.adopt_task_id(click.job.id, typed)
        await desk.until(lambda: bool(desk.failures))
        assert isinstance(desk.failures[0], InvalidInput)
        assert desk.entry(click).state is JobState.UNKNOWN
        assert desk.stage.service.ledger.at("poll") == []

    play(story)


def test_an_id_that_is_another_jobs_belongs_to_nobody(play: Play) -> None:
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

    play(story)


def test_the_balance_tells_what_was_charged(play: Play) -> None:
    async def story(desk: Desk) -> None:
        before = (await desk.stage.client.user()).balance
        desk.stage.service.arm("submit.lost_response")
        click = await desk.generate()
        await desk.ended(click)
        desk.queue.check_balance(click.job.id)
        await desk.until(lambda: bool(desk.balances))
        assert desk.balances == [(before, before - 0.01 * PICTURES)]

    play(story)


# It was surely not made.

RETRIED = {
    "submit.create_failed": (JobState.NOT_CREATED, NotCreated, 1),
    "submit.balance": (JobState.REJECTED, OutOfCredit, 1),
    "submit.refused_early": (JobState.NOT_SENT, Unreachable, 4),
}


@pytest.mark.parametrize("fault", RETRIED)
def test_one_click_sends_again_what_was_surely_not_made(fault: str, play: Play) -> None:
    state, error, times = RETRIED[fault]

    async def story(desk: Desk) -> None:
        ledger = desk.stage.service.ledger
        desk.stage.service.arm(fault, times=times)
        click = await desk.generate(large=True)
        await desk.ended(click)
        assert (click.state, type(click.error)) == (state, error)
        assert ledger.tasks == {}
        assert ledger.hits(fault) == times
        desk.queue.retry(click.job.id)
        desk.queue.retry(click.job.id)
        await desk.ended(click)
        assert click.state is JobState.DONE
        assert len(ledger.tasks) == 1

    play(story)


# The key.

REFUSED_KEYS = ["key_invalid", "key_missing", "key_failed", "not_allowed", "verify", "key_echo"]


@pytest.mark.parametrize("name", REFUSED_KEYS)
def test_a_refused_key_holds_jobs_back_until_it_is_another(name: str, play: Play) -> None:
    fault = f"submit.{name}"

    async def story(desk: Desk) -> None:
        stage, ledger = desk.stage, desk.stage.service.ledger
        stage.service.arm(fault)
        first = await desk.generate()
        await desk.waits(first, "key")
        second = await desk.generate()
        await desk.waits(second, "key")
        assert first.state is second.state is JobState.PREPARED
        assert len(ledger.at("submit")) == ledger.hits(fault) == 1
        (refusal,) = desk.refusals
        check_words(refusal)
        desk.queue.resume(stage.address)  # the same key
        await desk.settle()
        assert len(ledger.at("submit")) == 1
        stage.key = stage.service.key = OTHER_KEY
        desk.queue.resume(stage.address)
        await desk.ended(first, second)
        assert first.state is second.state is JobState.DONE
        assert len(ledger.tasks) == 2

    play(story)


def test_a_key_that_is_refused_meanwhile_pauses_the_polls_and_ends_no_job(play: Play) -> None:
    async def story(desk: Desk) -> None:
        stage, ledger = desk.stage, desk.stage.service.ledger
        stage.service.arm("poll.queued_forever", times=2)
        stage.time.after(2, lambda: setattr(stage.service, "key", OTHER_KEY))
        click = await desk.generate()
        await desk.waits(click, "key")
        polls = len(ledger.at("poll"))
        assert isinstance(desk.refusals[0], Unauthorized)
        await desk.settle()
        assert len(ledger.at("poll")) == polls
        assert click.state is JobState.SUBMITTED
        stage.key = OTHER_KEY
        desk.queue.resume(stage.address)
        await desk.ended(click)
        assert click.state is JobState.DONE
        assert len(ledger.tasks) == 1

    play(story)


# The task and its pictures.


def test_a_task_that_was_lost_can_be_asked_for_again(play: Play) -> None:
    async def story(desk: Desk) -> None:
        ledger = desk.stage.service.ledger
        desk.stage.service.arm("poll.not_found", times=ALWAYS)
        click = await desk.generate()
        await desk.ended(click)
        assert click.state is JobState.LOST
        assert isinstance(click.error, TaskNotFound)
        assert click.task_id == "task-1"
        assert ledger.hits("poll.not_found") >= 3
        desk.stage.service.mend()
        desk.queue.retry(click.job.id)
        await desk.ended(click)
        assert click.state is JobState.DONE
        assert len(ledger.tasks) == 1

    play(story)


def test_fetching_again_fetches_what_is_missing_alone(play: Play) -> None:
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

    play(story)


def test_what_is_no_picture_today_may_be_one_tomorrow(play: Play) -> None:
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

    play(story)


def test_a_success_that_is_taken_back_counts_all_the_same(play: Play) -> None:
    async def story(desk: Desk) -> None:
        service = desk.stage.service
        service.arm("image.expired", times=PICTURES)
        service.arm("poll.flap", times=3, after=1)
        click = await desk.generate()
        await desk.ended(click)
        assert click.state is JobState.DONE
        assert service.ledger.hits("poll.flap") >= 1
        assert len(service.ledger.tasks) == 1

    play(story)


def test_a_failure_after_a_success_takes_nothing_away(play: Play) -> None:
    async def story(desk: Desk) -> None:
        service = desk.stage.service
        service.arm("image.expired", times=PICTURES)
        service.arm("poll.failed", times=2, after=1)
        click = await desk.generate()
        await desk.ended(click)
        assert click.state is JobState.DONE
        assert service.ledger.hits("poll.failed") >= 1

    play(story)


# Stopping.


def test_what_is_stopped_on_its_way_out_was_never_sent(play: Play) -> None:
    async def story(desk: Desk) -> None:
        ledger = desk.stage.service.ledger
        desk.stage.service.arm("submit.stalled_upload")
        click = await desk.generate(large=True)
        await desk.until(lambda: (desk.entry(click).progress.fraction or 0) > 0)
        desk.queue.cancel(click.job.id)
        await desk.ended(click)
        assert click.state is JobState.CANCELLED
        assert ledger.tasks == {}
        assert ledger.hits("submit.stalled_upload") == 1

    play(story)


def test_what_the_service_has_is_collected_although_it_was_stopped(play: Play) -> None:
    async def story(desk: Desk) -> None:
        ledger = desk.stage.service.ledger
        desk.stage.service.arm("poll.queued_forever", times=2)
        click = await desk.generate()
        await desk.until(lambda: desk.entry(click).state is JobState.SUBMITTED)
        desk.queue.cancel(click.job.id)
        assert isinstance(desk.failures[0], AlreadySent)
        await desk.ended(click)
        assert click.state is JobState.DONE
        assert len(ledger.tasks) == 1

    play(story)


# Several at once.


def test_many_jobs_ask_no_more_than_two_a_second_and_ten_images_a_minute(play: Play) -> None:
    async def story(desk: Desk) -> None:
        stage, ledger = desk.stage, desk.stage.service.ledger
        stage.traffic.images_per_minute = IMAGES_PER_MINUTE
        stage.service.arm("poll.queued_forever", times=30)
        clicks = [await desk.generate() for _ in range(12)]
        await desk.ended(*clicks)
        assert all(click.state is JobState.DONE for click in clicks)
        assert len(ledger.tasks) == len(clicks)
        sent = stage.client.submits
        in_a_minute = 2 * IMAGES_PER_MINUTE / PICTURES  # what is saved up, and what comes
        assert all(sum(at <= other < at + 59 for other in sent) <= in_a_minute for at in sent)
        assert sent[-1] - sent[0] >= 60

    play(story)


def test_one_jobs_trouble_is_not_anothers(play: Play) -> None:
    async def story(desk: Desk) -> None:
        service = desk.stage.service
        service.arm("submit.lost_response_rst")
        service.arm("submit.create_failed")
        service.arm("poll.failed")
        clicks = [await desk.generate() for _ in range(4)]
        await desk.ended(*clicks)
        ends = sorted(click.state for click in clicks)
        good = JobState.DONE
        assert ends == sorted([JobState.UNKNOWN, JobState.NOT_CREATED, JobState.FAILED, good])
        assert len(service.ledger.tasks) == 3

    play(story)


def test_jobs_of_an_earlier_run_go_on_with_the_task_they_have(
    loop: asyncio.Runner, tmp_path: Path, told: Callable[[], str]
) -> None:
    """The service outlives the program, which ends while the task is at work."""
    stage = Stage(tmp_path)

    async def first_run() -> None:
        stage.service.arm("poll.queued_forever", times=ALWAYS)
        async with Desk(stage) as desk:
            click = await desk.generate()
            await desk.until(lambda: desk.entry(click).state is JobState.SUBMITTED)

    async def second_run() -> None:
        stage.service.mend()
        (click,) = stage.clicks
        async with Desk(stage) as desk:
            desk.queue.restore(lambda: stage.parts.journal)
            await desk.until(lambda: len(desk.queue.entries) == 1)
            await desk.ended(click)
        assert click.state is JobState.DONE
        assert len(stage.service.ledger.tasks) == 1

    async def both() -> None:
        async with stage:
            await first_run()
            await second_run()

    loop.run(both())
    check(stage, told())
