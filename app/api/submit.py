"""The one call that costs money: sent once, and told apart whether it may have arrived."""

import asyncio
from collections.abc import Callable
from contextlib import closing

import httpx

from app.api.answers import read
from app.api.body import RequestBody
from app.api.deadlines import Deadlines
from app.api.errors import TROUBLE, never_connected, unreachable
from app.api.exchange import MAX_JSON, Reply, exchange
from app.api.line import Line
from app.api.retry import backoff_s
from app.contract import calls
from app.contract.parameters import Parameters
from app.contract.responses import Submitted
from app.model.errors import (
    AnswerLost,
    AppError,
    BadAnswer,
    RateLimited,
    ServiceDown,
    ServiceError,
    Unreachable,
)
from app.model.job import Upload

RETRIES = 3

_UNCLEAR = (BadAnswer, ServiceDown)
"""Answers that do not tell whether there is a task now."""


async def submit(
    line: Line,
    parameters: Parameters,
    upload: Upload,
    sent: Callable[[int, int], None],
    deadlines: Deadlines,
) -> str:
    """Send a job once; the id of its task.

    Raises `Unreachable` while the service cannot have the whole request, `AnswerLost` where it may
    have it and did not answer clearly, else the refusal; after that, nothing counts as sent.
    """

    def handed_over(out: int, total: int) -> None:
        if out == total:
            deadline.reschedule(asyncio.get_running_loop().time() + deadlines.answer)
        sent(out, total)

    with closing(RequestBody(parameters, upload, handed_over)) as body:
        try:
            allowed = deadlines.upload + body.length / deadlines.slowest
            async with asyncio.timeout(allowed) as deadline:
                reply = await _post(line, body, deadlines)
        except TROUBLE as error:
            if body.is_complete:
                raise AnswerLost(type(error).__name__) from error
            raise unreachable(error) from error
        except BadAnswer as error:
            raise _unclear(error, body) from error
    try:
        return read(Submitted, reply).task_id
    except ServiceError as error:
        if isinstance(error, _UNCLEAR) or reply.is_success:
            raise _unclear(error, body) from error
        sent(0, body.length)
        raise


async def _post(line: Line, body: RequestBody, deadlines: Deadlines) -> Reply:
    client = (await line.clients()).submit
    timeout = httpx.Timeout(
        connect=deadlines.connect, write=deadlines.stall, read=deadlines.answer, pool=None
    )
    request = line.request(
        "POST",
        calls.SUBMIT,
        headers={"Content-Length": str(body.length)},
        content=body,
        timeout=timeout,
    )
    return await exchange(client, request, limit=MAX_JSON)


def _unclear(error: ServiceError, body: RequestBody) -> AppError:
    told = (str(error.status or ""), error.reason, error.message)
    detail = " ".join(text for text in told if text)
    return AnswerLost(detail) if body.is_complete else Unreachable("network", detail)


def pause(error: AppError, tries: int) -> float | None:
    """When a job may be sent again: only if no connection stood or the service said "too fast"."""
    if tries == RETRIES:
        return None
    if isinstance(error, RateLimited) and error.retry_after_s is not None:
        return error.retry_after_s
    return backoff_s(tries) if isinstance(error, RateLimited) or never_connected(error) else None
