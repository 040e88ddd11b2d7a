"""A key that is refused: jobs wait for another, and nothing is hammered on."""

import pytest

from app.model.errors import Unauthorized
from app.model.job import JobState
from tests.faults.conftest import Tell
from tests.faults.desk import Desk
from tests.faults.promises import check_words
from tests.support.canary import KEY

OTHER_KEY = KEY[::-1]

WORDS = {"key_missing": "key", "not_allowed": "account", "verify": "account"}
"""Why jobs wait, where that is not for a key that is refused."""

REFUSED_KEYS = ["key_invalid", "key_missing", "key_failed", "not_allowed", "verify", "key_echo"]


@pytest.mark.parametrize("name", REFUSED_KEYS)
def test_a_refused_key_holds_jobs_back_until_it_is_another(name: str, tell: Tell) -> None:
    fault = f"submit.{name}"

    async def story(desk: Desk) -> None:
        stage, ledger = desk.stage, desk.stage.service.ledger
        stage.service.arm(fault)
        first = await desk.generate()
        await desk.waits(first, WORDS.get(name, "refused"))
        second = await desk.generate()
        await desk.waits(second, WORDS.get(name, "refused"))
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

    tell(story)


def test_a_key_that_is_refused_meanwhile_pauses_the_polls_and_ends_no_job(tell: Tell) -> None:
    async def story(desk: Desk) -> None:
        stage, ledger = desk.stage, desk.stage.service.ledger
        stage.service.arm("poll.queued_forever")
        stage.client.before["poll", 2] = lambda: setattr(stage.service, "key", OTHER_KEY)
        click = await desk.generate()
        await desk.waits(click, "refused")
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

    tell(story)


@pytest.mark.parametrize("name", ["key_invalid", "key_missing", "not_allowed"])
def test_polls_go_on_when_the_artist_says_so(name: str, tell: Tell) -> None:
    async def story(desk: Desk) -> None:
        stage = desk.stage
        stage.service.arm(f"poll.{name}")
        click = await desk.generate()
        await desk.waits(click, WORDS.get(name, "refused"))
        assert stage.service.ledger.hits(f"poll.{name}") == len(stage.client.polls) == 1
        check_words(desk.refusals[0])
        desk.queue.resume(stage.address, by_hand=True)
        await desk.ended(click)
        assert click.state is JobState.DONE
        assert len(stage.service.ledger.tasks) == 1

    tell(story)
