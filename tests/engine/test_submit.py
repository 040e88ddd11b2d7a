"""What a submit refuses, and how it says so."""

import asyncio
import io
import json
import struct
import zlib
from typing import Any

import httpx
import numpy as np
import pytest
from PIL import Image

from app.contract.fields import fields_of
from app.contract.request import MAX_BASE64, MAX_IMAGE_BYTES, Lora, Settings
from app.contract.wire import Extra, Request
from app.engine.tasks import Limits


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header claims a size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"")


def wrong_values(field: Any) -> list[Any]:
    """Values one step outside of what the field takes, and of other types."""
    values: list[Any] = [{}] if field.kind == "list" else [[], {}]
    if not field.nullable:
        values.append(None)
    match field.kind:
        case "whole" | "switch":
            values += ["1", 1.5, True, field.minimum - 1]
            values += [] if field.maximum is None else [field.maximum + 1]
        case "real":
            values += ["1", True, float("nan"), float("inf")]
            below = field.minimum if field.above_minimum else field.minimum - field.hint.step
            values += [below, field.maximum + field.hint.step, np.nextafter(field.maximum, 99)]
        case "text":
            values += [5, True]
            values += ["x" * (field.max_length + 1)] if field.max_length else []
            values += [""] if field.min_length else []
        case "choice":
            values += ["", "no such choice", field.choices[0].swapcase(), 0]
        case "list":
            values += ["x", [None], [{}], [entry(field)] * (field.max_length + 1)]
    return values


def entry(field: Any) -> dict[str, Any]:
    return {"model_name": "x", "strength": 0.5} if field.item is Lora else {"model_name": "x"}


def cases() -> list[Any]:
    return [
        pytest.param(field.name, value, id=f"{field.name}-{str(value)[:12]!r}-{number}")
        for field in fields_of(Request).values()
        for number, value in enumerate(wrong_values(field))
    ]


@pytest.mark.parametrize(("name", "value"), cases())
def test_a_value_outside_the_contract_is_refused_and_its_field_named(
    live: Any, samples: Any, name: str, value: Any
) -> None:
    status, body = live.refusal(samples.body(**{name: value}))
    assert (status, body["code"], body["reason"]) == (400, 400, "INVALID_REQUEST_BODY")
    assert body["metadata"]["field"].startswith(f"request.{name}")
    assert f"request.{name}" in body["message"]


@pytest.mark.parametrize("value", wrong_values(fields_of(Extra)["response_image_type"]))
def test_a_wrong_image_type_is_refused(live: Any, samples: Any, value: Any) -> None:
    status, body = live.refusal({**samples.body(), "extra": {"response_image_type": value}})
    assert (status, body["metadata"]) == (400, {"field": "extra.response_image_type"})


@pytest.mark.parametrize("value", wrong_values(fields_of(Lora)["strength"]))
def test_a_wrong_lora_weight_is_named_with_its_place(live: Any, samples: Any, value: Any) -> None:
    loras = [{"model_name": "a", "strength": 1}, {"model_name": "b", "strength": value}]
    _, body = live.refusal(samples.body(loras=loras))
    assert body["metadata"] == {"field": "request.loras.1.strength"}


@pytest.mark.parametrize("name", [f.name for f in fields_of(Request).values() if f.required])
def test_a_missing_field_is_refused(live: Any, samples: Any, name: str) -> None:
    body = samples.body()
    del body["request"][name]
    status, answer = live.refusal(body)
    assert (status, answer["metadata"]) == (400, {"field": f"request.{name}"})


def edges() -> list[Any]:
    found = []
    for field in fields_of(Settings).values():
        if field.kind in {"whole", "switch", "real"}:
            found += [(field.name, field.lowest)]
            found += [] if field.maximum is None else [(field.name, field.maximum)]
        if field.kind == "text" and field.max_length:
            found += [(field.name, "é" * field.max_length), (field.name, "x" * field.min_length)]
        found += [(field.name, choice) for choice in field.choices]
        found += [(field.name, None)] if field.nullable else []
        found += [(field.name, [])] if field.kind == "list" else []
    return found


def test_every_edge_of_the_contract_is_accepted(live: Any, samples: Any) -> None:
    refused = [edge for edge in edges() if not live.accepts(samples.body(**dict([edge])))]
    assert refused == []


def test_every_optional_field_may_be_missing(live: Any, samples: Any) -> None:
    body = samples.body()
    required = {field.name for field in fields_of(Request).values() if field.required}
    assert live.accepts({"request": {name: body["request"][name] for name in required}})


def test_unknown_fields_are_ignored(live: Any, samples: Any) -> None:
    assert live.accepts({**samples.body(webhook={"url": "x"}), "more": 1})


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b'"x"', b"\xff", b'{"request": 1}', b"[" * 100_000]
)
def test_a_body_that_is_no_such_object_is_refused(live: Any, content: bytes) -> None:
    status, body = live.refusal(content)
    assert (status, body["reason"]) == (400, "INVALID_REQUEST_BODY")
    assert body["message"]


@pytest.mark.parametrize(
    ("name", "value", "field"),
    [
        ("model_name", "realisticVision", "model_name"),
        ("sd_vae", "some.vae", "sd_vae"),
        ("loras", [{"model_name": "a", "strength": 1}], "loras.0.model_name"),
        ("embeddings", [{"model_name": "a"}], "embeddings.0.model_name"),
    ],
)
def test_names_that_the_engine_does_not_have_are_refused(
    live: Any, samples: Any, name: str, value: Any, field: str
) -> None:
    status, body = live.refusal(samples.body(**{name: value}))
    assert (status, body["reason"]) == (400, "INVALID_REQUEST_BODY")
    assert body["metadata"] == {"field": f"request.{field}"}


def noisy(kind: str, size: tuple[int, int] = (48, 48)) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 50).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_png_jpeg_and_webp_are_taken(live: Any, samples: Any, kind: str) -> None:
    assert live.accepts(samples.body(image_base64=samples.text(noisy(kind))))


@pytest.mark.parametrize("field", ["image_base64", "mask_image_base64"])
@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"not a picture", "INVALID_IMAGE_FORMAT"),
        (noisy("GIF"), "INVALID_IMAGE_FORMAT"),
        (noisy("BMP"), "INVALID_IMAGE_FORMAT"),
        (noisy("PNG")[:300], "INVALID_IMAGE_FORMAT"),
        (noisy("JPEG")[:300], "INVALID_IMAGE_FORMAT"),
        (noisy("WEBP")[:300], "INVALID_IMAGE_FORMAT"),
        (claiming(48, 48), "INVALID_IMAGE_FORMAT"),
        (claiming(0, 5), "INVALID_IMAGE_FORMAT"),
        (claiming(2049, 8), "IMAGE_EXCEEDS_MAX_RESOLUTION"),
        (claiming(8, 2049), "IMAGE_EXCEEDS_MAX_RESOLUTION"),
        (claiming(10_000, 10_000), "IMAGE_EXCEEDS_MAX_RESOLUTION"),
        (claiming(2**31 - 1, 2**31 - 1), "IMAGE_EXCEEDS_MAX_RESOLUTION"),
        (noisy("PNG", (47, 48)), "INVALID_IMAGE_SIZE"),
    ],
)
def test_pictures_are_refused_with_the_documented_reason(
    live: Any, samples: Any, field: str, data: bytes, reason: str
) -> None:
    status, body = live.refusal(samples.body(**{field: samples.text(data)}))
    assert (status, body["reason"]) == (400, reason)
    expected = "mask_image_base64" if reason == "INVALID_IMAGE_SIZE" else field
    assert body["metadata"] == {"field": f"request.{expected}"}


@pytest.mark.parametrize(
    "value", ["data:image/png;base64,iVBORw0KGgo=", "####", "abc", "aé==", "a\n"]
)
def test_what_is_not_base64_is_refused(live: Any, samples: Any, value: str) -> None:
    status, body = live.refusal(samples.body(image_base64=value))
    assert (status, body["reason"]) == (400, "INVALID_REQUEST_BODY")
    assert body["metadata"] == {"field": "request.image_base64"}


@pytest.mark.parametrize("length", [MAX_BASE64, MAX_BASE64 + 4])
def test_a_file_over_the_limit_is_refused(live: Any, samples: Any, length: int) -> None:
    assert MAX_BASE64 // 4 * 3 >= MAX_IMAGE_BYTES
    status, body = live.refusal(samples.body(image_base64="A" * length))
    too_big = length > MAX_BASE64
    reason = "IMAGE_FILE_EXCEEDS_MAX_SIZE" if too_big else "INVALID_IMAGE_FORMAT"
    assert (status, body["reason"]) == (400, reason)


def test_a_body_over_the_limit_is_refused_while_it_arrives(engine: Any) -> None:
    async def scenario(caller: Any) -> None:
        taken = 0

        async def endless() -> Any:
            nonlocal taken
            while True:
                taken += 1000
                yield b" " * 1000

        response = await caller.client.post(
            "/v3/async/inpainting", content=endless(), headers={"Content-Type": "application/json"}
        )
        assert response.json()["reason"] == "IMAGE_FILE_EXCEEDS_MAX_SIZE"
        assert taken < 300_000

    engine(scenario, max_body=100_000)


@pytest.mark.parametrize("media_type", ["text/plain", "", "multipart/form-data"])
def test_another_content_type_is_refused(engine: Any, samples: Any, media_type: str) -> None:
    async def scenario(caller: Any) -> httpx.Response:
        return await caller.client.post(
            "/v3/async/inpainting",
            content=json.dumps(samples.body()).encode(),
            headers={"Content-Type": media_type},
        )

    response = engine(scenario)
    assert response.status_code == 400
    assert response.json()["reason"] == "INVALID_REQUEST_BODY"
    assert "Content-Type" in response.json()["message"]


def test_a_full_queue_says_when_to_come_again(engine: Any, samples: Any) -> None:
    async def scenario(caller: Any) -> None:
        for _ in range(2):
            await caller.accepted(samples.body())
        response = await caller.submit(samples.body())
        assert response.status_code == 429
        assert response.json()["reason"] == "RATE_LIMIT_EXCEEDED"
        assert int(response.headers["retry-after"]) > 0

    engine(scenario, fillers=0, limits=Limits(waiting=2))


def test_waiting_pictures_take_bounded_memory(engine: Any, samples: Any) -> None:
    async def scenario(caller: Any) -> None:
        await caller.accepted(samples.body())
        assert (await caller.submit(samples.body())).status_code == 429

    engine(scenario, fillers=0, limits=Limits(waiting_bytes=2000))


def test_a_checker_that_dies_fails_one_request_only(
    engine: Any, samples: Any, caplog: pytest.LogCaptureFixture
) -> None:
    commands = iter([("false",), None])

    def command() -> Any:
        from app.engine.process import worker_command

        return next(commands) or worker_command()

    async def scenario(caller: Any) -> None:
        response = await caller.submit(samples.body())
        assert (response.status_code, response.json()["reason"]) == (500, "CREATE_TASK_FAILED")
        await caller.accepted(samples.body())

    engine(scenario, fillers=0, command=command)
    assert "could not be checked" in caplog.text


def test_a_submit_that_is_cancelled_leaves_the_engine_usable(engine: Any, samples: Any) -> None:
    async def scenario(caller: Any) -> None:
        large = samples.body(image_base64=samples.text(bytes(5_000_000)))
        for _ in range(3):
            submit = asyncio.ensure_future(caller.submit(large))
            await asyncio.sleep(0)
            submit.cancel()
            await asyncio.gather(submit, return_exceptions=True)
        await caller.accepted(samples.body())

    engine(scenario, fillers=0)


def test_only_a_few_bodies_are_received_at_a_time(engine: Any, samples: Any) -> None:
    async def scenario(caller: Any) -> None:
        go_on = asyncio.Event()

        async def held(body: bytes) -> Any:
            yield body[:10]
            await go_on.wait()
            yield body[10:]

        body = json.dumps(samples.body()).encode()
        headers = {"Content-Type": "application/json"}
        uploads = [
            asyncio.ensure_future(
                caller.client.post("/v3/async/inpainting", content=held(body), headers=headers)
            )
            for _ in range(4)
        ]
        await asyncio.sleep(0)
        refused = await caller.submit(body)
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "5")
        go_on.set()
        assert [(await upload).status_code for upload in uploads] == [200] * 4

    engine(scenario, fillers=0)
