"""The line to one service: its address, the key that goes nowhere else, its connections."""

import asyncio
import hashlib
import threading
from collections import Counter
from collections.abc import AsyncIterable, AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager

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
        self._calls: Counter[Clients] = Counter()

    def warm(self) -> Clients:
        """The clients. Blocks for up to 0.1 s the first time."""
        with self._making:
            if self._clients is None:
                self._clients = clients(self._transport)
            return self._clients

    @asynccontextmanager
    async def lend(self) -> AsyncIterator[Clients]:
        """The clients for one call; those that were renewed meanwhile close after their last."""
        clients = self._clients
        if clients is None:
            clients = await asyncio.to_thread(self.warm)
        self._calls[clients] += 1
        try:
            yield clients
        finally:
            self._calls[clients] -= 1
            await self._close_old()

    def renew(self) -> None:
        """Use new connections from now on: the old ones may lead nowhere since a suspend."""
        if self._transport is None:
            self._clients = None

    async def _close_old(self) -> None:
        unused = [old for old, calls in self._calls.items() if not calls]
        for old in unused:
            if old is not self._clients:
                del self._calls[old]
                await old.aclose()

    @property
    def fingerprint(self) -> str:
        """Tells keys apart without telling them; empty without a key."""
        key = (self._key() or "").strip()
        return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:16] if key else ""

    async def aclose(self) -> None:
        """Close all connections; the line is of no use afterwards."""
        for one in {*self._calls, self._clients}:
            if one is not None:
                await one.aclose()

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
