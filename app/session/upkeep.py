"""What the program keeps of its own: counted, looked through, and cleaned up when that is asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QFile, QObject, Signal

from app.model.errors import AppError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from app.model.holding import Holding, Old
    from app.session.tasks import Beside, Spawn

    Remove = Callable[[Path], object]


class Store(Protocol):
    """What is kept on the disk. Everything blocks and may raise `AppError`."""

    def holdings(self) -> Sequence[Holding]:
        """Each kind of what is kept."""

    def old_files(self, before: datetime) -> Old:
        """What is kept of jobs that were over `before` that moment."""

    def forget_files(self, old: Old, remove: Remove | None) -> Old:
        """Have that removed, without `remove` for good; what is there still."""


class Upkeep(QObject):
    """Asks the disk beside the window. What it was asked for is finished, whoever still listens.

    `measured` tells the `Holding`s, `found` what is `Old`, `cleaned` what was there of that before
    and what is left, `failed` the `AppError` that came instead.
    """

    measured = Signal(object)
    found = Signal(object)
    cleaned = Signal(object, object)
    failed = Signal(object)

    def __init__(
        self, store: Store, beside: Beside, spawn: Spawn, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._beside = beside
        self._spawn = spawn

    def measure(self) -> None:
        """Count what is kept."""
        self._spawn(self._tell(self._store.holdings, self.measured.emit))

    def look(self, days: int) -> None:
        """Look for what is older than so many days."""
        self._spawn(self._tell(partial(self._store.old_files, before(days)), self.found.emit))

    def clean_up(self, old: Old, *, for_good: bool = False) -> None:
        """Move what was found to the system's trash, or delete it for good."""
        forget = partial(self._store.forget_files, old, None if for_good else to_trash)
        self._spawn(self._tell(forget, partial(self.cleaned.emit, old)))

    async def old(self, days: int) -> Old:
        """What is older than so many days; raises `AppError`."""
        old: Old = await self._beside(self._store.old_files, before(days))
        return old

    async def _tell(self, ask: Callable[[], object], tell: Callable[[object], None]) -> None:
        try:
            answer = await self._beside(ask)
        except AppError as error:
            self.failed.emit(error)
        else:
            tell(answer)


def before(days: int) -> datetime:
    """The moment so many days ago."""
    return datetime.now(UTC) - timedelta(days=days)


def to_trash(path: Path) -> bool:
    """Move it to where the system keeps what was thrown away; False where that takes it not."""
    return bool(QFile.moveToTrash(str(path)))
