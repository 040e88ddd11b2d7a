"""The pickers' lists: at once from the last time, then from the service."""

import asyncio
from collections.abc import Coroutine, Sequence
from datetime import datetime
from typing import Any

from pytestqt.qtbot import QtBot

from app.contract.kinds import ModelType
from app.contract.responses import Model
from app.model.errors import AppError, Unreachable
from app.model.model_list import ModelList
from app.session.catalogue import Catalogue

LORA = ModelType.LORA
YESTERDAY = datetime(2026, 3, 13, 14, 3).astimezone()


class Service:
    """Answers each call with what stands in `answer`; keeps the coroutines until they are run."""

    def __init__(self) -> None:
        self.answer: Sequence[Model] | AppError = ()
        self.listed: datetime | None = None
        self.asked: list[tuple[ModelType, bool]] = []
        self.waiting: list[Coroutine[Any, Any, None]] = []
        self.catalogue = Catalogue(self.load, self.cached, self.waiting.append)

    async def load(self, kind: ModelType, sdxl: bool) -> ModelList:
        self.asked.append((kind, sdxl))
        if isinstance(self.answer, AppError):
            raise self.answer
        return ModelList(tuple(self.answer), self.listed)

    async def cached(self, kind: ModelType, sdxl: bool) -> ModelList:
        return ModelList((Model(model_name=f"old {kind.value} {sdxl}"),), YESTERDAY)

    def run(self) -> None:
        while self.waiting:
            asyncio.run(self.waiting.pop(0))


def names(models: Sequence[Model]) -> list[str]:
    return [model.model_name for model in models]


def test_the_list_of_last_time_comes_first(qtbot: QtBot) -> None:
    service = Service()
    assert service.catalogue.models(LORA, sdxl=True) == ()
    with qtbot.waitSignal(service.catalogue.changed) as told:
        service.run()
    assert told.args == ["lora"]
    assert names(service.catalogue.models(LORA, sdxl=True)) == ["old lora True"]
    assert service.asked == []
    assert not service.catalogue.is_fresh(LORA, sdxl=True)
    assert service.catalogue.listed(LORA, sdxl=True) == YESTERDAY


def test_the_list_of_last_time_does_not_replace_todays() -> None:
    service = Service()
    service.answer = [Model(model_name="pine")]
    service.catalogue.refresh(LORA)
    service.catalogue.models(LORA)
    service.run()
    assert names(service.catalogue.models(LORA)) == ["pine"]


def test_a_refresh_brings_todays_list(qtbot: QtBot) -> None:
    service = Service()
    service.answer = [Model(model_name="pine", is_sdxl=True)]
    service.catalogue.refresh(LORA, sdxl=True)
    assert service.catalogue.is_loading(LORA)
    with qtbot.waitSignal(service.catalogue.changed) as told:
        service.run()
    assert told.args == ["lora"]
    assert service.asked == [(LORA, True)]
    assert names(service.catalogue.models(LORA, sdxl=True)) == ["pine"]
    assert service.catalogue.is_fresh(LORA, sdxl=True)
    assert not service.catalogue.is_loading(LORA)
    found = service.catalogue.model(LORA, "pine")
    assert found is not None
    assert found.is_sdxl


def test_the_service_is_not_asked_twice_at_once() -> None:
    service = Service()
    service.catalogue.refresh(LORA)
    service.catalogue.refresh(LORA)
    service.run()
    assert service.asked == [(LORA, False)]


def test_a_failure_leaves_the_list_and_is_told(qtbot: QtBot) -> None:
    service = Service()
    service.answer = Unreachable("dns")
    service.catalogue.refresh(LORA)
    with qtbot.waitSignal(service.catalogue.failed) as told:
        service.run()
    assert told.args == ["lora", service.answer]
    service.catalogue.models(LORA)
    service.run()
    assert names(service.catalogue.models(LORA)) == ["old lora False"]
    assert service.catalogue.error(LORA) is service.answer
    assert service.catalogue.listed(LORA) == YESTERDAY
    service.answer = ()
    service.catalogue.refresh(LORA)
    service.run()
    assert service.catalogue.error(LORA) is None
    assert service.catalogue.models(LORA) == ()
    assert service.catalogue.listed(LORA) is None


def test_an_answer_of_the_service_before_counts_no_more() -> None:
    service = Service()
    service.answer = [Model(model_name="of the old one")]
    service.catalogue.refresh(LORA)
    service.catalogue.forget()
    service.catalogue.models(LORA)
    service.run()
    assert names(service.catalogue.models(LORA)) == ["old lora False"]
    assert not service.catalogue.is_fresh(LORA)
