"""The one call that costs money: sent once, and told apart whether it may have arrived.

A request whose last byte was not handed over cannot have been carried out: its length is
announced. That is the one proof believed here. httpcore's trace would say less: its
`send_request_body.complete` comes after the last write has returned, when the service may long
have acted, so a request without that event may still have been carried out.
"""

import asyncio
from collections.abc import Callable
from contextlib import closing

import httpx

from app.api.answers import read, salvaged_id
from app.api.body import RequestBody
from app.api.deadlines import Deadlines
from app.api.errors import TROUBLE, unreachable
from app.api.exchange import MAX_JSON, Heard, Reply, exchange
from app.api.line import Line
from app.contract import calls
from app.contract.parameters import Parameters
from app.contract.responses import Submitted
from app.model.errors import (
    AnswerLost,
    AppError,
    BadAnswer,
    ServiceDown,
    ServiceError,
    Unreachable,
    WrongAddress,
)
from app.model.job import Accepted, Upload

MAX_RAW = 64 * 1024
"""Most bytes of an answer that are kept for whoever has to find out what became of a job."""


async def submit(
    line: Line,
    parameters: Parameters,
    upload: Upload,
    sent: Callable[[int, int], None],
    deadlines: Deadlines,
) -> Accepted:
    """Send a job once; what the service took it as.

    Raises `Unreachable` while the service cannot have the whole request, `AnswerLost` where it may
    have it and did not answer clearly, else the refusal; after that, nothing counts as sent.
    """

    def handed_over(out: int, total: int) -> None:
        if out == total:
            deadline.reschedule(asyncio.get_running_loop().time() + deadlines.answer)
        sent(out, total)

    heard = Heard()
    with closing(RequestBody(parameters, upload, handed_over)) as body:
        try:
            allowed = deadlines.upload + body.length / deadlines.slowest
            async with asyncio.timeout(allowed) as deadline:
                reply = await _post(line, body, deadlines, heard)
        except TROUBLE as error:
            raise _broken(error, body, heard) from error
        except BadAnswer as error:
            raise _unclear(error, body, heard) from error
    try:
        return Accepted(task_id=read(Submitted, reply).task_id, answer=heard.data[:MAX_RAW])
    except ServiceError as error:
        if _is_clear(error, body):
            sent(0, body.length)
            raise
        raise _unclear(error, body, heard) from error


async def _post(line: Line, body: RequestBody, deadlines: Deadlines, heard: Heard) -> Reply:
    timeout = httpx.Timeout(
        connect=deadlines.connect, write=deadlines.stall, read=deadlines.answer, pool=None
    )
    async with line.lend() as clients:
        request = line.request(
            "POST",
            calls.SUBMIT,
            headers={"Content-Length": str(body.length)},
            content=body,
            timeout=timeout,
        )
        return await exchange(clients.submit, request, limit=MAX_JSON, heard=heard)


def _is_clear(error: ServiceError, body: RequestBody) -> bool:
    """Whether a refusal says for certain that there is no task."""
    if isinstance(error, WrongAddress) and not error.reason:
        return not body.is_complete  # else nobody knows whom the one who said so passed it on to
    return not isinstance(error, BadAnswer | ServiceDown)


def _broken(error: Exception, body: RequestBody, heard: Heard) -> AppError:
    """What a connection's end means: it may have come before the answer or within it."""
    if not body.is_complete:
        return unreachable(error)
    return _lost(type(error).__name__, "cut" if heard.status else "silence", heard)


def _unclear(error: ServiceError, body: RequestBody, heard: Heard) -> AppError:
    """What an answer means that does not tell whether there is a task now."""
    told = (str(error.status or ""), error.reason, error.message)
    detail = " ".join(text for text in told if text)
    if not body.is_complete:
        return Unreachable("network", detail)
    kinds = {ServiceDown: "trouble", WrongAddress: "elsewhere"}
    return _lost(detail, kinds.get(type(error), "unreadable"), heard)


def _lost(detail: str, kind: str, heard: Heard) -> AnswerLost:
    raw = heard.data[:MAX_RAW]
    return AnswerLost(detail, kind=kind, raw=raw, task_id=salvaged_id(raw))
