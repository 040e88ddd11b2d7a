"""Says, seldom and quietly, that old jobs take much room. Removing anything is up to the artist."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.look.sizes import room
from app.model.errors import AppError
from app.shell.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.model.holding import Old
    from app.session.preferences import Preferences
    from app.session.upkeep import Upkeep
    from app.shell.stage import Stage

MUCH = 5_000_000_000
"""Bytes that old jobs may take before a word is said."""

PAUSE = timedelta(days=30)
"""How long nothing is said again."""


class Reminding(QObject):
    """`show` leads to where the room is told and can be cleaned up."""

    def __init__(
        self,
        stage: Stage,
        preferences: Preferences,
        upkeep: Upkeep,
        show: Callable[[], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._stage = stage
        self._preferences = preferences
        self._upkeep = upkeep
        self._show = show

    async def remind(self) -> None:
        """Look how much old jobs take, if it is time to, and tell it if it is much."""
        if not self._is_due():
            return
        with suppress(AppError):  # nobody has asked
            old = await self._upkeep.old(self._preferences.value.kept_days)
            if old.nbytes > MUCH and not self._stage.is_asking:
                self._tell(old)

    def _is_due(self) -> bool:
        try:
            told = date.fromisoformat(self._preferences.value.room_told)
        except ValueError:
            return True
        return abs(date.today() - told) >= PAUSE

    def _tell(self, old: Old) -> None:
        self._preferences.edit(room_told=date.today().isoformat())
        title = self.tr("Old jobs take {size}").format(size=room(old.nbytes))
        text = self.tr("Your results are not among that. You can see what is kept, and clean up.")
        way = (self.tr("Storage…"), self._show)
        self._stage.notice.add(Message(title, text), "info", way)
