"""The model list, its filters and its pages."""

from typing import Any

import pytest

from app.contract.fields import fields_of
from app.contract.parameters import Parameters
from app.contract.responses import ModelList
from app.engine import catalogue
from app.engine.abilities import DESCRIPTION, IGNORED_FIELDS, REFUSED_FIELDS
from app.engine.refusals import Refusal
from app.model.services import BUILTIN_MODEL


def names(live: Any, **query: str) -> list[str]:
    response = live.get("/v3/model", **query)
    assert response.status_code == 200, response.text
    return [model.model_name for model in ModelList.model_validate(response.json()).models]


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"filter.types": "checkpoint", "filter.is_inpainting": "1"},
        {"filter.types": "lora,checkpoint", "filter.is_inpainting": "true"},
        {"filter.is_sdxl": "false"},
        {"filter.visibility": "public", "filter.types": ""},
        {"filter.query": "PATCH", "filter.source": "civitai"},
        {"pagination.limit": "1", "pagination.cursor": "c_0"},
    ],
)
def test_the_one_checkpoint_is_found(live: Any, query: dict[str, str]) -> None:
    assert names(live, **query) == [BUILTIN_MODEL]


@pytest.mark.parametrize(
    "query",
    [
        {"filter.types": "lora"},
        {"filter.types": "vae,textualinversion"},
        {"filter.is_inpainting": "0"},
        {"filter.is_sdxl": "true"},
        {"filter.visibility": "private"},
        {"filter.query": "realistic"},
        {"pagination.cursor": "c_1"},
    ],
)
def test_filters_leave_out_what_does_not_fit(live: Any, query: dict[str, str]) -> None:
    assert names(live, **query) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("filter.types", "model"),
        ("filter.types", "checkpoint,model"),
        ("filter.is_inpainting", "yes"),
        ("filter.is_sdxl", "2"),
        ("filter.visibility", "all"),
        ("pagination.limit", "0"),
        ("pagination.limit", "101"),
        ("pagination.limit", "1.5"),
        ("pagination.limit", "-1"),
        ("pagination.limit", "²"),
        ("pagination.cursor", "1"),
        ("pagination.cursor", "c_-1"),
        ("pagination.cursor", "c_####"),
        ("pagination.cursor", "c_" + "9" * 5000),
        ("pagination.cursor", "c_eyJhIjoxfQ=="),
    ],
)
def test_a_parameter_that_makes_no_sense_is_refused_by_name(
    live: Any, name: str, value: str
) -> None:
    response = live.get("/v3/model", **{name: value})
    assert response.status_code == 400
    assert response.json()["reason"] == "INVALID_REQUEST_BODY"
    assert response.json()["metadata"] == {"field": name}


def test_pages_follow_their_cursor_to_the_end() -> None:
    entries = [{**catalogue.ENTRIES[0], "id": number} for number in range(7)]
    seen: list[int] = []
    query: dict[str, str] = {"pagination.limit": "3"}
    for _ in range(3):
        answer = catalogue.page(entries, query)
        seen += [entry["id"] for entry in answer["models"]]
        cursor = answer["pagination"]["next_cursor"]
        query = {**query, "pagination.cursor": cursor}
    assert seen == list(range(7))
    assert cursor == ""


def test_a_cursor_is_no_way_to_run_anything() -> None:
    with pytest.raises(Refusal):
        catalogue.page(catalogue.ENTRIES, {"pagination.cursor": "c_W1siYSJdXQ=="})


def test_both_name_styles_are_served() -> None:
    (entry,) = catalogue.ENTRIES
    assert entry["model_name"] == entry["sd_name"] == entry["sd_name_in_api"]
    assert entry["base_model_type"] == "Inpainting"


def test_the_description_names_what_is_ignored() -> None:
    assert set(fields_of(Parameters)) >= IGNORED_FIELDS | REFUSED_FIELDS
    assert not IGNORED_FIELDS & REFUSED_FIELDS
    assert {name for name in IGNORED_FIELDS if name not in DESCRIPTION} == set()


def test_the_account_costs_nothing(live: Any) -> None:
    assert live.get("/v3/user").json() == {"credit_balance": 0}
