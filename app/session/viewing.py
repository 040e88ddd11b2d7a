"""Which result is selected, and which one is shown in place of the open picture."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.model.errors import AppError

if TYPE_CHECKING:
    from app.model.geometry import Size
    from app.model.job import Result
    from app.model.picture import Picture
    from app.session.document import Document
    from app.session.tasks import Spawn

CACHE_BYTES = 256 * 1024**2
"""Room for decoded results, so that going to and fro between them does not read the disk."""

Load = Callable[[Path], Awaitable["Picture"]]


class Viewing(QObject):
    """The selected result and the one shown in place; the pixels are read when first wanted.

    Only one file is read at a time. Whatever was asked for last is shown; requests that were
    overtaken while a file was being read are never started.
    """

    selected_changed = Signal()
    shown_changed = Signal()
    failed = Signal(object)
    """The `AppError` for which a result could not be shown."""

    def __init__(
        self,
        document: Document,
        load: Load,
        spawn: Spawn,
        *,
        cache_bytes: int = CACHE_BYTES,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._size = _size_of(document.picture)
        self._load = load
        self._spawn = spawn
        self._cache = PictureCache(cache_bytes)
        self._selected: Result | None = None
        self._wanted: Result | None = None
        self._shown: Result | None = None
        self._picture: Picture | None = None
        self._is_loading = False
        document.picture_changed.connect(self._follow_document)

    @property
    def selected(self) -> Result | None:
        """The result that actions act on."""
        return self._selected

    @property
    def shown(self) -> Result | None:
        """The result whose pixels are in `picture`."""
        return self._shown

    @property
    def picture(self) -> Picture | None:
        """The pixels to show in place of the document's; None for the document's own."""
        return self._picture

    def select(self, result: Result | None) -> None:
        """Make `result` the one that actions act on; what is shown stays."""
        if result is not self._selected:
            self._selected = result
            self.selected_changed.emit()

    def show(self, result: Result) -> None:
        """Select `result` and show it in place, as soon as its pixels are there."""
        self.select(result)
        self._wanted = result
        if (picture := self._cache.get(result.path)) is not None:
            self._present(result, picture)
        elif not self._is_loading:
            self._is_loading = True
            self._spawn(self._load_wanted())

    def toggle(self, result: Result) -> None:
        """Show `result`; go back when it is the one shown or on its way."""
        if result is self._wanted:
            self.select(result)
            self.back()
        else:
            self.show(result)

    def back(self) -> None:
        """Show the document's own picture again."""
        self._wanted = None
        if self._shown is not None:
            self._shown = self._picture = None
            self.shown_changed.emit()

    def forget(self, job_id: str) -> None:
        """Let go of the results of a job that left the list."""
        if self._wanted is not None and self._wanted.job_id == job_id:
            self.back()
        if self._selected is not None and self._selected.job_id == job_id:
            self.select(None)

    async def picture_of(self, result: Result) -> Picture:
        """The pixels of `result`; raises `AppError` when its file cannot be read."""
        if (picture := self._cache.get(result.path)) is None:
            picture = await self._load(result.path)
            self._cache.put(result.path, picture)
        return picture

    async def _load_wanted(self) -> None:
        try:
            while (result := self._wanted) is not None and result is not self._shown:
                await self._load_one(result)
        finally:
            self._is_loading = False

    async def _load_one(self, result: Result) -> None:
        try:
            picture = await self.picture_of(result)
        except AppError as error:
            if result is self._wanted:
                self.back()
                self.failed.emit(error)
        else:
            if result is self._wanted:
                self._present(result, picture)

    def _present(self, result: Result, picture: Picture) -> None:
        if result is not self._shown:
            self._shown, self._picture = result, picture
            self.shown_changed.emit()

    def _follow_document(self) -> None:
        """A picture of another size makes results incomparable; the shown one was taken over."""
        opened = self._document.picture
        size = _size_of(opened)
        if size != self._size or (opened is not None and opened is self._picture):
            self.back()
        self._size = size


class PictureCache:
    """Pictures by path, the least recently used dropped first, bounded by their bytes."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._pictures: OrderedDict[Path, Picture] = OrderedDict()
        self.bytes = 0

    def get(self, path: Path) -> Picture | None:
        if path in self._pictures:
            self._pictures.move_to_end(path)
        return self._pictures.get(path)

    def put(self, path: Path, picture: Picture) -> None:
        """Keep `picture`, unless it alone is larger than all the room there is."""
        if path in self._pictures:
            self.bytes -= _bytes_of(self._pictures.pop(path))
        if _bytes_of(picture) > self._limit:
            return
        self._pictures[path] = picture
        self.bytes += _bytes_of(picture)
        while self.bytes > self._limit:
            _, oldest = self._pictures.popitem(last=False)
            self.bytes -= _bytes_of(oldest)


def _bytes_of(picture: Picture) -> int:
    return picture.pixels.nbytes + (0 if picture.alpha is None else picture.alpha.nbytes)


def _size_of(picture: Picture | None) -> Size | None:
    return None if picture is None else picture.size
