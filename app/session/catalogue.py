"""The models that the current service offers, for the pickers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.contract.kinds import ModelType
from app.model.errors import AppError
from app.model.model_list import ModelList

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    # For types alone: the answers' models are dear to make, and no answer is read at start-up.
    from app.contract.responses import Model
    from app.session.tasks import Spawn

    Load = Callable[[ModelType, bool], Awaitable[ModelList]]


class Catalogue(QObject):
    """Lists by kind of model: those of an earlier day first, today's when asked for.

    The last argument of `load` and `cached`, and `sdxl` here, asks for the LoRAs that fit an SDXL
    checkpoint. `changed(kind)` tells that a list, or that it is being loaded, is another;
    `failed(kind, error)` that loading it failed, which leaves the list as it was.
    """

    changed = Signal(str)
    failed = Signal(str, object)

    def __init__(
        self, load: Load, cached: Load, spawn: Spawn, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._load = load
        self._cached = cached
        self._spawn = spawn
        self._lists: dict[tuple[ModelType, bool], ModelList] = {}
        self._loaded: set[tuple[ModelType, bool]] = set()
        self._loading: set[tuple[ModelType, bool]] = set()
        self._errors: dict[tuple[ModelType, bool], AppError] = {}
        self._round = 0

    def models(self, kind: ModelType, sdxl: bool = False) -> tuple[Model, ...]:
        """What is known now; asked for the first time, the list of an earlier day is on its way."""
        key = (kind, sdxl)
        if key not in self._lists:
            self._lists[key] = ModelList()
            self._spawn(self._recall(key, self._round))
        return self._lists[key].models

    def listed(self, kind: ModelType, sdxl: bool = False) -> datetime | None:
        """When the service listed what is known now; None for a list of its latest answer."""
        known = self._lists.get((kind, sdxl))
        return None if known is None else known.listed

    def model(self, kind: ModelType, name: str) -> Model | None:
        """The model of that name to send, where a list knows it."""
        lists = (self._lists.get((kind, sdxl), ModelList()) for sdxl in (False, True))
        known = (model for each in lists for model in each.models)
        return next((model for model in known if model.model_name == name), None)

    def is_loading(self, kind: ModelType) -> bool:
        return any(loading is kind for loading, _ in self._loading)

    def is_fresh(self, kind: ModelType, sdxl: bool = False) -> bool:
        """Whether the service itself was asked, and answered, since it was chosen."""
        return (kind, sdxl) in self._loaded

    def error(self, kind: ModelType, sdxl: bool = False) -> AppError | None:
        """Why the last try to load the list failed; None when it did not."""
        return self._errors.get((kind, sdxl))

    def refresh(self, kind: ModelType, sdxl: bool = False) -> None:
        """Ask the service; does nothing while it is being asked."""
        key = (kind, sdxl)
        if key not in self._loading:
            self._loading.add(key)
            self._spawn(self._fetch(key, self._round))
            self.changed.emit(kind.value)

    def forget(self) -> None:
        """Another service: start anew. Answers that are still under way count no more."""
        self._round += 1
        for each in (self._lists, self._loaded, self._loading, self._errors):
            each.clear()
        for kind in ModelType:
            self.changed.emit(kind.value)

    async def _recall(self, key: tuple[ModelType, bool], asked_in: int) -> None:
        known = await self._cached(*key)
        if known.models and asked_in == self._round and key not in self._loaded:
            self._lists[key] = known
            self.changed.emit(key[0].value)

    async def _fetch(self, key: tuple[ModelType, bool], asked_in: int) -> None:
        kind, _ = key
        error: AppError | None = None
        known = ModelList()
        try:
            known = await self._load(*key)
        except AppError as trouble:
            error = trouble
        finally:
            if asked_in == self._round:
                self._loading.discard(key)
        if asked_in != self._round:
            return
        if error is None:
            self._lists[key] = known
            self._loaded.add(key)
            self._errors.pop(key, None)
            self.changed.emit(kind.value)
        else:
            self._errors[key] = error
            self.changed.emit(kind.value)
            self.failed.emit(kind.value, error)
