"""How requests travel: over the network, or straight into the engine."""

import logging
import ssl
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import anyio._backends._asyncio  # noqa: F401 - else the first request waits for it, in the loop
import httpx
import truststore

log = logging.getLogger(__name__)

Message = MutableMapping[str, Any]
Application = Callable[
    [Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]],
    Awaitable[None],
]
"""An ASGI application."""


@dataclass(frozen=True, slots=True)
class Clients:
    """Three clients that share nothing but the trust in certificates.

    `submit` opens a connection for each request: an old one that the other side has closed would
    look like a lost answer. `api` keeps its connections. `plain` is for pictures on foreign
    hosts. None of them holds credentials, keeps cookies or follows a redirect.
    """

    submit: httpx.AsyncClient
    api: httpx.AsyncClient
    plain: httpx.AsyncClient

    async def aclose(self) -> None:
        """Close every connection."""
        for client in (self.submit, self.api, self.plain):
            await client.aclose()


def clients(transport: httpx.AsyncBaseTransport | None) -> Clients:
    """Clients over `transport`, or over the network. Takes up to 0.1 s: run it in a thread."""
    trust = _trust() if transport is None else True
    return Clients(
        submit=_client(transport, trust, keep=0),
        api=_client(transport, trust, keep=4),
        plain=_client(transport, trust, keep=4),
    )


@cache
def _trust() -> ssl.SSLContext:
    """This machine's certificates: dear to read, and clients are made anew now and then."""
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _client(
    transport: httpx.AsyncBaseTransport | None, trust: ssl.SSLContext | bool, *, keep: int
) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=transport,
        verify=trust,
        # Plain http is for this machine alone, so it never goes through a proxy.
        mounts={"http://": None},
        limits=httpx.Limits(max_keepalive_connections=keep),
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        follow_redirects=False,
    )


class InProcess(httpx.ASGITransport):
    """Hands requests to an application in this process; no socket is involved."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        try:
            return await super().handle_async_request(request)
        except Exception as error:
            # Over a socket the application's failure would be a broken connection; here too.
            log.exception("the application failed at %s", request.url.path)
            raise httpx.ReadError("the application failed", request=request) from error


def in_process(application: Application) -> httpx.AsyncBaseTransport:
    """A transport into `application`, an ASGI app that runs in the caller's event loop."""
    return InProcess(application)
