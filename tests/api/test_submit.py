"""A submit: what is sent, how far it is, and what comes of it."""

import asyncio
import base64
import hashlib
import json

import pytest

from app.api.client import ApiClient
from app.contract.parameters import Parameters
from app.contract.request import Embedding, Lora
from app.model.job import Upload
from tests.api.conftest import LARGE, PARAMETERS, UPLOAD, Caller
from tests.support import faults
from tests.support.service import Service


def test_a_submit_gives_the_task_id(call: Caller, service: Service) -> None:
    assert call.submit() == "task-1"
    assert list(service.ledger.tasks) == ["task-1"]


def test_the_older_answer_is_understood(call: Caller, service: Service) -> None:
    service.inject("submit", faults.answering(200, {"code": 0, "data": {"task_id": "old-1"}}))
    assert call.submit() == "old-1"


def test_the_request_is_the_example_of_the_contract(call: Caller, service: Service) -> None:
    call.submit(
        Parameters(
            response_image_type="png",
            model_name="<inpainting_model_name>",
            prompt="a beautiful sunset over mountains",
            image_num=2,
            steps=30,
            guidance_scale=7.5,
            sampler_name="Euler a",
            mask_blur=4,
            negative_prompt="blurry, ugly",
            sd_vae="<vae_model_name>",
            seed=42,
            loras=(Lora(model_name="<lora_model_name>", strength=0.8),),
            embeddings=(Embedding(model_name="<embedding_model_name>"),),
            clip_skip=2,
            strength=0.75,
            inpainting_full_res=0,
            inpainting_full_res_padding=8,
            inpainting_mask_invert=0,
            initial_noise_multiplier=0.5,
        ),
        Upload(image=b"image!", mask=b"mask"),
    )
    (request,) = service.ledger.at("submit")
    assert request.method == "POST"
    assert request.path == "/v3/async/inpainting"
    assert request.headers["content-type"] == "application/json"
    assert json.loads(request.body) == {
        "extra": {"response_image_type": "png"},
        "request": {
            "model_name": "<inpainting_model_name>",
            "image_base64": "aW1hZ2Uh",
            "mask_image_base64": "bWFzaw==",
            "prompt": "a beautiful sunset over mountains",
            "image_num": 2,
            "steps": 30,
            "guidance_scale": 7.5,
            "sampler_name": "Euler a",
            "mask_blur": 4,
            "negative_prompt": "blurry, ugly",
            "sd_vae": "<vae_model_name>",
            "seed": 42,
            "loras": [{"model_name": "<lora_model_name>", "strength": 0.8}],
            "embeddings": [{"model_name": "<embedding_model_name>"}],
            "clip_skip": 2,
            "strength": 0.75,
            "inpainting_full_res": 0,
            "inpainting_full_res_padding": 8,
            "inpainting_mask_invert": 0,
            "initial_noise_multiplier": 0.5,
        },
    }


def test_what_is_off_is_not_sent(call: Caller, service: Service) -> None:
    call.submit()
    (request,) = service.ledger.at("submit")
    names = json.loads(request.body)["request"].keys()
    off = {"clip_skip", "strength", "sd_vae", "negative_prompt", "loras", "embeddings"}
    assert not names & off
    assert {"initial_noise_multiplier", "inpainting_full_res_padding", "seed"} <= names


def test_the_length_is_announced(call: Caller, service: Service) -> None:
    call.submit(upload=LARGE)
    (request,) = service.ledger.at("submit")
    assert "transfer-encoding" not in request.headers
    assert int(request.headers["content-length"]) == len(request.body)
    sent_image = json.loads(request.body)["request"]["image_base64"]
    assert base64.b64decode(sent_image) == LARGE.image


def test_progress_grows_to_the_whole(call: Caller, service: Service) -> None:
    call.submit(upload=LARGE)
    (request,) = service.ledger.at("submit")
    assert {total for _, total in call.sent} == {len(request.body)}
    outs = [out for out, _ in call.sent]
    assert outs == sorted(outs)
    assert outs[-1] == len(request.body)
    assert len(outs) > 10


def test_every_submit_has_a_connection_of_its_own(call: Caller, service: Service) -> None:
    async def two(client: ApiClient) -> None:
        await client.user()
        for _ in range(2):
            await client.submit(PARAMETERS, UPLOAD, lambda out, total: None)

    call(two)
    assert len({request.connection for request in service.ledger.requests}) == 3


def test_the_digest_is_that_of_the_body_that_leaves(call: Caller, service: Service) -> None:
    async def both(client: ApiClient) -> str:
        await client.submit(PARAMETERS, LARGE, lambda out, total: None)
        return client.digest(PARAMETERS, LARGE)

    told = call(both)
    (request,) = service.ledger.at("submit")
    assert hashlib.sha256(request.body).hexdigest() == told


def test_a_submit_can_be_cancelled_while_it_uploads(call: Caller, service: Service) -> None:
    service.inject("submit", faults.stalled_upload)

    async def cancel(client: ApiClient) -> None:
        task = asyncio.create_task(
            client.submit(PARAMETERS, LARGE, lambda out, total: call.sent.append((out, total)))
        )
        await asyncio.to_thread(service.ledger.until, lambda ledger: ledger.at("submit"))
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    call(cancel)
    assert all(out < total for out, total in call.sent)
