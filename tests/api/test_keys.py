"""The key: where it goes, and where it never does."""

import pytest

from app.api.client import ApiClient
from app.model.errors import AppError, Unauthorized
from tests.api.conftest import QUICK, Caller, refusal
from tests.support import faults
from tests.support.service import KEY, Service


def test_a_fingerprint_tells_keys_apart_and_holds_none() -> None:
    prints = [
        ApiClient(base_url="http://x", key=lambda key=key: key).fingerprint
        for key in (KEY, KEY + "2", None)
    ]
    assert len(set(prints)) == 3
    assert prints[2] == ""
    assert KEY not in "".join(prints)


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
