"""Connections that hold a place without using it, over real sockets."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.support.serving import HASTY, KEY, client, connected, head, started, told
from tests.support.waiting import wait_for

SUBMIT = "POST /v3/async/inpainting"
JSON = "Content-Type: application/json"


LAVISH = """
import socket, uvicorn
from app.engine.connections import Patience, connection_kind
async def app(scope, receive, send):
    count = str(len(server.server_state.connections)).encode()
    body = count if scope["path"] == "/connections" else b"x" * 50_000_000
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body})
listener = socket.create_server(("127.0.0.1", 0))
print("http://127.0.0.1:%d" % listener.getsockname()[1], flush=True)
kind = connection_kind(Patience(head_s=0.4, body_s=0.8))
server = uvicorn.Server(uvicorn.Config(app, http=kind, log_config=None))
server.run([listener])
"""


@pytest.fixture(scope="module")
def hasty() -> Iterator[str]:
    """A server with little patience, and room for four connections."""
    with started("-c", HASTY, KEY) as (_, address):
        yield address


def is_answering(address: str) -> bool:
    with client(address) as caller:
        return caller.get("/v3/user").status_code == 200


def dripped(line: socket.socket, first: bytes, drop: bytes) -> str:
    """What comes back when `first` is followed by `drop` again and again, without an end."""

    def drip() -> None:
        try:
            while True:
                line.sendall(drop)
                time.sleep(0.05)
        except OSError:
            return

    line.sendall(first)
    dripping = threading.Thread(target=drip)
    dripping.start()
    answer = told(line, b"")
    line.close()
    dripping.join(20)
    assert not dripping.is_alive()
    return answer


def test_a_connection_that_says_nothing_is_ended(hasty: str) -> None:
    with connected(hasty) as line:
        assert told(line, b"") == ""


def test_a_head_that_drips_is_ended(hasty: str) -> None:
    with connected(hasty) as line:
        assert dripped(line, b"GET /v3/user HTTP/1.1\r\nHost: ", b"x") == ""


def test_a_body_that_drips_is_ended(hasty: str) -> None:
    with connected(hasty) as line:
        first = head(hasty, SUBMIT, JSON, "Content-Length: 1000000")
        assert dripped(line, first, b" ") == ""


def test_a_body_without_an_end_is_refused_and_ended(hasty: str) -> None:
    chunk = b"100000\r\n" + b" " * 0x100000 + b"\r\n"
    with connected(hasty) as line:
        answer = dripped(line, head(hasty, SUBMIT, JSON, "Transfer-Encoding: chunked"), 8 * chunk)
    assert "IMAGE_FILE_EXCEEDS_MAX_SIZE" in answer or answer == ""
    assert is_answering(hasty)


def test_an_answer_that_nobody_takes_is_given_up() -> None:
    with started("-c", LAVISH) as (_, address), connected(address) as line:
        line.sendall(head(address, "GET /"))
        assert line.recv(1)
        with client(address) as caller:
            wait_for(lambda: caller.get("/connections").text == "1")  # the one that asks


def test_too_many_connections_are_told_so_and_more_are_not_let_in(hasty: str) -> None:
    with ExitStack() as stack:
        lines = [stack.enter_context(connected(hasty)) for _ in range(9)]
        full = told(lines[5], head(hasty, "GET /v3/user"))
        assert full.startswith("HTTP/1.1 503 ")
        assert "retry-after: 5" in full.lower()
        assert json.loads(full.partition("\r\n\r\n")[2])["reason"] == "SERVICE_NOT_AVAILABLE"
        assert told(lines[8], head(hasty, "GET /v3/user")) == ""
    assert is_answering(hasty)


def test_requests_one_after_the_other_on_one_connection_are_no_waiting(hasty: str) -> None:
    with client(hasty) as caller:
        until = time.monotonic() + 1.2  # longer than a head may take
        while time.monotonic() < until:
            assert caller.get("/v3/user").status_code == 200
            time.sleep(0.12)
