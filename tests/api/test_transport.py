"""Other ways than the network: straight into an application, or through a private socket."""

import asyncio
import ssl
import threading
from typing import Any

import httpx
import pytest

from app.api.client import ApiClient
from app.api.transport import Application, clients, in_process
from app.contract.responses import ResultImage
from app.model.errors import AnswerLost, Unreachable
from tests.api.conftest import PARAMETERS, QUICK, UPLOAD


class Broken(Exception):
    pass


def application(*, fails: str = "") -> Application:
    """Answers a submit with an id; `fails` says where it raises instead."""

    async def serve(scope: Any, receive: Any, send: Any) -> None:
        if fails == "at once":
            raise Broken
        size, more = 0, scope["method"] == "POST"
        while more:
            message = await receive()
            size, more = size + len(message["body"]), message["more_body"]
            if fails == "while reading":
                raise Broken
        if fails == "after reading":
            raise Broken
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        assert int(announced) == size
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b'{"task_id": "t-1"}'})

    return serve


def submit(app: Application) -> str:
    async def run() -> str:
        client = ApiClient(
            base_url="http://engine", key=lambda: None, transport=in_process(app), deadlines=QUICK
        )
        try:
            return (await client.submit(PARAMETERS, UPLOAD, lambda out, total: None)).task_id
        finally:
            await client.aclose()

    return asyncio.run(run())


def test_a_job_goes_straight_into_an_application() -> None:
    assert submit(application()) == "t-1"


@pytest.mark.parametrize("where", ["at once", "while reading"])
def test_an_application_that_fails_early_has_no_whole_request(where: str) -> None:
    with pytest.raises(Unreachable):
        submit(application(fails=where))


def test_an_application_that_fails_late_is_an_answer_lost() -> None:
    with pytest.raises(AnswerLost):
        submit(application(fails="after reading"))


def test_an_application_that_never_answers_is_given_up() -> None:
    async def asleep(scope: Any, receive: Any, send: Any) -> None:
        while (await receive()).get("more_body"):
            pass
        await asyncio.Event().wait()

    with pytest.raises(AnswerLost):
        submit(asleep)


def test_pictures_come_the_same_way() -> None:
    async def run() -> bytes:
        client = ApiClient(
            base_url="http://engine", key=lambda: None, transport=in_process(application())
        )
        try:
            return await client.fetch(ResultImage(image_url="http://engine/results/1.png"))
        finally:
            await client.aclose()

    assert asyncio.run(run()) == b'{"task_id": "t-1"}'


def test_the_network_is_trusted_by_certificate_only() -> None:
    made = clients(None)
    for client in (made.submit, made.api, made.plain):
        context = client._transport._pool._ssl_context
        assert context.verify_mode is ssl.CERT_REQUIRED
        assert context.check_hostname
        assert not client.follow_redirects
    asyncio.run(made.aclose())


def test_a_proxy_sees_nothing_of_what_is_not_encrypted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.invalid:1")
    monkeypatch.setenv("ALL_PROXY", "http://proxy.invalid:1")
    monkeypatch.delenv("NO_PROXY", raising=False)
    made = clients(None)
    url = httpx.URL("http://127.0.0.1/")
    assert all(
        client._transport_for_url(url) is client._transport
        for client in (made.submit, made.api, made.plain)
    )
    asyncio.run(made.aclose())


def test_a_client_can_be_made_ready_in_a_thread() -> None:
    client = ApiClient(base_url="http://engine", key=lambda: None)
    threads = [threading.Thread(target=client.warm) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    asyncio.run(client.aclose())
