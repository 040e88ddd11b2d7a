"""Who may talk to the engine: callers with the key, and no web page on its own account."""

import hmac
import logging
from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from app.contract.reasons import Reason
from app.engine.bodies import discard
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
    foreign name that is made to point here (DNS rebinding) gets nothing.
    """

    def __init__(
        self, app: ASGIApp, *, api_key: str, max_body: int, local_only: bool = False
    ) -> None:
        self._app = app
        self._key = api_key.encode()
        self._max_body = max_body
        self._local_only = local_only

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
            # A client that still sends would lose the answer with a closed connection.
            await discard(receive, self._max_body)
            response = JSONResponse(refusal.body, refusal.status)
            await response(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _check(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if self._local_only and not _is_local(host, scope["server"]):
            raise Refusal(Reason.API_NOT_ALLOWED, "the Host header does not name this server")
        origin = headers.get("origin")
        if origin is not None and origin != f"{scope['scheme']}://{host}":
            raise Refusal(Reason.API_NOT_ALLOWED, "requests from other origins are not answered")
        if headers.get("sec-fetch-site", "none") not in _OWN_FETCHES:
            raise Refusal(Reason.API_NOT_ALLOWED, "requests from other sites are not answered")
        path: str = scope["path"]
        if path not in OPEN_PATHS and not path.startswith(RESULTS):
            self._check_key(headers.get("authorization", ""))

    def _check_key(self, authorization: str) -> None:
        scheme, _, key = authorization.partition(" ")
        if not authorization or (scheme.lower() == "bearer" and not key.strip()):
            raise Refusal(Reason.MISSING_API_KEY, "send the key as Authorization: Bearer KEY")
        is_right = hmac.compare_digest(key.strip().encode("latin-1", "replace"), self._key)
        if scheme.lower() != "bearer" or not is_right:
            raise Refusal(
                Reason.INVALID_API_KEY, "the key is not the one this engine was started with"
            )


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
