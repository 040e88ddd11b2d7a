"""The paid call: what goes out, and what is believed about whether it arrived."""

import asyncio
import base64
import hashlib
import json
import socket

import pytest

from app.api.client import ApiClient
from app.contract.parameters import Parameters
from app.contract.request import Embedding, Lora
from app.model.errors import (
    AnswerLost,
    AppError,
    Moderated,
    NotAllowed,
    NotCreated,
    OutOfCredit,
    RateLimited,
    Rejected,
    ServiceError,
    Unauthorized,
    Unreachable,
    WrongAddress,
)
from app.model.job import Upload
from tests.api.conftest import LARGE, PARAMETERS, QUICK, UPLOAD, Caller
from tests.support import faults
from tests.support.service import KEY, Service
from tests.support.wire import Call


def refusal(reason: str, message: str = "words", **metadata: str) -> dict[str, object]:
    return {"code": 400, "reason": reason, "message": message, "metadata": metadata}


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


SURELY_NOT = [faults.reset_before_body, faults.stalled_upload, faults.refused_early]


@pytest.mark.parametrize("fault", SURELY_NOT, ids=lambda fault: fault.__name__)
def test_a_break_on_the_way_out_is_certain_and_not_repeated(
    call: Caller, service: Service, fault: faults.Fault
) -> None:
    service.inject("submit", fault)
    with pytest.raises(Unreachable):
        call.submit(upload=LARGE)
    assert service.ledger.hits(fault.__name__) == 1
    assert len(service.ledger.at("submit")) == 1
    assert not service.ledger.tasks
    assert all(out < total for out, total in call.sent)


LOST = [
    faults.lost_response,
    faults.lost_response_reset,
    faults.hang,
    faults.cut_answer,
    faults.cut_json,
    faults.drip,
    faults.endless,
    faults.bomb,
    faults.huge_header,
    faults.created_then(500, refusal("INTERNAL")),
    faults.created_then(502, faults.PAGE),
    faults.created_then(504),
    faults.created_then(408),
    faults.created_then(200, faults.PAGE),
    faults.created_then(200, {}),
    faults.created_then(200, {"task_id": None}),
    faults.created_then(200, {"task_id": 12}),
    faults.created_then(200, {"task_id": ""}),
    faults.created_then(200, {"task_id": "../../etc/passwd"}),
    faults.created_then(200, {"task_id": "\u202eabc"}),
    faults.created_then(200, b"[" * 100_000),
    faults.created_then(200, b'{"task_id": ' + b"9" * 5000 + b"}"),
    faults.created_then(200, b"\xff\xfe\x00"),
    faults.created_then(204),
]


@pytest.mark.parametrize("fault", LOST, ids=lambda fault: fault.__name__)
def test_no_clear_answer_to_a_whole_request_is_lost_and_not_repeated(
    call: Caller, service: Service, fault: faults.Fault
) -> None:
    service.inject("submit", fault)
    with pytest.raises(AnswerLost):
        call.submit()
    assert service.ledger.hits(fault.__name__) == 1
    assert len(service.ledger.at("submit")) == 1
    assert call.sent[-1][0] == call.sent[-1][1]


def test_a_lost_answer_tells_what_was_said(call: Caller, service: Service) -> None:
    service.inject("submit", faults.created_then(500, refusal("INTERNAL", "out of \u202ememory")))
    with pytest.raises(AnswerLost) as caught:
        call.submit()
    assert caught.value.detail == "500 INTERNAL out of memory"
    assert caught.value.kind == "trouble"
    assert json.loads(caught.value.raw)["reason"] == "INTERNAL"


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (faults.lost_response, "silence"),
        (faults.hang, "silence"),
        (faults.cut_answer, "cut"),
        (faults.drip, "cut"),
        (faults.created_then(502, faults.PAGE), "trouble"),
        (faults.created_then(200, {"task_id": None}), "unreadable"),
        (faults.bomb, "unreadable"),
        (faults.created_then(200, faults.PAGE), "elsewhere"),
        (faults.answering(403, faults.PAGE), "elsewhere"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_lost_answer_says_what_came_instead(
    call: Caller, service: Service, fault: faults.Fault, kind: str
) -> None:
    service.inject("submit", fault)
    with pytest.raises(AnswerLost) as caught:
        call.submit()
    assert caught.value.kind == kind
    assert caught.value.is_charge_unlikely == (kind == "elsewhere")
    assert len(caught.value.raw) <= 64 * 1024


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (b'{"task_id": "abc-1.2:3_4", "mess', "abc-1.2:3_4"),
        (b'{"task_id": "abc-1', ""),
        (b'{"task_id": "../../etc"', ""),
        (b'{"task_id": "a", "x": {"task_id": "b"', ""),
        (b'{"task_id" :"a", "data": {"task_id": "a"', "a"),
        (b'{"task_id": "' + b"a" * 201 + b'"', ""),
    ],
)
def test_an_id_is_salvaged_only_where_it_is_whole_and_the_only_one(
    call: Caller, service: Service, said: bytes, found: str
) -> None:
    service.inject("submit", faults.created_then(200, said))
    with pytest.raises(AnswerLost) as caught:
        call.submit()
    assert caught.value.task_id == found
    assert caught.value.raw == said


def test_a_key_in_a_lost_answer_is_masked_even_where_it_was_cut(
    call: Caller, service: Service
) -> None:
    said = f'{{"a": "{KEY}", "b": "{KEY[:-3]}'.encode()
    service.inject("submit", faults.created_then(200, said))
    with pytest.raises(AnswerLost) as caught:
        call.submit()
    assert caught.value.raw == b'{"a": "***", "b": "'


def test_an_answer_is_kept_as_it_came(call: Caller) -> None:
    assert json.loads(call.accepted().answer) == {"task_id": "task-1"}


def test_the_digest_is_that_of_the_body_that_leaves(call: Caller, service: Service) -> None:
    async def both(client: ApiClient) -> str:
        await client.submit(PARAMETERS, LARGE, lambda out, total: None)
        return client.digest(PARAMETERS, LARGE)

    told = call(both)
    (request,) = service.ledger.at("submit")
    assert hashlib.sha256(request.body).hexdigest() == told


def test_a_fingerprint_tells_keys_apart_and_holds_none() -> None:
    prints = [
        ApiClient(base_url="http://x", key=lambda key=key: key).fingerprint
        for key in (KEY, KEY + "2", None)
    ]
    assert len(set(prints)) == 3
    assert prints[2] == ""
    assert KEY not in "".join(prints)


REFUSED = [
    (400, "INVALID_REQUEST_BODY", Rejected),
    (400, "IMAGE_FILE_EXCEEDS_MAX_SIZE", Rejected),
    (400, "INVALID_IMAGE_FORMAT", Rejected),
    (400, "IMAGE_EXCEEDS_MAX_RESOLUTION", Rejected),
    (400, "INVALID_IMAGE_SIZE", Rejected),
    (404, "MODEL_NOT_FOUND", Rejected),
    (400, "ILLEGAL_PROMPT", Moderated),
    (400, "ILLEGAL_IMAGE_CONTENT", Moderated),
    (400, "MISSING_API_KEY", Unauthorized),
    (403, "INVALID_API_KEY", Unauthorized),
    (401, "FAILED_TO_AUTH", Unauthorized),
    (400, "BILLING_BALANCE_NOT_ENOUGH", OutOfCredit),
    (402, "BILLING_BALANCE_NOT_ENOUGH", OutOfCredit),
    (403, "NOT_ENOUGH_BALANCE", OutOfCredit),
    (403, "BILLING_AUTH_FAILED", NotAllowed),
    (403, "FEATURE_NOT_ALLOWED", NotAllowed),
    (403, "API_NOT_ALLOWED", NotAllowed),
    (403, "NEED_REAL_NAME_VERIFY", NotAllowed),
    (404, "API_NOT_FOUND", WrongAddress),
    (500, "CREATE_TASK_FAILED", NotCreated),
    (500, "BILLING_FAILED", NotCreated),
    (400, "SOMETHING_NEW", Rejected),
    (413, "", Rejected),
    (422, "", Rejected),
    (401, "", Unauthorized),
    (402, "", OutOfCredit),
    (403, "", NotAllowed),
]


@pytest.mark.parametrize(("status", "reason", "kind"), REFUSED)
def test_a_refusal_is_typed_by_its_reason(
    call: Caller, service: Service, status: int, reason: str, kind: type[ServiceError]
) -> None:
    service.inject("submit", faults.answering(status, refusal(reason)))
    with pytest.raises(ServiceError) as caught:
        call.submit()
    assert type(caught.value) is kind
    assert (caught.value.reason, caught.value.status) == (reason, status)
    assert caught.value.message == "words"
    assert len(service.ledger.at("submit")) == 1
    assert call.sent[-1][0] == 0


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (refusal("INVALID_REQUEST_BODY", field="request.loras.0.strength"), "loras"),
        (refusal("INVALID_REQUEST_BODY", "request.steps: too many"), "steps"),
        (refusal("INVALID_REQUEST_BODY", "inpainting_full_res_padding is -1"),
         "inpainting_full_res_padding"),
        (refusal("INVALID_REQUEST_BODY", "seeds and strengths"), ""),
        ({"code": 400, "reason": "INVALID_REQUEST_BODY", "metadata": None}, ""),
    ],
)  # fmt: skip
def test_a_refusal_names_the_field(
    call: Caller, service: Service, body: object, field: str
) -> None:
    service.inject("submit", faults.answering(400, body))
    with pytest.raises(Rejected) as caught:
        call.submit()
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("status", "body", "headers"),
    [
        (404, b"404 page not found", {}),
        (405, b"", {}),
        (410, faults.PAGE, {}),
        (301, b"", {"Location": "/elsewhere"}),
        (302, b"", {"Location": "https://login.test/"}),
        (307, b"", {"Location": "/v3/async/inpainting"}),
        (308, b"", {"Location": "/v3/async/inpainting"}),
    ],
)
def test_somebody_else_who_answers_is_not_believed_and_never_followed(
    call: Caller, service: Service, status: int, body: bytes, headers: dict[str, str]
) -> None:
    service.inject("submit", faults.answering(status, body, headers))
    with pytest.raises(AnswerLost) as caught:
        call.submit()
    assert caught.value.kind == "elsewhere"
    assert "<" not in caught.value.detail
    assert len(service.ledger.requests) == 1


def test_a_wrong_address_that_did_not_read_the_request_surely_started_nothing(
    call: Caller, service: Service
) -> None:
    async def gone(call: Call) -> None:
        await call.answer(404, b"404 page not found")
        call.close()

    service.inject("submit", gone)
    with pytest.raises((WrongAddress, Unreachable)):  # as the break overtakes the answer, or not
        call.submit(upload=LARGE)
    assert all(out < total for out, total in call.sent)


def test_a_refused_connection_is_told(call: Caller) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
        with pytest.raises(Unreachable) as caught:
            call.submit(base_url=url)
    assert caught.value.kind == "refused"
    assert call.sent == []


def test_an_unknown_host_is_told(call: Caller) -> None:
    with pytest.raises(Unreachable) as caught:
        call.submit(base_url="http://nowhere.invalid")
    assert caught.value.kind == "dns"


def test_a_broken_handshake_is_told(call: Caller, service: Service) -> None:
    with pytest.raises(Unreachable) as caught:
        call.submit(base_url=service.url.replace("http:", "https:"))
    assert caught.value.kind == "tls"


@pytest.mark.parametrize(
    ("said", "waited"),
    [
        ("7", 7),
        ("1000000000", 300),
        ("soon", 5),
        ("-1", 5),
        (f"Mon, 1 Jan {10**20} 00:00:00 GMT", 5),
        ("\u00b2", 5),
        ("0", 0),
    ],
)
def test_too_fast_says_how_long_to_wait(
    call: Caller, service: Service, said: str, waited: float
) -> None:
    limited = faults.answering(429, refusal("RATE_LIMIT_EXCEEDED"), {"Retry-After": said})
    service.inject("submit", limited)
    with pytest.raises(RateLimited) as caught:
        call.submit()
    assert caught.value.retry_after_s == waited
    assert call.sent[-1][0] == 0


def test_too_fast_understands_a_date(call: Caller, service: Service) -> None:
    headers = {
        "Date": "Fri, 01 May 2026 12:00:00 GMT",
        "Retry-After": "Fri, 01 May 2026 12:00:30 GMT",
    }
    service.inject("submit", faults.answering(429, b"", headers))
    with pytest.raises(RateLimited) as caught:
        call.submit()
    assert caught.value.retry_after_s == 30


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


def test_a_key_that_no_header_can_carry_is_refused_before_anything_is_sent(
    call: Caller, service: Service
) -> None:
    for key in ("“quoted”", "a\nb", "two words", "\x00"):
        with pytest.raises(Unauthorized):
            call.submit(key=lambda key=key: key)
    assert service.ledger.requests == []


def test_a_key_is_stripped_and_sent_as_bearer(call: Caller, service: Service) -> None:
    call.submit(key=lambda: f" {KEY}\n")
    (request,) = service.ledger.requests
    assert request.headers["authorization"] == f"Bearer {KEY}"


def test_without_a_key_no_header_is_sent(call: Caller, service: Service) -> None:
    with pytest.raises(Unauthorized) as caught:
        call.submit(key=lambda: None)
    assert caught.value.reason == "MISSING_API_KEY"
    assert "authorization" not in service.ledger.requests[0].headers


def test_an_echoed_key_is_masked(call: Caller, service: Service) -> None:
    service.inject("submit", faults.answering(403, refusal("INVALID_API_KEY", f"bad key {KEY}")))
    with pytest.raises(Unauthorized) as caught:
        call.submit()
    assert caught.value.message == "bad key ***"


def test_a_short_key_spoils_no_answer(call: Caller, service: Service) -> None:
    service.key = "task"
    assert call.submit(key=lambda: "task") == "task-1"


def test_the_log_tells_neither_key_nor_picture(
    call: Caller, service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "app")
    call.submit()
    assert "POST 127.0.0.1/v3/async/inpainting: 200" in caplog.text
    assert KEY not in caplog.text
    service.inject("submit", faults.lost_response)
    with pytest.raises(AppError):
        call.submit(deadlines=QUICK)
    assert "RemoteProtocolError" in caplog.text
