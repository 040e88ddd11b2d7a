"""The ASGI app that answers the contract's calls, and what must be closed with it.

It uses plain asyncio only, so that it runs on the program's own event loop as well as under a
server. Nothing here takes long: heavy work is the worker processes'.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from app.contract import calls
from app.contract.reasons import Reason
from app.contract.request import MAX_BASE64
from app.contract.responses import TaskStatus
from app.engine import bodies, catalogue, documents
from app.engine.answers import answer_of
from app.engine.guard import RESULTS, Guard
from app.engine.process import Command, Worker, WorkerDied, worker_command
from app.engine.rates import Rates
from app.engine.refusals import Refusal
from app.engine.tasks import Limits, Task, Tasks
from app.worker.frames import Frame

log = logging.getLogger(__name__)

MAX_BODY = 2 * MAX_BASE64 + 2**20
"""Two of the largest files in base64, and room for everything else."""

TASK_TYPE = "INPAINTING"

_MAX_UPLOADS = 4
"""Bodies received at a time; with `MAX_BODY` this bounds what uploads take."""

_CHECK_DEADLINE_S = 60
_MEDIA_TYPES = {"png": "image/png", "webp": "image/webp", "jpeg": "image/jpeg"}


@dataclass(frozen=True, slots=True)
class Engine:
    """The engine: an ASGI app, and the processes behind it, which `aclose` ends."""

    app: ASGIApp
    tasks: Tasks
    _clerk: Worker

    async def aclose(self) -> None:
        """End every task and every process; the app answers no submits any more."""
        await self.tasks.aclose()
        await self._clerk.aclose()


def create_app(
    *,
    api_key: str | None,
    command: Command = worker_command,
    fillers: int = 1,
    limits: Limits | None = None,
    max_body: int = MAX_BODY,
    local_only: bool = False,
    rates: Rates | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Engine:
    """Build the engine. No process starts before the first task.

    `fillers` tasks run at a time. `local_only` is for a port on this machine, `rates` for every
    port, and an `api_key` is never None but for callers of this machine (see `Guard`).
    """
    tasks = Tasks([Worker(command) for _ in range(fillers)], limits or Limits(), clock)
    clerk = Worker(command)
    calls = _Calls(tasks, clerk, max_body)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        await engine.aclose()

    app = Starlette(
        routes=calls.routes(),
        exception_handlers={Refusal: _refused, HTTPException: _unrouted, Exception: _broken},
        lifespan=lifespan,
    )
    guard = Guard(app, api_key=api_key, max_body=max_body, local_only=local_only, rates=rates)
    engine = Engine(guard, tasks, clerk)
    return engine


class _Calls:
    """The calls, one method each."""

    def __init__(self, tasks: Tasks, clerk: Worker, max_body: int) -> None:
        self._tasks = tasks
        self._clerk = clerk
        self._max_body = max_body
        self._uploads = asyncio.Semaphore(_MAX_UPLOADS)

    def routes(self) -> list[Route]:
        return [
            Route(calls.SUBMIT, self.submit, methods=["POST"]),
            Route(calls.TASK_RESULT, self.task_result, methods=["GET"]),
            Route(calls.MODELS, self.models, methods=["GET"]),
            Route(calls.USER, self.user, methods=["GET"]),
            Route(RESULTS + "{name}", self.result, methods=["GET"]),
            Route(calls.STOP, self.stop, methods=["DELETE"]),
            Route("/openapi.json", self.openapi, methods=["GET"]),
            Route("/docs", self.docs, methods=["GET"]),
        ]

    async def submit(self, request: Request) -> Response:
        try:
            self._admit(request)
        except Refusal:
            # A client that still sends would lose the answer with a closed connection.
            await bodies.discard(request.receive, self._max_body)
            raise
        async with self._uploads:
            chunks = await bodies.read(request.receive, self._max_body)
        try:
            async with asyncio.timeout(_CHECK_DEADLINE_S):
                answer = await self._clerk.ask(Frame("check", parts=chunks), lambda _: None)
        except (WorkerDied, TimeoutError) as error:
            log.warning("a request could not be checked: %s", error)
            raise Refusal(Reason.CREATE_TASK_FAILED, "the request could not be checked") from error
        match answer.kind:
            case "order":
                return JSONResponse({"task_id": self._tasks.accept(answer).id})
            case "refusal":
                raise _refusal(answer)
            case _:
                raise Refusal(Reason.CREATE_TASK_FAILED, "the request could not be checked")

    def _admit(self, request: Request) -> None:
        """Refuse a submit whose body need not be looked at."""
        media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type != "application/json":
            raise Refusal(Reason.INVALID_REQUEST_BODY, "Content-Type must be application/json")
        self._tasks.check_room()
        if self._uploads.locked():
            raise Refusal(Reason.RATE_LIMIT_EXCEEDED, "too many uploads at a time", retry_after_s=5)

    async def task_result(self, request: Request) -> Response:
        task = self._tasks.find(request.query_params.get(calls.TASK_ID, ""))
        is_done = task.status is TaskStatus.SUCCEED
        return JSONResponse(
            {
                "extra": {"seed": str(task.seed)},
                "task": {
                    "task_id": task.id,
                    "status": task.status,
                    "reason": task.reason,
                    "task_type": TASK_TYPE,
                    "eta": self._tasks.eta_s(task),
                    "progress_percent": int(task.fraction * 100),
                },
                "images": self._images(request, task) if is_done else [],
                "videos": [],
                "audios": [],
            }
        )

    def _images(self, request: Request, task: Task) -> list[dict[str, object]]:
        base = str(request.base_url).rstrip("/")
        return [
            {
                "image_url": f"{base}{RESULTS}{name}.{task.image_type}",
                "image_url_ttl": self._tasks.ttl_s(task),
                "image_type": task.image_type,
            }
            for name in task.pictures
        ]

    async def result(self, request: Request) -> Response:
        name: str = request.path_params["name"]
        found = self._tasks.picture(name.rpartition(".")[0])
        if found is None:
            return Response("expired or never there", 404, media_type="text/plain")
        data, image_type = found
        headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
        return Response(data, headers=headers, media_type=_MEDIA_TYPES[image_type])

    async def stop(self, request: Request) -> Response:
        await self._tasks.stop(request.path_params["task_id"])
        return Response(status_code=204)

    async def models(self, request: Request) -> Response:
        return JSONResponse(catalogue.page(catalogue.ENTRIES, request.query_params))

    async def user(self, request: Request) -> Response:
        """Nothing costs anything here, so that there is nothing to hold."""
        return JSONResponse({"credit_balance": 0})

    async def openapi(self, request: Request) -> Response:
        return JSONResponse(documents.openapi())

    async def docs(self, request: Request) -> Response:
        policy = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
        return HTMLResponse(documents.page(), headers=policy)


def _refusal(answer: Frame) -> Refusal:
    data = answer.data
    return Refusal(Reason(data["reason"]), data["message"], field=data["field"])


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    return answer_of(error)


async def _unrouted(request: Request, error: Exception) -> Response:
    text = f"no such call: {request.method} {request.url.path}"
    return await _refused(request, Refusal(Reason.API_NOT_FOUND, text))


async def _broken(request: Request, error: Exception) -> Response:
    return await _refused(request, Refusal(Reason.CREATE_TASK_FAILED, "the engine failed"))
