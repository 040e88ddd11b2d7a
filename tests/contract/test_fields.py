"""The fields tell what the models check, so that panels and servers cannot disagree."""

import json

import pytest
from pydantic import ValidationError

from app.contract.checking import problems_of
from app.contract.fields import fields_of
from app.contract.parameters import Parameters
from app.contract.request import IMAGE_TYPES, SAMPLERS, Embedding, Lora, Settings
from app.contract.wire import Body, Extra, Request

# Name, kind, lowest, highest, default as published; "required" where the page demands a value.
PUBLISHED = [
    ("prompt", "text", 1, 1024, "required"),
    ("negative_prompt", "text", 0, 1024, ""),
    ("model_name", "text", 1, None, "required"),
    ("image_num", "whole", 1, 8, "required"),
    ("steps", "whole", 1, 100, "required"),
    ("guidance_scale", "real", 1, 30, "required"),
    ("mask_blur", "whole", 0, 64, 4),
    ("seed", "whole", -1, None, -1),
    ("clip_skip", "whole", 1, 12, None),
    ("strength", "real", 0, 1, None),
    ("inpainting_full_res", "switch", 0, 1, 0),
    ("inpainting_full_res_padding", "whole", 0, 256, 8),
    ("inpainting_mask_invert", "switch", 0, 1, 0),
    ("initial_noise_multiplier", "real", 0, 1.5, 0.5),
    ("sd_vae", "text", 0, None, ""),
    ("loras", "list", 0, 5, ()),
    ("embeddings", "list", 0, 5, ()),
]


@pytest.mark.parametrize(("name", "kind", "low", "high", "default"), PUBLISHED)
def test_a_field_is_as_published(
    name: str, kind: str, low: float, high: float | None, default: object
) -> None:
    field = fields_of(Request)[name]
    assert field.kind == kind
    if kind in {"text", "list"}:
        assert (field.min_length, field.max_length) == (low, high)
    else:
        assert (field.minimum, field.maximum) == (low, high)
    assert field.required == (default == "required")
    assert field.required or field.default == default


def test_nothing_published_is_missing_and_nothing_is_made_up() -> None:
    published = {name for name, *_ in PUBLISHED}
    pictures = {"image_base64", "mask_image_base64"}
    assert set(fields_of(Request)) == published | pictures | {"sampler_name"}
    assert set(fields_of(Extra)) == {"response_image_type"}
    assert set(fields_of(Lora)) == {"model_name", "strength"}
    assert set(fields_of(Embedding)) == {"model_name"}


def test_the_twenty_samplers_are_offered_in_their_order() -> None:
    assert len(SAMPLERS) == len(set(SAMPLERS)) == 20
    assert fields_of(Request)["sampler_name"].choices == SAMPLERS
    assert (SAMPLERS[0], SAMPLERS[9], SAMPLERS[-1]) == ("Euler a", "DPM fast", "UniPC")
    assert sum(name.endswith("Karras") for name in SAMPLERS) == 6


def test_the_image_types_are_offered() -> None:
    assert fields_of(Extra)["response_image_type"].choices == IMAGE_TYPES == ("png", "webp", "jpeg")


def test_only_what_may_be_null_is_nullable() -> None:
    nullable = {name for name, field in fields_of(Request).items() if field.nullable}
    assert nullable == {"clip_skip", "strength"}


def test_an_open_lower_bound_is_told_and_stepped_over() -> None:
    strength = fields_of(Parameters)["strength"]
    assert strength.above_minimum
    assert strength.lowest == pytest.approx(0.01)
    assert not fields_of(Lora)["strength"].above_minimum


def test_every_setting_can_be_shown() -> None:
    for model in (Parameters, Lora, Embedding):
        for field in fields_of(model).values():
            assert field.title[0].isupper()
            assert field.help.endswith(".")
            assert field.hint.step > 0


def test_list_fields_tell_what_they_hold() -> None:
    assert fields_of(Parameters)["loras"].item is Lora
    assert fields_of(Parameters)["embeddings"].item is Embedding


def test_parameters_offer_every_setting_and_the_image_type() -> None:
    assert set(fields_of(Parameters)) == set(fields_of(Settings)) | set(fields_of(Extra))


def test_problems_name_the_field_once_with_its_place_and_limit() -> None:
    body = {"request": {"steps": 0, "loras": [{"model_name": "", "strength": 2}]}}
    with pytest.raises(ValidationError) as caught:
        Body.model_validate_json(json.dumps(body))
    problems = {problem.field: problem for problem in problems_of(caught.value)}
    assert problems["steps"].kind == "greater_than_equal"
    assert problems["steps"].limit == 1
    assert problems["loras.0.strength"].limit == 1
    assert problems["loras.0.model_name"].kind == "string_too_short"
    assert problems["prompt"].kind == "missing"
