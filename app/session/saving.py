"""Saving the open project, beside the window and one file after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from app.model.errors import AppError
from app.model.project import FileMark, Kept, Project, Report

if TYPE_CHECKING:
    from pathlib import Path

    from app.session.open_project import Moment, OpenProject
    from app.session.steps import Origin
    from app.session.tasks import Beside, Running, Spawn


class Store(Protocol):
    """Writes projects to the disk. It blocks, and raises `AppError`."""

    def save_project(
        self, path: Path, project: Project, known: FileMark | None, report: Report
    ) -> Kept:
        """Write it at `path`; with `known`, only if that is still the file that is there."""

    def save_beside(self, path: Path, project: Project, report: Report) -> Kept:
        """Write it under a free name like `path`."""


Write = Callable[[Store, Project, Report], Kept]


class Saving(QObject):
    """Saves what is open as it is when it is asked to; painting goes on meanwhile.

    `progressed` tells how much is written, `saved` the path of what is on disk now, `failed` the
    `AppError` that kept it from there. When that is of the kind `changed`, `overwrite` and
    `keep_both` are the ways on. Nothing that is open is ever changed by a failure. `rested` tells
    that nothing is being saved any more, nor waits for that.
    """

    progressed = Signal(float)
    saved = Signal(object)
    failed = Signal(object)
    rested = Signal()

    def __init__(
        self,
        opened: OpenProject,
        store: Callable[[], Store],
        beside: Beside,
        spawn: Spawn,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._opened = opened
        self._store = store
        self._beside = beside
        self._spawn = spawn
        self._next: tuple[Origin | None, Callable[[], None]] | None = None
        self._running: Running | None = None
        self._idle = asyncio.Event()
        self._idle.set()

    @property
    def is_saving(self) -> bool:
        """Whether something is being saved."""
        return not self._idle.is_set()

    def save(self) -> None:
        """Save where it was saved before, if no other program has changed that."""

        def save() -> None:
            # Known only now: what was being saved until now has made it another file.
            path, mark = self._kept.path, self._kept.mark
            self._begin(lambda store, one, report: store.save_project(path, one, mark, report))

        self._when_free(save)

    def save_as(self, path: Path) -> None:
        """Save at `path`, in place of what is there."""

        def write(store: Store, project: Project, report: Report) -> Kept:
            return store.save_project(path, project, None, report)

        self._when_free(lambda: self._begin(write))

    def overwrite(self) -> None:
        """Save where it was saved before, whoever changed that since."""
        self.save_as(self._kept.path)

    def keep_both(self) -> None:
        """Save beside what somebody changed, and go on under that other name."""
        path = self._kept.path

        def write(store: Store, project: Project, report: Report) -> Kept:
            return store.save_beside(path, project, report)

        self._when_free(lambda: self._begin(write))

    def abandon(self) -> None:
        """Wait no more for what is being saved. It may yet come to the disk, or not at all."""
        self._next = None
        if self._running is not None:
            self._running.cancel()

    async def finish(self) -> None:
        """Return when nothing is being saved any more, nor waits for that."""
        while self.is_saving:
            await self._idle.wait()

    @property
    def _kept(self) -> Kept:
        if self._opened.kept is None:
            raise RuntimeError("it was never saved")
        return self._opened.kept

    def _when_free(self, act: Callable[[], None]) -> None:
        """Do it now, or once what is being saved is saved; of several, the latest."""
        if self.is_saving:
            self._next = self._opened.origin, act
        else:
            act()

    def _begin(self, write: Write) -> None:
        """Begin to write what is open now."""
        origin = self._opened.origin
        assert origin is not None
        moment, snapshot = self._opened.moment(), self._opened.snapshot()
        self._idle.clear()
        self._running = self._spawn(self._save(write, snapshot, origin, moment))

    async def _save(
        self,
        write: Write,
        snapshot: Callable[[], Project],
        origin: Origin,
        moment: Moment | None,
    ) -> None:
        try:
            kept = await self._beside(self._written, write, snapshot)
        except AppError as error:
            self.failed.emit(error)
        else:
            self._opened.note_saved(origin, kept, moment)
            self.saved.emit(kept.path)
        finally:
            self._end()

    def _written(self, write: Write, snapshot: Callable[[], Project]) -> Kept:
        return write(self._store(), snapshot(), self.progressed.emit)

    def _end(self) -> None:
        self._idle.set()
        following, self._next = self._next, None
        if following is not None and following[0] is self._opened.origin:
            following[1]()
        if not self.is_saving:
            self.rested.emit()
