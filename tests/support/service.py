"""A service for tests: speaks the contract over real sockets, remembers, and breaks when told to.

It runs in a thread of its own, so that tests with any event loop, or none, can talk to it. The
API, the pictures and "another host" have a port each, as real services have different hosts.
`python -m tests.support.service` runs it as a process of its own: see `apart.py`.
"""

import asyncio
import ssl
import threading
import time
from collections.abc import Coroutine
from concurrent.futures import Future
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from tests.support import tally
from tests.support.canary import KEY
from tests.support.faults import named
from tests.support.unbroken import API, Unbroken
from tests.support.wire import Call, Fault, Request

_PLACES = {
    "/v3/async/inpainting": "submit",
    "/v3/async/task-result": "poll",
    "/v3/model": "models",
    "/v3/user": "user",
}


@dataclass
class Armed:
    """A fault that waits for its requests: `after` go unharmed first, -1 times is for good."""

    fault: Fault
    times: int = 1
    after: int = 0


class Service(Unbroken):
    """`with Service() as service:` serves at `service.url` until the block ends.

    `images_url` and `sink_url` are the other two ports; nothing belongs at the sink, unless a
    test sends a client there. With `tls` the API is served over it.
    """

    def __init__(
        self,
        key: str | None = KEY,
        *,
        checks_pictures: bool = True,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        super().__init__(key, checks_pictures=checks_pictures)
        self._tls = tls
        self._armed: dict[str, list[Armed]] = {}
        self._connections = 0
        self._thread = threading.Thread(target=self._run, name="service")
        self._ports: Future[list[int]] = Future()
        self.port = 0
        self._loop: asyncio.AbstractEventLoop
        self._door: asyncio.Server
        self._open: dict[asyncio.Task[None], str] = {}
        self._bugs: list[Exception] = []

    def __enter__(self) -> Self:
        self._thread.start()
        self.port, images, sink = self._ports.result(10)
        self.url = f"http{'s' if self._tls else ''}://127.0.0.1:{self.port}"
        self.images_url = f"http://127.0.0.1:{images}"
        self.sink_url = f"http://127.0.0.1:{sink}"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(10)
        assert not self._thread.is_alive()
        assert self._bugs == []

    def inject(self, place: str, *faults: Fault) -> None:
        """Let the next requests to `place` meet `faults`, one each, in order."""
        self._armed.setdefault(place, []).extend(Armed(fault) for fault in faults)

    def arm(self, name: str, *, times: int = 1, after: int = 0, **parameters: Any) -> None:
        """Let requests meet the fault `name`; one of `api` is for the next to any of its places."""
        place = name.partition(".")[0]
        self._armed.setdefault(place, []).append(Armed(named(name, **parameters), times, after))

    def mend(self) -> None:
        """Forget all faults that have not happened yet."""
        self._armed.clear()

    def refuse(self) -> None:
        """Let connections to the API be refused from now on; those that stand are cut."""
        self.ledger.note(lambda: self.ledger.faults.append("api.refused"))
        self._within(self._shut())

    def accept(self) -> None:
        """End what `refuse` began."""
        self._within(self._listen())

    # The thread.

    def _within(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._end = asyncio.Event()
        await self._listen()
        elsewhere = [await self._at("image"), await self._at("sink")]
        servers = (self._door, *elsewhere)
        self._ports.set_result([server.sockets[0].getsockname()[1] for server in servers])
        await self._end.wait()
        for server in (self._door, *elsewhere):
            server.close()
        await self._cut({"", "image", "sink"})

    async def _at(self, place: str, **options: Any) -> asyncio.Server:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await self._talk(reader, writer, place)

        return await asyncio.start_server(talk, "127.0.0.1", **options)

    async def _listen(self) -> None:
        self._door = await self._at("", port=self.port, ssl=self._tls)

    async def _shut(self) -> None:
        self._door.close()
        await self._cut({""})

    async def _cut(self, ports: set[str]) -> None:
        """End all connections to some ports."""
        tasks = [task for task, port in self._open.items() if port in ports]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _talk(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: str
    ) -> None:
        """Answer the requests of one connection, until it ends or something broke it."""
        task = asyncio.current_task()
        assert task is not None
        self._open[task] = port
        self._connections += 1
        number = self._connections
        try:
            while not writer.is_closing():
                call = await Call.read(reader, writer, number)
                if call is None:
                    break
                call.service = self
                self._note(call.request, port)
                await self._answer(call)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client went, the fault cut the line, or the test is over
        except Exception as bug:  # noqa: BLE001  it is ours, and must not pass for a fault
            self._bugs.append(bug)
        finally:
            writer.close()
            del self._open[task]

    def _note(self, request: Request, port: str) -> None:
        request.place = port or _PLACES.get(request.path, "other")
        request.at = time.monotonic()
        task = self.ledger.tasks.get(request.query.get("task_id", ""))
        if task is not None and request.place == "poll":
            task.polls.append(request.at)
        self.ledger.add_request(request)

    async def _answer(self, call: Call) -> None:
        fault = self._next_fault(call.request.place)
        if fault is None:
            await call.answer(*await call.correct())
            return
        self.ledger.note(lambda: self.ledger.faults.append(fault.__name__))
        tally.note("faults fired")
        await fault(call)

    def _next_fault(self, place: str) -> Fault | None:
        """The fault whose turn it is; those of a place go before those of the whole API."""
        for where in (place, "api") if place in API else (place,):
            for armed in self._armed.get(where, [])[:1]:
                if armed.after:
                    armed.after -= 1
                    return None
                armed.times -= 1
                if armed.times == 0:
                    self._armed[where].pop(0)
                return armed.fault
        return None


if __name__ == "__main__":
    from tests.support.apart import main

    main()
