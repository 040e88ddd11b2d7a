"""Answers are read as forgivingly as services are known to vary."""

from typing import Any

import pytest
from pydantic import ValidationError

from app.contract.responses import (
    ErrorBody,
    Model,
    ModelList,
    Submitted,
    TaskResult,
    TaskStatus,
    User,
)
from app.contract.text import MAX_TEXT, clean


@pytest.mark.parametrize(
    "body",
    [
        {"task_id": "task_1"},
        {"task_id": "task_1", "more": [1]},
        {"code": 0, "msg": "", "data": {"task_id": "task_1"}},
        {"task_id": "", "data": {"task_id": "task_1"}},
    ],
)
def test_a_task_id_is_found_where_services_put_it(body: Any) -> None:
    assert Submitted.model_validate(body).task_id == "task_1"


@pytest.mark.parametrize(
    "body",
    [
        *({}, {"task_id": None}, {"task_id": 5}, {"task_id": ""}, {"data": None}, {"data": {}}),
        *({"task_id": "../x"}, {"task_id": "a\nb"}, {"task_id": "x" * 201}, [], None, "task"),
    ],
)
def test_an_answer_without_a_usable_task_id_is_none(body: Any) -> None:
    with pytest.raises(ValidationError):
        Submitted.model_validate(body)


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("TASK_STATUS_SUCCEED", TaskStatus.SUCCEED),
        ("TASK_STATUS_SUCCEEDED", TaskStatus.SUCCEED),
        ("task_status_succeed", TaskStatus.SUCCEED),
        ("TASK_STATUS_FAILED", TaskStatus.FAILED),
        ("TASK_STATUS_QUEUED", TaskStatus.QUEUED),
        ("TASK_STATUS_PROCESSING", TaskStatus.PROCESSING),
        ("TASK_STATUS_RUNNING", TaskStatus.UNKNOWN),
        ("", TaskStatus.UNKNOWN),
        (None, TaskStatus.UNKNOWN),
        (3, TaskStatus.UNKNOWN),
    ],
)
def test_states_are_understood_in_every_spelling(word: Any, status: TaskStatus) -> None:
    assert TaskResult.model_validate({"task": {"status": word}}).task.status is status


def test_a_published_result_is_read() -> None:
    result = TaskResult.model_validate(
        {
            "extra": {"seed": "158881667", "enable_nsfw_detection": False, "debug_info": {}},
            "task": {
                "task_id": "830d9c90",
                "status": "TASK_STATUS_SUCCEED",
                "reason": "",
                "task_type": "TXT_TO_IMG",
                "eta": 0,
                "progress_percent": 0,
            },
            "images": [
                {"image_url": "https://x/1.png", "image_url_ttl": "3600", "image_type": "jpeg"}
            ],
            "videos": [{"video_url": ""}],
        }
    )
    assert result.extra.seed == 158881667
    assert result.images[0].image_url_ttl == 3600
    assert result.task.progress_percent == 0


@pytest.mark.parametrize("ttl", ["3600", 3600, 3600.0, "3600.0"])
def test_a_ttl_is_read_from_text_and_number(ttl: Any) -> None:
    body = {"task": {"status": ""}, "images": [{"image_url": "https://x", "image_url_ttl": ttl}]}
    assert TaskResult.model_validate(body).images[0].image_url_ttl == 3600


@pytest.mark.parametrize("ttl", ["", None, "soon", [], "1e999", float("inf"), float("nan")])
def test_a_ttl_that_says_nothing_is_none(ttl: Any) -> None:
    body = {"task": {"status": ""}, "images": [{"image_url_ttl": ttl}]}
    assert TaskResult.model_validate(body).images[0].image_url_ttl == 0


@pytest.mark.parametrize("images", [None, {}, "x", [None, 3, "x"], []])
def test_images_that_are_none_are_no_error(images: Any) -> None:
    body = {"task": {"status": ""}, "images": images, "extra": None}
    result = TaskResult.model_validate(body)
    assert (result.images, result.extra.seed) == ((), None)


@pytest.mark.parametrize(
    ("seed", "expected"),
    [
        ("7", 7),
        (7, 7),
        (" 7 ", 7),
        ("-1", None),
        ("--5", None),
        ("", None),
        ("x", None),
        (None, None),
    ],
)
def test_a_seed_is_read_from_text_and_number(seed: Any, expected: int | None) -> None:
    body = {"task": {"status": ""}, "extra": {"seed": seed}}
    assert TaskResult.model_validate(body).extra.seed == expected


@pytest.mark.parametrize("value", [None, "", "x", {}, 1e300, float("nan")])
def test_progress_that_says_nothing_is_none(value: Any) -> None:
    body = {"task": {"status": "", "progress_percent": value, "eta": value}}
    task = TaskResult.model_validate(body).task
    assert task.progress_percent is None
    assert task.eta is None


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ({"model_name": "a"}, "a"),
        ({"sd_name_in_api": "b", "sd_name": "b.safetensors"}, "b"),
        ({"sd_name": "c.safetensors"}, "c.safetensors"),
        ({"model_name": "", "sd_name": "d"}, "d"),
    ],
)
def test_a_model_is_known_by_the_name_to_send(names: dict[str, str], expected: str) -> None:
    models = ModelList.model_validate({"models": [names]}).models
    assert [model.model_name for model in models] == [expected]


def test_a_published_model_is_read() -> None:
    model = Model.model_validate(
        {
            "id": 114600,
            "name": "V4.0-inpainting (VAE)",
            "sd_name": "x.safetensors",
            "type": {"name": "checkpoint", "display_name": "Checkpoint"},
            "categories": {},
            "status": 1,
            "tags": {},
            "cover_url": None,
            "base_model": "SD 1.5",
            "base_model_type": "Inpainting",
        }
    )
    assert (model.type, model.tags, model.cover_url) == ("checkpoint", (), "")
    assert model.available
    assert not model.is_sdxl


@pytest.mark.parametrize(
    ("fields", "is_sdxl"),
    [
        ({"is_sdxl": True}, True),
        ({"is_sdxl": "1"}, True),
        ({"base_model": "SDXL 1.0"}, True),
        ({"base_model": "SDXL 1.0", "is_sdxl": None}, True),
    ],
)
def test_an_sdxl_model_is_recognised(fields: dict[str, Any], is_sdxl: bool) -> None:
    assert Model.model_validate({"model_name": "x", **fields}).is_sdxl is is_sdxl


def test_a_model_that_is_off_says_so() -> None:
    assert not Model.model_validate({"model_name": "x", "status": 0}).available
    assert Model.model_validate({"model_name": "x"}).available


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"models": None, "pagination": None},
        {"models": {}, "pagination": {"next_cursor": None}},
        {"models": [None, 1, {"name": "without a name to send"}]},
    ],
)
def test_a_list_without_models_is_empty(body: Any) -> None:
    page = ModelList.model_validate(body)
    assert (page.models, page.pagination.next_cursor) == ((), "")


def test_a_list_survives_being_stored_and_read_again() -> None:
    body = {"models": [{"sd_name": "a", "is_sdxl": True, "status": 0, "type": {"name": "lora"}}]}
    page = ModelList.model_validate(body)
    assert ModelList.model_validate_json(page.model_dump_json()) == page


@pytest.mark.parametrize(
    ("balance", "expected"),
    [(12345, 1.2345), ("12345", 1.2345), (0, 0), (None, None), ("much", None)],
)
def test_a_balance_counts_ten_thousandths(balance: Any, expected: float | None) -> None:
    assert User.model_validate({"credit_balance": balance}).balance == expected


@pytest.mark.parametrize(
    "body",
    [
        {"code": 400, "reason": "MISSING_API_KEY"},
        {"code": "400", "reason": "MISSING_API_KEY", "message": None, "metadata": None},
        {"code": 400.0, "reason": "MISSING_API_KEY", "metadata": [], "x": 1},
    ],
)
def test_an_error_body_is_read(body: Any) -> None:
    error = ErrorBody.model_validate(body)
    assert (error.code, error.reason, error.message) == (400, "MISSING_API_KEY", "")
    assert error.metadata == {}


def test_an_error_names_its_field() -> None:
    body = {"code": 400, "reason": "X", "metadata": {"field": "request.steps", "n": 3}}
    assert ErrorBody.model_validate(body).metadata == {"field": "request.steps", "n": "3"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("safe\u202egnp.exe", "safegnp.exe"),
        ("half \ud800 pair", "half  pair"),
        ("two\nlines\tand a tab", "two\nlines and a tab"),
        ("e\u0301", "é"),
        (None, ""),
        (5, "5"),
        ("x" * 10_000, "x" * MAX_TEXT),
    ],
)
def test_foreign_text_is_made_fit_to_show(text: Any, expected: str) -> None:
    assert clean(text) == expected
