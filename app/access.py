"""What the window asks of the disk and of the services, always beside its own loop."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from app.storage.names import DEFAULT_TEMPLATE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from app.contract.kinds import ModelType
    from app.model.draft import Watch
    from app.model.holding import Holding, Old
    from app.model.model_list import ModelList
    from app.model.picture import Picture, Plane
    from app.model.project import OpenedProject
    from app.model.services import Service
    from app.parts import Parts
    from app.session.autosave import Tell
    from app.session.preferences import Preferences
    from app.session.saving import Store
    from app.storage.autosave.store import Autosaves
    from app.storage.autosave.writer import AutosaveWriter
    from app.storage.folders import Folders
    from app.storage.jobs.retention import Remove
    from app.storage.masks import MaskLibrary
    from app.storage.pictures.early import EarlyReading
    from app.storage.pictures.reading import Attention

T = TypeVar("T")


class Places:
    """Where results go, and under which names: the artist's choice, else the `standard`."""

    def __init__(self, folders: Folders, preferences: Preferences) -> None:
        self.standard = folders.results
        self._preferences = preferences

    def results(self) -> Path:
        """The folder for finished pictures."""
        chosen = self._preferences.value.results_folder
        return Path(chosen) if chosen else self.standard

    def template(self) -> str:
        """How finished pictures are named."""
        return self._preferences.value.name_template or DEFAULT_TEMPLATE


class Access:
    """Pictures, masks and models for the window; its coroutines block nobody.

    What needs numpy or Pillow is imported when it is first asked for. `early` is a picture that
    is being read already.
    """

    def __init__(
        self,
        parts: Parts,
        folders: Folders,
        current: Callable[[], Service],
        early: EarlyReading | None,
    ) -> None:
        self._parts = parts
        self._folders = folders
        self._current = current
        self._early = early

    async def load(self, source: Path | bytes, watch: Watch | None = None) -> Picture:
        """The picture in a file or in bytes; `watch` hears early how a large one will look.

        When nobody waits for it any more, the reading of a file ends.
        """
        from app.storage.pictures.reading import Attention

        attention = Attention(watch)
        return await _attended(partial(self._parts.load, source, attention), attention)

    async def open(
        self, source: Path | bytes, watch: Watch | None = None
    ) -> Picture | OpenedProject:
        """What a file holds, be it a picture or a project, or what the bytes of a picture do."""
        from app.storage.pictures.reading import Attention

        if isinstance(source, bytes):
            return await self.load(source, watch)
        early = self._early
        if early is not None and early.path == source:
            self._early = None  # later on the file may be another
            return await _attended(partial(early.open, watch), early.attention)
        attention = Attention(watch)
        return await _attended(partial(self._parts.open, source, attention), attention)

    async def copy_file(self, source: Path, to: Path) -> None:
        """Copy a result over the file that the artist named."""
        from app.storage.pictures.copies import save_copy

        await asyncio.to_thread(lambda: save_copy(source, to, self._parts.pictures))

    async def export_mask(self, to: Path, plane: Plane) -> None:
        """Write a mask over the file that the artist named."""
        from app.storage.masks import export_mask

        await asyncio.to_thread(export_mask, to, plane)

    def project_store(self) -> Store:
        """What writes projects; it blocks."""
        from app.storage.project.keeping import ProjectStore

        return ProjectStore(self._parts.pictures.is_whole)

    def mask_store(self) -> MaskLibrary:
        """The masks that are kept by name."""
        from app.storage.masks import MaskLibrary

        return MaskLibrary(self._folders.masks, self._parts.load)

    def holdings(self) -> Sequence[Holding]:
        """What the program keeps of its own, and how much room that takes; blocks."""
        from app.storage.holdings import holdings

        return holdings(self._folders)

    def old_files(self, before: datetime) -> Old:
        """What is kept of jobs that were over `before` that moment; blocks."""
        return self._parts.journal.old_files(before)

    def forget_files(self, old: Old, remove: Remove | None) -> Old:
        """Have `remove` take that, or delete it for good; what is there still. Blocks."""
        from app.storage.jobs.retention import erase

        return self._parts.journal.forget_files(old, remove or erase)

    @property
    def autosave_folder(self) -> Path:
        """Where the mask is kept while it is painted."""
        return self._folders.autosave

    def autosave_writer(self, tell: Tell) -> AutosaveWriter:
        """What keeps the mask on disk while it is painted."""
        from app.storage.autosave.writer import AutosaveWriter

        return AutosaveWriter(self.autosave_folder, tell)

    def autosaves(self) -> Autosaves:
        """All masks that were kept so."""
        from app.storage.autosave.store import Autosaves

        return Autosaves(self.autosave_folder, self._parts.load)

    async def models(self, kind: ModelType, sdxl: bool) -> ModelList:
        """The models that the service in use offers now."""
        return await self._parts.models(self._current(), kind, sdxl)

    async def cached_models(self, kind: ModelType, sdxl: bool) -> ModelList:
        """The models that the service in use offered when it was last asked."""
        return await self._parts.cached_models(self._current(), kind, sdxl)


async def _attended(read: Callable[[], T], attention: Attention) -> T:
    """What `read` finds in a thread, which ends when nobody waits for it any more."""
    try:
        return await asyncio.to_thread(read)
    except asyncio.CancelledError:
        attention.has_left.set()
        raise
