"""`maskwright serve` as a process of its own, and bytes to send to it."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx

KEY = "served-key-4f1d90b7"
ROOT = Path(__file__).parents[2]

HASTY = """
import sys
from app.engine.connections import Patience
from app.engine.serve import serve
patience = Patience(head_s=0.4, body_s=0.8, slowest=1_000_000, connections=4)
sys.exit(serve(host="127.0.0.1", port=0, api_key=sys.argv[1], patience=patience))
"""


@contextmanager
def started(
    *command: str, given: str = "", **variables: str
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A process of Python with these arguments, and the first line that it printed."""
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, **variables},
        stdin=pipe,
        stdout=pipe,
        stderr=pipe,
        text=True,
    ) as process:
        try:
            assert process.stdin
            assert process.stdout
            process.stdin.write(given)
            process.stdin.close()
            process.stdin = None
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


@contextmanager
def serving(*options: str, key: str = KEY) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command with these options, and its address; `key` comes by standard input."""
    keys = ("--key-file", "-") if key else ()
    with started("-m", "app", "serve", *options, *keys, given=f"{key}\n") as served:
        yield served


def client(address: str, key: str = KEY) -> httpx.Client:
    headers = {"Authorization": f"Bearer {key}"}
    return httpx.Client(base_url=address, headers=headers, timeout=30, trust_env=False)


def connected(address: str) -> socket.socket:
    """A bare connection, on which every wait ends."""
    parts = urlsplit(address)
    assert parts.hostname
    assert parts.port
    return socket.create_connection((parts.hostname, parts.port), timeout=20)


def told(line: socket.socket, data: bytes) -> str:
    """All that comes back for `data` until the other side ends the connection."""
    answer = bytearray()
    try:
        line.sendall(data)
        while block := line.recv(65536):
            answer += block
    except ConnectionError:
        pass  # it ended while something was still on its way
    return answer.decode("latin-1")


def head(address: str, start: str, *lines: str, key: str = KEY) -> bytes:
    """The beginning of a request that closes the connection after its answer."""
    host = urlsplit(address).netloc
    standing = (f"Host: {host}", f"Authorization: Bearer {key}", "Connection: close")
    return "\r\n".join([f"{start} HTTP/1.1", *standing, *lines, "", ""]).encode("latin-1")
