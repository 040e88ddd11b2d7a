"""Parameters: a draft may hold anything, a request only what is right."""

import json
from typing import Any

import pytest
from pydantic import ValidationError

from app.contract.parameters import Parameters
from app.contract.request import Embedding, Lora
from app.contract.wire import Body


@pytest.fixture
def parameters() -> Parameters:
    return Parameters(prompt="a cat", model_name="some model")


def test_the_defaults_lack_only_prompt_and_model() -> None:
    assert [problem.field for problem in Parameters().problems()] == ["prompt", "model_name"]


def test_what_is_off_is_not_sent(parameters: Parameters) -> None:
    _, request = parameters.wire()
    off = {"clip_skip", "strength", "sd_vae", "negative_prompt", "loras", "embeddings"}
    assert off.isdisjoint(request)


def test_what_services_default_differently_is_always_sent(parameters: Parameters) -> None:
    extra, request = parameters.wire()
    assert extra == {"response_image_type": "png"}
    assert request == {
        "prompt": "a cat",
        "model_name": "some model",
        "image_num": 4,
        "steps": 30,
        "guidance_scale": 7.5,
        "sampler_name": "Euler a",
        "mask_blur": 4,
        "inpainting_full_res": 0,
        "inpainting_full_res_padding": 8,
        "inpainting_mask_invert": 0,
        "seed": -1,
        "initial_noise_multiplier": 0.5,
    }


def test_zeros_are_sent(parameters: Parameters) -> None:
    zeros = {"mask_blur": 0, "inpainting_full_res_padding": 0, "initial_noise_multiplier": 0.0}
    _, request = parameters.edited(**zeros).wire()
    assert {name: request[name] for name in zeros} == zeros


def test_what_is_set_is_sent(parameters: Parameters) -> None:
    values = {
        "clip_skip": 2,
        "strength": 0.75,
        "sd_vae": "vae",
        "negative_prompt": "blurry",
        "loras": (Lora(model_name="l", strength=0.8),),
        "embeddings": (Embedding(model_name="e"),),
    }
    _, request = parameters.edited(**values).wire()
    assert request["loras"] == [{"model_name": "l", "strength": 0.8}]
    assert request["embeddings"] == [{"model_name": "e"}]
    assert request["clip_skip"] == 2
    assert request["strength"] == 0.75


def test_what_is_sent_is_what_the_service_reads(parameters: Parameters) -> None:
    edited = parameters.edited(strength=1.0, loras=(Lora(model_name="l", strength=1),))
    extra, request = edited.wire()
    pictures = {"image_base64": "x", "mask_image_base64": "x"}
    sent = json.dumps({"extra": extra, "request": request | pictures})
    body = Body.model_validate_json(sent)
    assert body.request.loras == edited.loras
    assert body.request.strength == 1


def test_a_draft_may_hold_what_no_job_may_have(parameters: Parameters) -> None:
    draft = parameters.edited(steps=0, prompt="")
    assert [problem.field for problem in draft.problems()] == ["prompt", "steps"]
    assert parameters.problems() == []
    assert parameters.steps == 30


def test_editing_what_does_not_exist_fails(parameters: Parameters) -> None:
    with pytest.raises(KeyError):
        parameters.edited(step=3)


@pytest.mark.parametrize(
    "values", [{"steps": "30"}, {"inpainting_full_res": True}, {"seed": 1.0}, {"strength": 0}]
)
def test_construction_checks_strictly(values: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Parameters(**values)


def test_parameters_cannot_be_changed(parameters: Parameters) -> None:
    with pytest.raises(AttributeError):
        parameters.steps = 3
