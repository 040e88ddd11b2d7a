"""Refusals and addresses that do not answer, each told as what it is."""

import socket

import pytest

from app.model.errors import (
    AnswerLost,
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
from tests.api.conftest import LARGE, Caller, refusal
from tests.support import faults
from tests.support.service import Service
from tests.support.wire import Call

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
