"""Fetching a finished picture from wherever the service put it, without credentials."""

import asyncio

import httpx

from app.api.addresses import picture_url
from app.api.deadlines import Deadlines
from app.api.errors import TROUBLE, unreachable
from app.api.exchange import MAX_PICTURE, Reply, exchange
from app.api.line import Line
from app.model.errors import BadAnswer

MAX_REDIRECTS = 3


async def download(line: Line, address: str, deadlines: Deadlines) -> bytes:
    """The bytes at `address`; one try. Raises `BadAnswer` or `Unreachable`."""
    url = picture_url(address, line.base)
    loop = asyncio.get_running_loop()
    started = loop.time()
    try:
        async with asyncio.timeout(deadlines.picture) as deadline:

            def received(count: int) -> None:
                allowed = deadlines.picture + count / deadlines.slowest
                deadline.reschedule(started + min(allowed, deadlines.picture_at_most))

            async with line.lend() as clients:
                for _ in range(MAX_REDIRECTS + 1):
                    request = _request(url, deadlines)
                    reply = await exchange(
                        clients.plain, request, limit=MAX_PICTURE, received=received
                    )
                    if not reply.headers.get("Location") or reply.status not in range(300, 400):
                        return _picture(reply)
                    url = _next(url, reply, line.base)
    except TROUBLE as error:
        raise unreachable(error) from error
    raise BadAnswer("redirected too often", status=reply.status)


def _request(url: httpx.URL, deadlines: Deadlines) -> httpx.Request:
    timeout = httpx.Timeout(deadlines.picture_stall, connect=deadlines.connect)
    return httpx.Request(
        "GET",
        url,
        headers={"Accept-Encoding": "identity"},
        extensions={"timeout": timeout.as_dict()},
    )


def _next(url: httpx.URL, reply: Reply, base: httpx.URL) -> httpx.URL:
    target = picture_url(str(url.join(reply.headers["Location"])), base)
    if url.scheme == "https" and target.scheme != "https":
        raise BadAnswer("redirected to a place that is not encrypted", status=reply.status)
    return target


def _picture(reply: Reply) -> bytes:
    if reply.status != httpx.codes.OK:
        raise BadAnswer("no picture", status=reply.status)
    if not reply.data:
        raise BadAnswer("an empty picture", status=reply.status)
    return reply.data
