"""The client: what a job needs of a service, as calls that answer or raise the program's errors."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence

import httpx

from app.api import listing
from app.api.answers import Record, read
from app.api.body import digest
from app.api.deadlines import DEADLINES, Deadlines
from app.api.download import download
from app.api.errors import TROUBLE, task_failure, unreachable
from app.api.exchange import MAX_JSON, Reply, exchange
from app.api.line import Line
from app.api.retry import Sleep, repeated
from app.api.submit import submit
from app.contract import calls
from app.contract.kinds import ModelType
from app.contract.parameters import Parameters
from app.contract.responses import Answer, Model, ModelList, ResultImage, TaskResult, User
from app.model.backoff import backoff_s
from app.model.errors import (
    AppError,
    BadAnswer,
    RateLimited,
    ServiceDown,
    ServiceError,
    TaskNotFound,
    Unreachable,
)
from app.model.job import Accepted, Upload

READ_TRIES = 3
READ_WAIT_S = 15.0
"""A longer wait than this is told instead of waited for: somebody looks at an empty list."""

BALANCE_AGE_S = 60.0
"""How long a balance counts as the one before a submit."""


class ApiClient:
    """Speaks the contract with the service at `base_url`.

    `key` is asked anew for every call. `transport` replaces the network: the way into the
    built-in engine. `can_stop` says that the other side knows how to end a task. Everything
    raises `AppError`s only.
    """

    def __init__(
        self,
        *,
        base_url: str,
        key: Callable[[], str | None],
        transport: httpx.AsyncBaseTransport | None = None,
        can_stop: bool = False,
        deadlines: Deadlines = DEADLINES,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._line = Line(base_url, key, transport)
        self._can_stop = can_stop
        self._deadlines = deadlines
        self._sleep = sleep
        self._balance: float | None = None
        self._balance_asked = 0.0

    def warm(self) -> None:
        """Make ready what the first call needs. Blocks for up to 0.1 s: call it in a thread."""
        self._line.warm()

    async def aclose(self) -> None:
        """Close all connections."""
        await self._line.aclose()

    def renew(self) -> None:
        """Use new connections from now on; calls under way keep theirs."""
        self._line.renew()

    @property
    def fingerprint(self) -> str:
        """Tells keys apart without telling them; empty without a key."""
        return self._line.fingerprint

    @property
    def recent_balance(self) -> float | None:
        """The balance, if the service told it within the last minute."""
        is_recent = time.monotonic() - self._balance_asked < BALANCE_AGE_S
        return self._balance if is_recent else None

    def digest(self, parameters: Parameters, upload: Upload) -> str:
        """The SHA-256, in hex, of the body of such a submit. Takes a while: run it in a thread."""
        return digest(parameters, upload)

    async def submit(
        self, parameters: Parameters, upload: Upload, sent: Callable[[int, int], None]
    ) -> Accepted:
        """Send a job, in one try; what the service took it as.

        Raises `Unreachable` when surely nothing was delivered, `AnswerLost` when that is not sure.
        `sent` is told (bytes out, bytes in all), first equal just before the last byte leaves, and
        (0, all) when the service has refused: a submit that is cancelled while they differ has
        started nothing.
        """
        return await submit(self._line, parameters, upload, sent, self._deadlines)

    async def task_result(self, task_id: str) -> TaskResult:
        """Where a task stands; one try."""
        query = {calls.TASK_ID: task_id}
        try:
            answer = await self._get(
                TaskResult, calls.TASK_RESULT, query, self._deadlines.task_result
            )
        except ServiceError as error:
            raise task_failure(error) from error
        if answer.task.task_id not in {"", task_id}:
            raise BadAnswer("an answer about another task")
        return answer

    async def fetch(self, image: ResultImage) -> bytes:
        """The bytes of a finished picture; one try, without credentials."""
        return await download(self._line, image.image_url, self._deadlines)

    async def models(self, kind: ModelType, *, sdxl: bool = False) -> Sequence[Model]:
        """All models of a kind that can be used now; `sdxl` asks for those of SDXL checkpoints."""

        async def page(cursor: str) -> ModelList:
            query = listing.query(kind, sdxl=sdxl, cursor=cursor)
            return await self._read(ModelList, calls.MODELS, query, self._deadlines.models)

        return await listing.listed(page)

    async def offers_inpainting(self) -> bool:
        """Whether there is any checkpoint to inpaint with; asks for one alone."""
        query = {
            **listing.query(ModelType.CHECKPOINT, sdxl=False, cursor=""),
            calls.PAGE_LIMIT: "1",
        }
        answer = await self._read(ModelList, calls.MODELS, query, self._deadlines.models)
        return bool(answer.models)

    async def user(self) -> User:
        """The account that the key belongs to."""
        user = await self._read(User, calls.USER, {}, self._deadlines.user)
        self._balance, self._balance_asked = user.balance, time.monotonic()
        return user

    async def stop(self, task_id: str) -> None:
        """End a task now, where the other side can; one that is over is no error."""
        if not self._can_stop:
            return
        path = calls.STOP.format(task_id=task_id)
        reply = await self._ask("DELETE", path, {}, self._deadlines.task_result)
        if not reply.is_success:
            try:
                read(Answer, reply)
            except TaskNotFound:
                return

    async def _read(
        self, kind: type[Record], path: str, query: Mapping[str, str], seconds: float
    ) -> Record:
        """As `_get`, tried again when the trouble may pass."""
        return await repeated(
            lambda: self._get(kind, path, query, seconds), _read_pause, self._sleep
        )

    async def _get(
        self, kind: type[Record], path: str, query: Mapping[str, str], seconds: float
    ) -> Record:
        reply = await self._ask("GET", path, query, seconds)
        # In a thread: a page of models takes long enough to be felt in a brush stroke.
        return await asyncio.to_thread(read, kind, reply)

    async def _ask(self, method: str, path: str, query: Mapping[str, str], seconds: float) -> Reply:
        timeout = httpx.Timeout(seconds, connect=self._deadlines.connect)
        try:
            async with asyncio.timeout(seconds):
                async with self._line.lend() as clients:
                    request = self._line.request(method, path, params=query, timeout=timeout)
                    return await exchange(clients.api, request, limit=MAX_JSON)
        except TROUBLE as error:
            raise unreachable(error) from error


def _read_pause(error: AppError, tries: int) -> float | None:
    if tries == READ_TRIES - 1:
        return None
    if isinstance(error, RateLimited) and error.retry_after_s is not None:
        return error.retry_after_s if error.retry_after_s <= READ_WAIT_S else None
    passes = isinstance(error, Unreachable | ServiceDown | RateLimited | BadAnswer)
    return backoff_s(tries) if passes else None
