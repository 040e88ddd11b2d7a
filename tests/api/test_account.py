"""The account, and how reading is tried again, and from where."""

import contextlib
from typing import Any

import pytest

from app.model.errors import RateLimited, ServiceDown, Unauthorized, WrongAddress
from tests.api.conftest import Caller
from tests.support import faults
from tests.support.service import Service


def test_the_balance_is_read(call: Caller) -> None:
    assert call(lambda client: client.user()).balance == pytest.approx(12.34)


def test_reading_is_tried_three_times(call: Caller, service: Service) -> None:
    service.inject("user", faults.answering(500), faults.dropped)
    assert call(lambda client: client.user()).credit_balance == 123_400
    assert len(call.naps) == 2
    service.inject("user", *[faults.answering(503)] * 3)
    with pytest.raises(ServiceDown):
        call(lambda client: client.user())
    assert len(service.ledger.at("user")) == 6


@pytest.mark.parametrize(("said", "tries"), [("3", 2), ("200", 1)])
def test_reading_waits_as_told_but_not_for_minutes(
    call: Caller, service: Service, said: str, tries: int
) -> None:
    service.inject("user", faults.answering(429, b"", {"Retry-After": said}))
    with contextlib.suppress(RateLimited):
        call(lambda client: client.user())
    assert len(service.ledger.at("user")) == tries
    assert call.naps == [3] * (tries - 1)


def test_a_refusal_is_not_asked_again(call: Caller, service: Service) -> None:
    with pytest.raises(Unauthorized):
        call(lambda client: client.user(), key=lambda: "wrong")
    assert len(service.ledger.at("user")) == 1


def test_a_login_page_is_a_wrong_address(call: Caller, service: Service) -> None:
    service.inject("user", faults.answering(200, faults.PAGE))
    with pytest.raises(WrongAddress):
        call(lambda client: client.user())


def test_the_key_never_follows_a_redirect(call: Caller, service: Service) -> None:
    with Service() as sink:
        service.inject("user", faults.answering(307, b"", {"Location": f"{sink.url}/v3/user"}))
        with pytest.raises(WrongAddress):
            call(lambda client: client.user())
        assert sink.ledger.requests == []


def test_a_base_address_may_have_a_path(call: Caller, service: Service) -> None:
    with pytest.raises(WrongAddress):
        call(lambda client: client.user(), base_url=f"{service.url}/proxy/")
    (request,) = service.ledger.requests
    assert request.path == "/proxy/v3/user"


def test_cookies_are_not_kept(call: Caller, service: Service) -> None:
    service.inject("user", faults.answering(200, {}, {"Set-Cookie": "session=1; Path=/"}))

    async def twice(client: Any) -> None:
        await client.user()
        await client.user()

    call(twice)
    assert all("cookie" not in request.headers for request in service.ledger.requests)
