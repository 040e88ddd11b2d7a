"""Stopping, and what several jobs do to one another."""

import asyncio

from app.jobs.traffic import IMAGES_PER_MINUTE
from app.model.errors import AlreadySent
from app.model.job import JobState
from tests.faults.conftest import Staged, Tell, Told
from tests.faults.desk import Desk
from tests.faults.promises import check
from tests.faults.rows import ALWAYS, PICTURES


def test_what_is_stopped_on_its_way_out_was_never_sent(tell: Tell) -> None:
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

    tell(story)


def test_what_the_service_has_is_collected_although_it_was_stopped(tell: Tell) -> None:
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

    tell(story)


def test_many_jobs_ask_no_more_than_two_a_second_and_ten_images_a_minute(tell: Tell) -> None:
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

    tell(story)


def test_one_jobs_trouble_is_not_anothers(tell: Tell) -> None:
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

    tell(story)


def test_jobs_of_an_earlier_run_go_on_with_the_task_they_have(
    loop: asyncio.Runner, staged: Staged, told: Told
) -> None:
    stage = staged()

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
