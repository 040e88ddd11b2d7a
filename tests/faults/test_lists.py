"""The list of models and the account: what breaks there costs no list and stops no job."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from app.contract.kinds import ModelType
from app.model.errors import AppError
from app.model.model_list import ModelList
from tests.faults.conftest import Staged, Told
from tests.faults.promises import check, check_words
from tests.faults.rows import ALWAYS
from tests.faults.stage import Stage

Question = Callable[[Stage], Awaitable[None]]
Ask = Callable[..., None]

YESTERDAY = [{"model_name": "kept", "status": 1}]
_BROKEN = (
    "status_500", "status_404", "html_200", "dropped_request", "reset_mid_body", "json_cut",
    "json_text", "json_deep", "json_long_number", "json_padded", "huge_header", "gzip_bomb",
    "endless_body", "bad_gzip", "redirect_302", "redirect_307", "not_http", "empty_200",
    "status_429", "key_echo",
)  # fmt: skip
BROKEN = [(f"{place}.{name}", False) for place in ("models", "user") for name in _BROKEN]
SILENT = [(f"{place}.{n}", True) for place in ("models", "user") for n in ("hang", "drip")]


@pytest.fixture
def ask(loop: asyncio.Runner, staged: Staged, told: Told) -> Ask:
    """Asks something of a service on a stage; then the promises hold."""

    def asked(question: Question, **options: str) -> None:
        stage = staged(**options)

        async def within() -> None:
            async with stage:
                await question(stage)

        loop.run(within())
        check(stage, told())

    return asked


def listed(stage: Stage) -> Awaitable[Any]:
    return stage.parts.models(stage.address, ModelType.CHECKPOINT, False)


def names(known: ModelList) -> list[str]:
    return [model.model_name for model in known.models]


@pytest.mark.parametrize(("fault", "is_silent"), [*BROKEN, *SILENT])
def test_what_lasts_is_told_and_costs_nothing(fault: str, is_silent: bool, ask: Ask) -> None:
    place = fault.partition(".")[0]

    async def question(stage: Stage) -> None:
        stage.service.models = YESTERDAY
        await listed(stage)
        stage.service.arm(fault, times=ALWAYS)
        with pytest.raises(AppError) as caught:
            await (listed(stage) if place == "models" else stage.client.user())
        check_words(caught.value)
        assert 1 <= stage.service.ledger.hits(fault) <= 3
        cached = await stage.parts.cached_models(stage.address, ModelType.CHECKPOINT, False)
        assert names(cached) == ["kept"]

    ask(question, quick=place if is_silent else "")


@pytest.mark.parametrize("name", ["status_503", "json_cut", "dropped_request", "status_429"])
def test_what_passes_is_not_told(name: str, ask: Ask) -> None:
    async def question(stage: Stage) -> None:
        stage.service.models = YESTERDAY
        stage.service.arm(f"models.{name}")
        stage.service.arm(f"user.{name}")
        assert names(await listed(stage)) == ["kept"]
        assert (await stage.client.user()).balance == 12.34
        assert stage.service.ledger.faults == [f"models.{name}", f"user.{name}"]

    ask(question)


LISTS = {
    "pagination_null": ["a"],
    "pagination_absent": ["a"],
    "cursor_null": ["a"],
    "cursor_number": ["a"],
    "missing_fields": ["a"],
    "wrong_types": ["a"],
    "duplicates": ["a", "b"],
    "cursor_loop": ["a"],
    "html_names": ["a<b>b</b><img src=x>", "evil"],
}


@pytest.mark.parametrize(("name", "expected"), LISTS.items())
def test_an_odd_list_is_read_as_far_as_it_goes(name: str, expected: list[str], ask: Ask) -> None:
    async def question(stage: Stage) -> None:
        stage.service.arm(f"models.{name}", times=ALWAYS)
        assert names(await listed(stage)) == expected
        assert 1 <= stage.service.ledger.hits(f"models.{name}") <= 3

    ask(question)


@pytest.mark.parametrize("name", ["empty", "null", "unavailable", "endless_empty"])
def test_a_list_without_models_leaves_the_one_that_was_kept(name: str, ask: Ask) -> None:
    async def question(stage: Stage) -> None:
        stage.service.models = YESTERDAY
        await listed(stage)
        stage.service.arm(f"models.{name}", times=ALWAYS)
        assert names(await listed(stage)) == ["kept"]
        assert stage.service.ledger.hits(f"models.{name}") == 1
        cached = await stage.parts.cached_models(stage.address, ModelType.CHECKPOINT, False)
        assert names(cached) == ["kept"]

    ask(question)


def test_an_endless_list_ends(ask: Ask) -> None:
    async def question(stage: Stage) -> None:
        stage.service.arm("models.endless", times=ALWAYS)
        assert len((await listed(stage)).models) == 20_000
        assert stage.service.ledger.hits("models.endless") == 200

    ask(question)


def test_names_stay_within_bounds(ask: Ask) -> None:
    async def question(stage: Stage) -> None:
        stage.service.arm("models.long_names")
        found = names(await listed(stage))
        assert found[0] == "n" * 300
        assert all(len(name) <= 4096 for name in found)
        assert stage.service.ledger.hits("models.long_names") == 1

    ask(question)


BALANCES = {
    "zero": 0.0,
    "string": 12.34,
    "words": None,
    "null": None,
    "list": None,
    "huge": None,
    "missing": None,
    "negative": -0.0005,
}


@pytest.mark.parametrize(("name", "expected"), BALANCES.items())
def test_a_balance_is_a_number_or_unknown(name: str, expected: float | None, ask: Ask) -> None:
    async def question(stage: Stage) -> None:
        stage.service.arm(f"user.balance_{name}")
        assert (await stage.client.user()).balance == expected
        assert stage.service.ledger.hits(f"user.balance_{name}") == 1

    ask(question)
