"""The engine on a real socket, as a process of its own."""

import io
import os
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from PIL import Image

from tests.support.serving import client, serving, started
from tests.support.waiting import wait_for


def settled(caller: httpx.Client, task_id: str) -> Any:
    deadline = time.monotonic() + 60
    while True:
        answer = caller.get("/v3/async/task-result", params={"task_id": task_id}).json()
        if answer["task"]["status"] in {"TASK_STATUS_SUCCEED", "TASK_STATUS_FAILED"}:
            return answer
        assert time.monotonic() < deadline
        time.sleep(0.15)  # more often would be told to wait


def descendants(pid: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def test_a_task_over_a_socket(samples: Any) -> None:
    with serving() as (process, address), client(address) as caller:
        assert address.startswith("http://127.0.0.1:")
        submitted = caller.post("/v3/async/inpainting", json=samples.body())
        answer = settled(caller, submitted.json()["task_id"])
        (image,) = answer["images"]
        assert image["image_url"].startswith(f"{address}/engine/results/")
        file = httpx.get(image["image_url"], trust_env=False)
        result = np.asarray(Image.open(io.BytesIO(file.content)))
        kept = samples.square_mask() == 0
        assert (result[kept] == samples.photo()[kept]).all()
        assert len(descendants(process.pid)) == 2 or sys.platform != "linux"


def test_refusals_arrive_even_while_a_large_body_is_sent() -> None:
    with serving() as (_, address):
        large = b" " * 20_000_000
        headers = {"Content-Type": "application/json"}
        with client(address, key="wrong") as caller:
            response = caller.post("/v3/async/inpainting", content=large, headers=headers)
            assert response.json()["reason"] == "INVALID_API_KEY"
        with client(address) as caller:
            response = caller.post("/v3/async/inpainting", content=large)
            assert "Content-Type" in response.json()["message"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.skipif(sys.platform == "win32", reason="sends POSIX signals")
def test_a_signal_ends_it_cleanly_with_all_its_processes(
    samples: Any, number: signal.Signals
) -> None:
    with serving() as (process, address), client(address) as caller:
        picture = samples.text(samples.png(samples.photo(600)))
        mask = samples.text(samples.png(samples.square_mask(600)))
        body = samples.body(image_base64=picture, mask_image_base64=mask, image_num=8)
        assert caller.post("/v3/async/inpainting", json=body).status_code == 200
        workers = descendants(process.pid)
        process.send_signal(number)
        assert process.wait(20) == 0
        assert process.stderr
        assert process.stderr.read() == ""
        assert [pid for pid in workers if Path(f"/proc/{pid}").exists()] == []


def test_a_key_is_made_up_and_shown_on_stderr() -> None:
    with serving(key="") as (process, address):
        assert process.stderr
        key = process.stderr.readline().removeprefix("API key: ").strip()
        assert len(key) >= 32
        with client(address, key=key) as caller:
            assert caller.get("/v3/user").status_code == 200
        with client(address, key=key + "x") as caller:
            assert caller.get("/v3/user").status_code == 403


def test_without_a_key_only_this_machine_is_served() -> None:
    with serving("--no-key", key="") as (_, address), client(address) as caller:
        del caller.headers["Authorization"]
        assert caller.get("/v3/user").status_code == 200
        foreign = caller.get("/v3/user", headers={"Origin": "null"})
        assert foreign.json()["reason"] == "API_NOT_ALLOWED"


@pytest.mark.parametrize("options", [("--no-key",), ()])
def test_others_are_not_served_without_a_chosen_key(options: tuple[str, ...]) -> None:
    with serving("--host", "0.0.0.0", *options, key="") as (process, first_line):
        assert process.wait(20) == 2
        assert first_line == ""
        assert process.stderr
        assert "others can reach 0.0.0.0" in process.stderr.read()


def test_a_key_comes_by_the_environment_too() -> None:
    with started("-m", "app", "serve", MASKWRIGHT_SERVE_KEY="by-the-environment") as (_, address):
        for key, status in (("by-the-environment", 200), ("another", 403)):
            with client(address, key=key) as caller:
                assert caller.get("/v3/user").status_code == status


def test_a_key_that_everybody_can_see_is_taken_with_a_warning() -> None:
    with serving("--api-key", "seen-by-all", key="") as (process, address):
        with client(address, key="seen-by-all") as caller:
            assert caller.get("/v3/user").status_code == 200
        assert process.stderr
        warning = process.stderr.readline()
        assert "--key-file" in warning
        assert "seen-by-all" not in warning


@pytest.mark.parametrize("key", [" ", "two words", "“quoted”"])
def test_what_cannot_be_a_key_is_said_plainly(key: str) -> None:
    with serving(key=key) as (process, first_line):
        assert process.wait(20) == 2
        assert first_line == ""
        assert process.stderr
        assert "key" in process.stderr.read()


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="needs IPv6")
def test_an_ipv6_address_is_shown_in_brackets() -> None:
    with serving("--host", "::1") as (process, address):
        if not address and process.wait(10):
            pytest.skip("this machine has no ::1")
        assert address.startswith("http://[::1]:")
        with client(address) as caller:
            assert caller.get("/v3/user").status_code == 200


def test_a_port_that_is_taken_is_said_plainly() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with serving("--port", str(port)) as (process, first_line):
            assert process.wait(20) == 2
            assert first_line == ""
            assert process.stderr
            assert f"cannot listen on 127.0.0.1 port {port}" in process.stderr.read()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_its_workers_end_when_it_is_killed(samples: Any) -> None:
    with serving() as (process, address), client(address) as caller:
        settled(caller, caller.post("/v3/async/inpainting", json=samples.body()).json()["task_id"])
        workers = descendants(process.pid)
        assert len(workers) == 2
        os.kill(process.pid, signal.SIGKILL)
        wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))
