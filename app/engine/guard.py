"""Who may talk to the engine: callers with the key, and no web page on its own account."""

import hmac
import logging
from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Receive, Scope, Send

from app.contract.reasons import Reason
from app.engine.answers import answer_of
from app.engine.bodies import discard, too_large
from app.engine.rates import Rates
from app.engine.refusals import Refusal

log = logging.getLogger(__name__)

OPEN_PATHS = ("/docs", "/openapi.json")
"""Pages that need no key."""

RESULTS = "/engine/results/"
"""Result files need none either: their names cannot be guessed, as with presigned links."""

_OWN_FETCHES = {"none", "same-origin"}


class Guard:
    """Checks each request before routing, so that even an unknown path asks for the key.

    With `local_only` the Host must name this machine and the port that answers, so that a
    foreign name that is made to point here (DNS rebinding) gets nothing. Without an `api_key`
    nobody is asked for one. `rates` counts callers with the key apart from others at the same
    address, so that nobody who lacks it can use up what they may ask.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        api_key: str | None,
        max_body: int,
        local_only: bool = False,
        rates: Rates | None = None,
    ) -> None:
        self._app = app
        self._key = None if api_key is None else api_key.encode()
        self._max_body = max_body
        self._local_only = local_only
        self._rates = rates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            await self._answer(scope, receive, send)
        except ClientDisconnect:
            log.info("a caller hung up")

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            self._check(scope)
        except Refusal as refusal:
            # A client that still sends would lose the answer with a closed connection. One that
            # announces too much is better told before it begins.
            if not self._is_too_long(Headers(scope=scope)):
                await discard(receive, self._max_body)
            await answer_of(refusal)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _check(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        try:
            self._check_page(scope, headers)
            if self._is_too_long(headers):
                raise too_large()
            has_key = self._check_key(scope["path"], headers.get("authorization", ""))
        except Refusal:
            self._count(scope, "stranger")
            raise
        self._count(scope, "caller" if has_key else "stranger")

    def _check_page(self, scope: Scope, headers: Headers) -> None:
        """Refuse what a web page of someone else's sends."""
        host = headers.get("host", "")
        if self._local_only and not _is_local(host, scope["server"]):
            raise Refusal(Reason.API_NOT_ALLOWED, "the Host header does not name this server")
        origin = headers.get("origin")
        if origin is not None and origin != f"{scope['scheme']}://{host}":
            raise Refusal(Reason.API_NOT_ALLOWED, "requests from other origins are not answered")
        if headers.get("sec-fetch-site", "none") not in _OWN_FETCHES:
            raise Refusal(Reason.API_NOT_ALLOWED, "requests from other sites are not answered")

    def _is_too_long(self, headers: Headers) -> bool:
        """Whether a body announces itself as too large; others are measured as they come."""
        return int(headers.get("content-length", 0)) > self._max_body

    def _check_key(self, path: str, authorization: str) -> bool:
        """Whether the caller has the key; False where none is needed."""
        if self._key is None:
            return True
        if path in OPEN_PATHS or path.startswith(RESULTS):
            return False
        scheme, _, key = authorization.partition(" ")
        if not authorization or (scheme.lower() == "bearer" and not key.strip()):
            raise Refusal(Reason.MISSING_API_KEY, "send the key as Authorization: Bearer KEY")
        is_right = hmac.compare_digest(key.strip().encode("latin-1", "replace"), self._key)
        if scheme.lower() != "bearer" or not is_right:
            raise Refusal(
                Reason.INVALID_API_KEY, "the key is not the one this engine was started with"
            )
        return True

    def _count(self, scope: Scope, kind: str) -> None:
        if self._rates is not None:
            address, _ = scope["client"] or ("", 0)
            self._rates.count(f"{kind} {address}")


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this machine alone."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _is_local(host: str, server: Iterable[object]) -> bool:
    try:
        parts = urlsplit(f"//{host}")
        port = parts.port or 80
    except ValueError:
        return False
    _, own_port = server
    return is_loopback(parts.hostname or "") and port == own_port
