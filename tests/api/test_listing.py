"""The list of models, page after page."""

from typing import Any

import pytest

from app.contract.kinds import ModelType
from tests.api.conftest import Caller
from tests.support import faults
from tests.support.service import Service


def entry(name: str, **more: Any) -> dict[str, Any]:
    return {"sd_name": name, "status": 1, **more}


@pytest.mark.parametrize(
    ("kind", "sdxl", "wanted"),
    [
        (ModelType.CHECKPOINT, False, {"filter.types": "checkpoint", "filter.is_inpainting": "1"}),
        (ModelType.CHECKPOINT, True, {"filter.types": "checkpoint", "filter.is_inpainting": "1"}),
        (ModelType.LORA, False, {"filter.types": "lora"}),
        (ModelType.LORA, True, {"filter.types": "lora", "filter.is_sdxl": "true"}),
        (ModelType.VAE, True, {"filter.types": "vae"}),
        (ModelType.TEXTUAL_INVERSION, False, {"filter.types": "textualinversion"}),
    ],
)
def test_each_kind_is_asked_for_with_its_filters(
    call: Caller, service: Service, kind: ModelType, sdxl: bool, wanted: dict[str, str]
) -> None:
    call(lambda client: client.models(kind, sdxl=sdxl))
    (request,) = service.ledger.at("models")
    assert request.query == {"pagination.limit": "100", **wanted}


def names(call: Caller) -> list[str]:
    models = call(lambda client: client.models(ModelType.CHECKPOINT))
    return [model.model_name for model in models]


def test_unavailable_nameless_and_repeated_models_are_left_out(
    call: Caller, service: Service
) -> None:
    service.models = [
        entry("a"),
        entry("gone", status=0),
        entry(""),
        entry("a"),
        {"model_name": "b", "categories": {}, "tags": None},
        {"sd_name": "c.safetensors", "sd_name_in_api": "c"},
    ]
    assert names(call) == ["a", "b", "c"]


def page(*found: str, cursor: object = "") -> dict[str, Any]:
    return {"models": [entry(name) for name in found], "pagination": {"next_cursor": cursor}}


def test_pages_are_followed_to_their_end(call: Caller, service: Service) -> None:
    service.pages = {"": page("a", cursor="c_1"), "c_1": page("b", cursor="c_2"), "c_2": page("c")}
    assert names(call) == ["a", "b", "c"]


@pytest.mark.parametrize(
    "last",
    [
        page("b", cursor="c_1"),
        page("b", cursor="c_0"),
        page(cursor="c_9"),
        {"models": [entry("b")], "pagination": None},
        {"models": [entry("b")]},
        {"models": None, "pagination": {"next_cursor": "c_9"}},
        page("b", cursor=None),
    ],
)
def test_a_strange_end_of_the_list_is_an_end(
    call: Caller, service: Service, last: dict[str, Any]
) -> None:
    service.pages = {"": page("a", cursor="c_0"), "c_0": page("x", cursor="c_1"), "c_1": last}
    assert names(call)[:2] == ["a", "x"]
    assert len(service.ledger.at("models")) == 3


def test_a_list_without_end_is_cut(
    call: Caller, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.api.listing.MAX_PAGES", 7)
    service.pages = {"": page("m0", cursor="0")}
    service.pages |= {str(n): page(f"m{n + 1}", cursor=str(n + 1)) for n in range(20)}
    assert len(names(call)) == 7


def test_one_failed_page_is_asked_for_again(call: Caller, service: Service) -> None:
    service.pages = {"": page("a", cursor="c"), "c": page("b")}
    service.inject("models", faults.answering(200, page("a", cursor="c")), faults.dropped)
    assert names(call) == ["a", "b"]
