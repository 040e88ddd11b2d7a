"""Who gets in at a served engine, and how much: strangers, web pages, floods, huge requests."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.serving import KEY, client, connected, head, serving, told

SUBMIT = "POST /v3/async/inpainting"

ASK = """
import encodings.idna, os, sys, urllib.error, urllib.request  # all that others may not read
os.setgid(65534); os.setuid(65534)
request = urllib.request.Request(sys.argv[1] + "/v3/user", headers=dict([sys.argv[2:4]]))
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
try:
    print(os.getuid(), opener.open(request).status)
except urllib.error.HTTPError as error:
    print(os.getuid(), error.code)
"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving() as (_, address):
        yield address


def asked(address: str, start: str, *lines: str, key: str = KEY, body: bytes = b"") -> str:
    with connected(address) as line:
        return told(line, head(address, start, *lines, key=key) + body)


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can be others")
@pytest.mark.parametrize(
    ("header", "status"), [("Authorization: Bearer x", 403), (f"Authorization: Bearer {KEY}", 200)]
)
def test_another_user_of_this_machine_needs_the_key(address: str, header: str, status: int) -> None:
    command = [sys.executable, "-S", "-c", ASK, address, *header.split(": ")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.stdout.split() == ["65534", str(status)], done.stderr


def test_a_key_in_the_query_is_no_key(address: str) -> None:
    with client(address) as caller:
        del caller.headers["Authorization"]
        for name in ("key", "token", "api_key", "access_token"):
            answer = caller.get("/v3/user", params={name: KEY})
            assert answer.json()["reason"] == "MISSING_API_KEY"


@pytest.mark.parametrize("host", ["evil.test", "localhost.evil.test", "127.0.0.1.evil.test"])
def test_a_name_that_is_made_to_point_here_gets_nothing(address: str, host: str) -> None:
    port = address.rpartition(":")[2]
    for named in (host, f"{host}:{port}"):
        with client(address) as caller:
            answer = caller.get("/v3/user", headers={"Host": named})
            assert answer.json()["reason"] == "API_NOT_ALLOWED"


def test_the_port_of_another_server_gets_nothing(address: str) -> None:
    with client(address) as caller:
        answer = caller.get("/v3/user", headers={"Host": "127.0.0.1:1"})
        assert answer.json()["reason"] == "API_NOT_ALLOWED"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "null"},
        {"Origin": "http://evil.test"},
        {"Origin": "http://127.0.0.1"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_web_page_cannot_submit_and_is_told_nothing(
    address: str, headers: dict[str, str], samples: Any
) -> None:
    with client(address) as caller:
        answer = caller.post("/v3/async/inpainting", json=samples.body(), headers=headers)
    assert answer.json()["reason"] == "API_NOT_ALLOWED"
    assert [name for name in answer.headers if name.startswith("access-control-")] == []


def test_a_preflight_is_refused_without_a_word_of_consent(address: str) -> None:
    with client(address) as caller:
        asks = {"Origin": "http://evil.test", "Access-Control-Request-Method": "POST"}
        answer = caller.request("OPTIONS", "/v3/async/inpainting", headers=asks)
    assert answer.status_code == 403
    assert [name for name in answer.headers if name.startswith("access-control-")] == []


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_submit_that_is_not_called_json_is_refused(address: str, kind: str, samples: Any) -> None:
    with client(address) as caller:
        body = json.dumps(samples.body()).encode()
        answer = caller.post("/v3/async/inpainting", content=body, headers={"Content-Type": kind})
    assert (answer.status_code, answer.json()["reason"]) == (400, "INVALID_REQUEST_BODY")


@pytest.mark.parametrize(
    "path",
    [
        "/engine/results/../../../../etc/passwd",
        "/engine/results/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/engine/results//etc/passwd",
        "/../../etc/passwd",
        "/v3/../../etc/passwd",
        "/docs/../../etc/passwd",
    ],
)
def test_no_path_leads_to_a_file(address: str, path: str) -> None:
    answer = asked(address, f"GET {path}")
    assert answer.startswith("HTTP/1.1 404 ")
    assert "root:" not in answer


def test_asking_changes_nothing(address: str) -> None:
    for path in ("/v3/async/inpainting", "/engine/tasks/x"):
        with client(address) as caller:
            assert caller.get(path).json()["reason"] == "API_NOT_FOUND"


def test_a_gigabyte_is_refused_by_its_announcement(address: str) -> None:
    lines = ("Content-Type: application/json", f"Content-Length: {2**30}", "Expect: 100-continue")
    answer = asked(address, SUBMIT, *lines)
    assert answer.startswith("HTTP/1.1 400 ")
    assert "IMAGE_FILE_EXCEEDS_MAX_SIZE" in answer


@pytest.mark.parametrize("line", ["X: " + "x" * 2**20, "X: y\r\n" * 200_000])
def test_a_head_without_an_end_is_refused(address: str, line: str) -> None:
    answer = asked(address, "GET /v3/user", line)
    assert answer.startswith("HTTP/1.1 400 ") or answer == ""


def test_a_flood_is_told_to_wait_and_does_not_touch_who_has_the_key(address: str) -> None:
    with connected(address) as line:
        again = head(address, "GET /v3/user", key="wrong").replace(b"Connection: close\r\n", b"")
        answer = told(line, 150 * again + head(address, "GET /v3/user", key="wrong"))
    assert answer.count("INVALID_API_KEY") > 1
    assert answer.count("HTTP/1.1 429 ") == answer.count("RATE_LIMIT_EXCEEDED") > 20
    assert answer.count("HTTP/1.1 429 ") == answer.lower().count("\r\nretry-after: ")
    with client(address) as caller:
        assert caller.get("/v3/user").status_code == 200


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_it_listens_on_this_machine_alone(address: str) -> None:
    port = int(address.rpartition(":")[2])
    listening = [
        fields[1]
        for table in ("tcp", "tcp6")
        for fields in map(str.split, Path(f"/proc/net/{table}").read_text().splitlines()[1:])
        if fields[3] == "0A" and int(fields[1].rpartition(":")[2], 16) == port
    ]
    assert listening == [f"0100007F:{port:04X}"]
