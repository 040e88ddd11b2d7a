"""The parts that a window and a command share, built once and handed out.

Everything heavy is imported and made when it is first asked for, so that importing this module
costs next to nothing.
"""

from __future__ import annotations

import asyncio
import os
import threading
from contextlib import suppress
from functools import cached_property, partial
from typing import TYPE_CHECKING, Self

from app.accounts import Accounts
from app.model.errors import InvalidInput, StorageError
from app.model.model_list import ModelList
from app.model.services import BUILTIN, PRESETS, Service, custom
from app.storage.folders import Folders
from app.storage.secrets import VARIABLE, Key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from app.api.client import ApiClient
    from app.contract.kinds import ModelType
    from app.engine.service import Engine
    from app.jobs.ports import Ports
    from app.model.picture import Picture
    from app.model.project import OpenedProject
    from app.model.record import Recovery
    from app.storage.catalogue_cache import CatalogueCache
    from app.storage.jobs.journal import SqliteJournal
    from app.storage.pictures.loading import Pictures
    from app.storage.pictures.reading import Attention
    from app.storage.secrets import KeyStore

BASE_URL = "MASKWRIGHT_BASE_URL"


class Parts:
    """Folders, keys, clients, journal and shelf, and the engine behind its client.

    `results`, `template` and `describes` (whether results tell how they were made) are asked each
    time a picture is saved, as the artist may change them; `dated` puts each day's results into a
    folder of its own. `pictures` are given when a picture is being read already.
    """

    def __init__(
        self,
        folders: Folders,
        *,
        environ: Mapping[str, str] = os.environ,
        results: Callable[[], Path] | None = None,
        template: Callable[[], str] | None = None,
        describes: Callable[[], bool] = lambda: True,
        dated: bool = True,
        pictures: Pictures | None = None,
    ) -> None:
        self.folders = folders
        self._pictures = pictures
        self._environ = environ
        self._results = results or (lambda: folders.results)
        self._template = template
        self._describes = describes
        self._dated = dated
        self._clients: dict[Service, ApiClient] = {}
        self._meant: set[str] = set()
        self._making = threading.Lock()
        self._bringing = threading.Lock()
        self._journal: SqliteJournal | None = None
        self._opening = threading.Lock()
        self.accounts = Accounts(lambda: self.keys, self.client)
        self._engine: Engine | None = None

    @classmethod
    def from_environment(cls, *, out: Path | None = None, describes: bool = True) -> Self:
        """The parts for a command; `out` takes its results without a folder for the day."""
        results = None if out is None else (lambda: out)
        return cls(
            Folders.standard(), results=results, describes=lambda: describes, dated=out is None
        )

    def service(self, base_url: str | None = None) -> Service:
        """The service at `base_url`, else of the environment, else the built-in engine.

        With a key but no address it is the first preset. Raises `InvalidInput` for `base_url`.
        """
        service = self._named((base_url or "").strip().rstrip("/") or self.given_url)
        self._meant.add(service.account)
        return service

    @property
    def given_url(self) -> str:
        """The address that the environment names; empty when it names none."""
        return self._environ.get(BASE_URL, "").strip().rstrip("/")

    def _named(self, url: str) -> Service:
        if url:
            known = (preset for preset in PRESETS if preset.base_url == url)
            return next(known, None) or self._custom(url)
        has_key = bool(self._environ.get(VARIABLE, "").strip())
        return PRESETS[1] if has_key else BUILTIN

    def _is_meant(self, account: str) -> bool:
        """Whether the environment's key is for `account`: that of the service that was named.

        Who chooses another service in the window has not said that it may have that key.
        """
        if not self._meant:
            with suppress(InvalidInput):
                self.service()
        return account in self._meant

    @staticmethod
    def _custom(url: str) -> Service:
        try:
            return custom(url)
        except ValueError as error:
            raise InvalidInput("base_url", str(error)) from error

    @cached_property
    def keys(self) -> KeyStore:
        """Where keys are kept. Looking one up may block for seconds."""
        from app.storage.secrets import KeyStore

        return KeyStore(self._environ, meant_for=self._is_meant)

    @property
    def journal(self) -> SqliteJournal:
        """The record of jobs, opened on first use; any thread may ask."""
        from app.storage.jobs.journal import SqliteJournal

        # A lock of its own: the disk may take long, and clients are asked for by the window.
        with self._opening:
            if self._journal is None:
                self._journal = SqliteJournal(self.folders.data, self.pictures.load_bytes)
            return self._journal

    def recover(self) -> Recovery:
        """Put in order what an earlier end has left of jobs; blocks."""
        return self.journal.recover(self._results())

    @cached_property
    def model_cache(self) -> CatalogueCache:
        """The model lists as last seen."""
        from app.storage.catalogue_cache import CatalogueCache

        return CatalogueCache(self.folders.cache)

    @property
    def pictures(self) -> Pictures:
        """What reads pictures, made on first use; any thread may ask."""
        from app.storage.pictures.loading import Pictures

        # A lock of its own: making a client takes longer than a picture should wait.
        with self._bringing:
            if self._pictures is None:
                self._pictures = Pictures()
            return self._pictures

    def load(self, source: Path | bytes, attention: Attention | None = None) -> Picture:
        """The picture in a file or in its bytes; blocks, raises `PictureError`."""
        if isinstance(source, bytes):
            return self.pictures.load_bytes(source)
        return self.pictures.load(source, attention)

    def open(self, path: Path, attention: Attention) -> Picture | OpenedProject:
        """What a file holds, be it a picture or a project; as `load` otherwise."""
        return self.pictures.open(path, attention)

    def client(self, service: Service) -> ApiClient:
        """The client of `service`, made on first use; any thread may ask."""
        with self._making:
            if service not in self._clients:
                self._clients[service] = self._new_client(service)
            return self._clients[service]

    def ports(self, service: Service) -> Ports:
        """All that a job for `service` needs from outside, its key among it. Blocks at first."""
        from app.jobs.ports import Ports
        from app.storage.jobs.shelf import ResultShelf
        from app.storage.names import DEFAULT_TEMPLATE
        from app.storage.pictures.originals import original_bytes

        self.accounts.ensure_key(service)
        template = self._template or (lambda: DEFAULT_TEMPLATE)
        return Ports(
            backend=self.client(service),
            journal=self.journal,
            shelf=ResultShelf(self.folders.jobs, self._results, template, dated=self._dated),
            decode=self.pictures.load_bytes,
            original=partial(
                original_bytes,
                decode=self.pictures.load_bytes,
                is_plain=self.pictures.is_plain,
            ),
            describes=self._describes,
        )

    async def models(self, service: Service, kind: ModelType, sdxl: bool) -> ModelList:
        """The models of `service`, asked for now and kept for later.

        Where it lists none, those that it was last seen with: one that lost its list may have
        them all the same. A disk that cannot keep the list takes it from nobody.
        """
        client = await asyncio.to_thread(self.client, service)
        models = tuple(await client.models(kind, sdxl=sdxl))
        if service.is_builtin:
            return ModelList(models)
        if not models:
            return await self.cached_models(service, kind, sdxl)
        with suppress(StorageError):
            await asyncio.to_thread(self.model_cache.save, service, kind, models, sdxl=sdxl)
        return ModelList(models)

    async def cached_models(self, service: Service, kind: ModelType, sdxl: bool) -> ModelList:
        """The models of `service` as last seen; none if it was never asked."""
        if service.is_builtin:
            return ModelList()

        def load() -> ModelList:
            return self.model_cache.load(service, kind, sdxl=sdxl) or ModelList()

        return await asyncio.to_thread(load)

    async def aclose(self) -> None:
        """Close connections, end all processes, close the journal."""
        for client in self._clients.values():
            await client.aclose()
        if self._engine is not None:
            await self._engine.aclose()
        if self._pictures is not None:
            await asyncio.to_thread(self._pictures.close)
        if self._journal is not None:
            await asyncio.to_thread(partial(self._journal.close, clean=True))

    def _new_client(self, service: Service) -> ApiClient:
        from app.api.client import ApiClient

        if not service.is_builtin:
            return ApiClient(base_url=service.base_url, key=lambda: self.accounts.reveal(service))
        from secrets import token_urlsafe

        from app.api.transport import in_process
        from app.engine.service import create_app

        key = Key(token_urlsafe(32))
        self._engine = create_app(api_key=key.reveal())
        return ApiClient(
            base_url=service.base_url,
            key=key.reveal,
            transport=in_process(self._engine.app),
            can_stop=True,
        )
