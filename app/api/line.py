"""The line to one service: its address, the key that goes nowhere else, its connections."""

import asyncio
import threading
from collections.abc import AsyncIterable, Callable, Mapping

import httpx

from app.api.transport import Clients, clients
from app.contract.reasons import Reason
from app.model.errors import Unauthorized


class Line:
    """Makes requests to the service at `base_url`, and the clients to send them with.

    `key` is asked anew for every request. Clients are made when first needed.
    """

    def __init__(
        self,
        base_url: str,
        key: Callable[[], str | None],
        transport: httpx.AsyncBaseTransport | None,
    ) -> None:
        self.base = httpx.URL(base_url.rstrip("/"))
        self._key = key
        self._transport = transport
        self._clients: Clients | None = None
        self._making = threading.Lock()

    def warm(self) -> Clients:
        """The clients. Blocks for up to 0.1 s the first time."""
        with self._making:
            if self._clients is None:
                self._clients = clients(self._transport)
            return self._clients

    async def clients(self) -> Clients:
        """The clients, without blocking."""
        if self._clients is None:
            return await asyncio.to_thread(self.warm)
        return self._clients

    async def aclose(self) -> None:
        """Close all connections; the line is of no use afterwards."""
        if self._clients is not None:
            await self._clients.aclose()

    def request(
        self,
        method: str,
        path: str,
        *,
        timeout: httpx.Timeout,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        content: AsyncIterable[bytes] | None = None,
    ) -> httpx.Request:
        """A request to `path` of the service, with the key."""
        url = httpx.URL(f"{self.base}{path}", params=params)
        # The services ask for this content type on every call, those without a body too.
        standing = {"Accept-Encoding": "gzip", "Content-Type": "application/json"}
        return httpx.Request(
            method,
            url,
            headers={**standing, **self._credentials(url), **(headers or {})},
            content=content,
            extensions={"timeout": timeout.as_dict()},
        )

    def _credentials(self, url: httpx.URL) -> dict[str, str]:
        key = (self._key() or "").strip()
        if not key or _origin(url) != _origin(self.base):
            return {}
        if not (key.isascii() and key.isprintable()) or " " in key:
            raise Unauthorized(reason=Reason.INVALID_API_KEY)  # no header can carry it
        return {"Authorization": f"Bearer {key}"}


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port
