"""The artist's standing with each service: its key, and its balance."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from app.contract.reasons import Reason
from app.model.errors import NothingOffered, Unauthorized, Unreachable

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.api.client import ApiClient
    from app.model.services import Service
    from app.storage.secrets import Key, KeyStore

CHECK_S = 30.0
"""How long a test of the connection may take in all, with what is tried again."""


class Accounts:
    """Keys as they were last found. Looking one up may wait for a keyring, so it is done in a
    thread, and requests use what is known: they never wait.
    """

    def __init__(
        self, store: Callable[[], KeyStore], client: Callable[[Service], ApiClient]
    ) -> None:
        self._store = store
        self._client = client
        self._known: dict[str, Key | None] = {}
        self._keeping = asyncio.Lock()

    def has_key(self, service: Service) -> bool:
        """Whether `service` needs no key, or one was found."""
        return not service.needs_key or self._known.get(service.account) is not None

    def reveal(self, service: Service) -> str | None:
        """The key itself, for the header of a request."""
        key = self._known.get(service.account)
        return None if key is None else key.reveal()

    async def find_key(self, service: Service) -> bool:
        """Look for the key anew; whether there is one or none is needed."""
        await asyncio.to_thread(self._look_up, service)
        return self.has_key(service)

    def ensure_key(self, service: Service) -> None:
        """Look for the key if that was never done; blocks."""
        if service.account not in self._known:
            self._look_up(service)

    async def place(self, service: Service) -> str | None:
        """Where the key is: `environment`, `keyring` or `session`; None when there is none."""
        return await asyncio.to_thread(lambda: self._store().place(service.account))

    async def keep(self, service: Service, typed: str) -> str:
        """Keep a typed key and say where; raises `InvalidInput`."""
        async with self._keeping:
            place = await asyncio.to_thread(lambda: self._store().set(service.account, typed))
            await self.find_key(service)
        return place

    async def forget(self, service: Service) -> None:
        """Drop the key, wherever it is kept."""
        await asyncio.to_thread(lambda: self._store().forget(service.account))
        await self.find_key(service)

    async def check(self, service: Service) -> float | None:
        """Ask the service, free of charge, whether it can be used with the key; its balance.

        Raises `AppError` when it cannot; without a key nobody is asked.
        """
        async with self._keeping:  # the one that was typed just now is the one to try out
            is_known = await self.find_key(service)
        if not is_known:
            raise Unauthorized(reason=Reason.MISSING_API_KEY)
        try:
            async with asyncio.timeout(CHECK_S):
                balance = await self.balance(service)
                offers = await self._client(service).offers_inpainting()
        except TimeoutError as error:
            raise Unreachable("timeout") from error
        if not offers:
            raise NothingOffered
        return balance

    async def balance(self, service: Service) -> float | None:
        """The balance in whole units of the currency; None when the service does not tell."""
        # In a thread, as the first client brings all of httpx with it.
        client = await asyncio.to_thread(self._client, service)
        return (await client.user()).balance

    def _look_up(self, service: Service) -> None:
        if service.needs_key:
            self._known[service.account] = self._store().get(service.account)
