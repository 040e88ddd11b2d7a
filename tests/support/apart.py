"""The service as a process of its own, which outlives the program that talks to it.

It writes its ledger to a file, whole each time, and takes orders at a port of its own: lines of
JSON, each answered by one. Its standard input begins with the key, which no list of processes
shall show, and when that input ends it does, too: none is left behind.
"""

import argparse
import asyncio
import json
import os
import socket
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from tests.support.ledger import Ledger
from tests.support.service import KEY, Service
from tests.support.unbroken import Pace

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
LONGEST_ORDER = 1 << 24  # a list of thousands of models is one


class ServiceApart:
    """`with ServiceApart(folder) as service:` runs one; it can do what a `Service` can.

    `state` is the ledger's summary, `ledger_file` where it is also kept.
    """

    def __init__(self, folder: Path, *, key: str = KEY) -> None:
        self.ledger_file = folder / "ledger.json"
        self._key = key

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "tests.support.service"]
        command += ["--ledger", str(self.ledger_file)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self._process = subprocess.Popen(command, cwd=ROOT, **pipes, text=True)
        print(self._key, file=self._process.stdin, flush=True)
        places = json.loads(self._process.stdout.readline())
        self.url, self.images_url, self.sink_url = places["api"], places["images"], places["sink"]
        self._line = socket.create_connection(("127.0.0.1", places["control"]), timeout=10)
        self._answers = self._line.makefile("r")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._answers.close()
        self._line.close()
        self._process.stdin.close()
        assert self._process.wait(10) == 0
        self._process.stdout.close()

    def arm(self, name: str, *, times: int = 1, after: int = 0, **parameters: Any) -> None:
        """As `Service.arm`."""
        self._order("arm", name=name, times=times, after=after, parameters=parameters)

    def mend(self) -> None:
        """As `Service.mend`."""
        self._order("mend")

    def refuse(self) -> None:
        """As `Service.refuse`."""
        self._order("refuse")

    def accept(self) -> None:
        """As `Service.accept`."""
        self._order("accept")

    def set(self, **facts: Any) -> None:
        """Change what a `Service` lets be changed; `pace` as {"queued": n, "working": n}."""
        self._order("set", **facts)

    @property
    def state(self) -> dict[str, Any]:
        """What has happened so far."""
        return dict(self._order("state"))

    def _order(self, order: str, **facts: Any) -> dict[str, Any]:
        self._line.sendall(json.dumps({"do": order, **facts}).encode() + b"\n")
        answer = json.loads(self._answers.readline())
        assert "error" not in answer, answer
        return dict(answer)


class Control:
    """Takes orders for a service."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._orders: dict[str, Callable[..., object]] = {
            "arm": self._arm,
            "mend": service.mend,
            "refuse": service.refuse,
            "accept": service.accept,
            "set": self._set,
            "state": service.ledger.summary,
        }

    async def listen(self) -> int:
        """Take orders at a port from now on; the port."""
        server = await asyncio.start_server(self._talk, "127.0.0.1", 0, limit=LONGEST_ORDER)
        return int(server.sockets[0].getsockname()[1])

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            answer = await asyncio.to_thread(self._obey, json.loads(line))
            writer.write(json.dumps(answer).encode() + b"\n")
            await writer.drain()
        writer.close()

    def _obey(self, order: dict[str, Any]) -> object:
        try:
            return self._orders[order.pop("do")](**order) or {}
        except (KeyError, TypeError, AttributeError) as error:
            return {"error": repr(error)}

    def _arm(self, name: str, times: int, after: int, parameters: dict[str, Any]) -> None:
        self._service.arm(name, times=times, after=after, **parameters)

    def _set(self, **facts: Any) -> None:
        if pace := facts.pop("pace", None):
            self._service.pace = Pace(**pace)
        for name, value in facts.items():
            assert hasattr(self._service, name), name
            setattr(self._service, name, value)


def main() -> None:
    """Serve until the standard input ends."""
    parser = argparse.ArgumentParser(prog="tests.support.service")
    parser.add_argument("--ledger", type=Path, required=True)
    options = parser.parse_args()
    with Service(sys.stdin.readline().strip()) as service:
        threading.Thread(target=_keep, args=(service.ledger, options.ledger), daemon=True).start()
        asyncio.run(_run(service))
        _write(service.ledger, options.ledger)


async def _run(service: Service) -> None:
    control = await Control(service).listen()
    places = {"api": service.url, "images": service.images_url, "sink": service.sink_url}
    print(json.dumps({**places, "control": control}), flush=True)
    await asyncio.to_thread(sys.stdin.read)


def _keep(ledger: Ledger, path: Path) -> None:
    """Write the ledger again after each change."""
    while True:
        written = _write(ledger, path)
        with ledger.changed:
            ledger.changed.wait_for(partial(_has_grown, ledger, written))


def _has_grown(ledger: Ledger, version: int) -> bool:
    return ledger.version > version


def _write(ledger: Ledger, path: Path) -> int:
    """Put the ledger into its file, whole; the version that was written."""
    with ledger.changed:
        summary, version = ledger.summary(), ledger.version
        draft = path.with_suffix(".draft")
        draft.write_text(json.dumps(summary, indent=1))
        os.replace(draft, path)
    return version
