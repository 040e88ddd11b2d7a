"""A service for tests: speaks the contract over real sockets, remembers, and breaks when told to.

It runs in a thread of its own, so that tests with any event loop, or none, can talk to it. The
API and the pictures have a port each, as real services have different hosts.
"""

import asyncio
import base64
import json
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from tests.support.wire import Call, Fault, Request

KEY = "sk-test-4f1d90b7c2aa"

_PLACES = {
    "/v3/async/inpainting": "submit",
    "/v3/async/task-result": "poll",
    "/v3/model": "models",
    "/v3/user": "user",
}


@dataclass
class Ledger:
    """Everything that reached the service, in order."""

    requests: list[Request] = field(default_factory=list)
    tasks: dict[str, Any] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def at(self, place: str) -> list[Request]:
        """The requests to one place: submit, poll, models, user, image or other."""
        return [request for request in self.requests if request.place == place]

    def hits(self, fault: str) -> int:
        """How often a fault really happened: a test without a hit proves nothing."""
        return self.faults.count(fault)

    @property
    def leaks(self) -> list[Request]:
        """Requests for pictures that brought along what only the API may see."""
        secrets = ("authorization", "cookie")
        return [r for r in self.at("image") if any(name in r.headers for name in secrets)]

    def note(self, change: Callable[[], object]) -> None:
        """Change the ledger and wake who waits for it."""
        with self.changed:
            change()
            self.changed.notify_all()

    def until(self, condition: Callable[["Ledger"], bool]) -> None:
        """Wait until the ledger is as `condition` says."""
        with self.changed:
            assert self.changed.wait_for(lambda: condition(self), timeout=10)


class Service:
    """`with Service() as service:` serves at `service.url` until the block ends.

    `models` is what the list holds, `pages` scripts its pages instead: cursor to answer.
    Every task succeeds at once; its pictures are the one that was sent.
    """

    def __init__(self, key: str | None = KEY) -> None:
        self.key = key
        self.ledger = Ledger()
        self.models: list[dict[str, Any]] = []
        self.pages: dict[str, dict[str, Any]] = {}
        self._faults: dict[str, list[Fault]] = {}
        self._connections = 0
        self._thread = threading.Thread(target=self._run, name="service")
        self._ports: Future[tuple[int, int]] = Future()
        self._loop: asyncio.AbstractEventLoop
        self._open: set[asyncio.Task[None]] = set()

    def __enter__(self) -> Self:
        self._thread.start()
        api, images = self._ports.result(10)
        self.url = f"http://127.0.0.1:{api}"
        self.images_url = f"http://127.0.0.1:{images}"
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

    def inject(self, place: str, *faults: Fault) -> None:
        """Let the next requests to `place` meet `faults`, one each, in order."""
        self._faults.setdefault(place, []).extend(faults)

    def create(self, body: bytes) -> str:
        """Do what a submit asks for; the id of the new task."""
        task_id = f"task-{len(self.ledger.tasks) + 1}"
        content = json.loads(body)
        self.ledger.note(lambda: self.ledger.tasks.update({task_id: content}))
        return task_id

    # The thread.

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._end = asyncio.Event()
        api = await asyncio.start_server(self._api, "127.0.0.1", 0)
        images = await asyncio.start_server(self._images, "127.0.0.1", 0)
        self._ports.set_result(
            (api.sockets[0].getsockname()[1], images.sockets[0].getsockname()[1])
        )
        await self._end.wait()
        for server in (api, images):
            server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _api(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._talk(reader, writer, "")

    async def _images(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._talk(reader, writer, "image")

    async def _talk(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, place: str
    ) -> None:
        """Answer the requests of one connection, until it ends or something broke it."""
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        self._connections += 1
        number = self._connections
        try:
            while (call := await Call.read(reader, writer, number)) is not None:
                call.request.place = place or _PLACES.get(call.request.path, "other")
                self.ledger.note(lambda r=call.request: self.ledger.requests.append(r))
                await self._answer(call)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client went, the fault cut the line, or the test is over
        finally:
            writer.close()
            self._open.discard(task)

    async def _answer(self, call: Call) -> None:
        if queued := self._faults.get(call.request.place):
            fault = queued.pop(0)
            name = getattr(fault, "__name__", "")
            self.ledger.note(lambda: self.ledger.faults.append(name))
            call.create = self.create
            await fault(call)
            return
        body = await call.body()
        if call.request.place != "image" and (refusal := self._refusal(call.request)):
            await call.answer(refusal["code"], refusal)
            return
        answers: dict[str, Callable[[Request, bytes], object]] = {
            "submit": lambda request, body: {"task_id": self.create(body)},
            "poll": lambda request, body: self._result(request.query["task_id"]),
            "models": lambda request, body: self._page(request.query),
            "user": lambda request, body: {"credit_balance": 123_400},
            "image": lambda request, body: self._picture(request.path),
            "other": lambda request, body: b"404 page not found",
        }
        answer = answers[call.request.place](call.request, body)
        await call.answer(404 if call.request.place == "other" else 200, answer)

    def _refusal(self, request: Request) -> dict[str, Any] | None:
        given = request.headers.get("authorization")
        if self.key is None or given == f"Bearer {self.key}":
            return None
        if given is None:
            return {"code": 400, "reason": "MISSING_API_KEY", "message": "no key"}
        return {"code": 403, "reason": "INVALID_API_KEY", "message": "invalid api-key"}

    def _result(self, task_id: str) -> Mapping[str, Any]:
        number = self.ledger.tasks[task_id]["request"]["image_num"]
        return {
            "extra": {"seed": "7"},
            "task": {"task_id": task_id, "status": "TASK_STATUS_SUCCEED"},
            "images": [
                {"image_url": f"{self.images_url}/{task_id}/{n}.png?sign=secret"}
                for n in range(number)
            ],
        }

    def _page(self, query: Mapping[str, str]) -> Mapping[str, Any]:
        cursor = query.get("pagination.cursor", "")
        return self.pages.get(cursor) or {"models": self.models, "pagination": {"next_cursor": ""}}

    def _picture(self, path: str) -> bytes:
        task_id = path.split("/")[1]
        return base64.b64decode(self.ledger.tasks[task_id]["request"]["image_base64"])
