"""The streamed body: the same JSON, in pieces of a length known beforehand."""

import asyncio
import base64
import json
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.api.body import RequestBody
from app.api.encoding import BLOCK
from app.contract.parameters import Parameters
from app.contract.request import IMAGE_TYPES, SAMPLERS, Embedding, Lora
from app.model.job import Upload

names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)
texts = st.text(st.characters(codec="utf-8"), max_size=200)
switches = st.sampled_from([0, 1])
parameters = st.builds(
    Parameters,
    prompt=texts.filter(bool),
    negative_prompt=texts,
    model_name=names,
    sd_vae=texts,
    image_num=st.integers(1, 8),
    steps=st.integers(1, 100),
    guidance_scale=st.floats(1, 30),
    sampler_name=st.sampled_from(SAMPLERS),
    response_image_type=st.sampled_from(IMAGE_TYPES),
    mask_blur=st.integers(0, 64),
    seed=st.integers(-1, 2**63),
    clip_skip=st.none() | st.integers(1, 12),
    strength=st.none() | st.floats(0, 1, exclude_min=True),
    initial_noise_multiplier=st.floats(0, 1.5),
    inpainting_full_res=switches,
    inpainting_full_res_padding=st.integers(0, 256),
    inpainting_mask_invert=switches,
    loras=st.lists(st.builds(Lora, model_name=names, strength=st.floats(0, 1)), max_size=5).map(
        tuple
    ),
    embeddings=st.lists(st.builds(Embedding, model_name=names), max_size=5).map(tuple),
)
files = st.binary(min_size=1, max_size=300)


def chunks_of(body: RequestBody) -> list[bytes]:
    async def collect() -> list[bytes]:
        return [chunk async for chunk in body]

    return asyncio.run(collect())


def ignore(out: int, total: int) -> None:
    pass


@settings(max_examples=60, deadline=None)
@given(parameters, files, files)
def test_the_body_is_the_json_of_the_whole_request(
    chosen: Parameters, image: bytes, mask: bytes
) -> None:
    body = RequestBody(chosen, Upload(image=image, mask=mask), ignore)
    data = b"".join(chunks_of(body))
    extra, request = chosen.wire()
    assert len(data) == body.length
    assert json.loads(data) == {
        "extra": extra,
        "request": {
            **request,
            "image_base64": base64.b64encode(image).decode(),
            "mask_image_base64": base64.b64encode(mask).decode(),
        },
    }


@pytest.mark.parametrize("size", [1, 2, 3, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK + 2])
def test_blocks_join_without_a_seam(size: int) -> None:
    image = bytes(n % 251 for n in range(1024)) * (size // 1024 + 1)
    upload = Upload(image=image[:size], mask=b"m")
    body = RequestBody(Parameters(prompt="p", model_name="m"), upload, ignore)
    content = json.loads(b"".join(chunks_of(body)))
    assert base64.b64decode(content["request"]["image_base64"]) == image[:size]


def test_no_chunk_is_large() -> None:
    upload = Upload(image=bytes(5_000_000), mask=bytes(2_000_000))
    body = RequestBody(Parameters(prompt="p", model_name="m"), upload, ignore)
    assert max(map(len, chunks_of(body))) == 4 * BLOCK // 3


def test_the_request_is_whole_only_with_its_last_byte() -> None:
    states: list[tuple[bool, bytes]] = []

    async def collect(body: RequestBody) -> None:
        async for chunk in body:
            states.append((body.is_complete, chunk))

    body = RequestBody(
        Parameters(prompt="p", model_name="m"), Upload(image=b"i", mask=b"m"), ignore
    )
    asyncio.run(collect(body))
    assert not body.is_complete or states[-1] == (True, b"}")
    assert body.is_complete
    assert [whole for whole, _ in states[:-1]] == [False] * (len(states) - 1)


def test_bytes_are_reported_before_they_are_handed_over() -> None:
    told: list[tuple[int, int]] = []
    body = RequestBody(
        Parameters(prompt="p", model_name="m"),
        Upload(image=b"image", mask=b"mask"),
        lambda out, total: told.append((out, total)),
    )

    async def collect() -> None:
        handed = 0
        async for chunk in body:
            handed += len(chunk)
            assert told[-1] == (handed, body.length)

    asyncio.run(collect())
    assert told[-1][0] == body.length


def test_an_abandoned_body_leaves_no_thread() -> None:
    upload = Upload(image=bytes(20 * BLOCK), mask=b"mask")

    async def begin() -> None:
        body = RequestBody(Parameters(prompt="p", model_name="m"), upload, ignore)
        chunks = aiter(body)
        for _ in range(3):
            await anext(chunks)
        body.close()

    asyncio.run(begin())
    for thread in threading.enumerate():
        if thread.name == "base64":
            thread.join(10)
            assert not thread.is_alive()
