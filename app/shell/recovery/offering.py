"""Offers what was kept: once after the start, and whenever a picture is opened that has a mask."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.model.errors import AppError
from app.shell.recovery.bar import OfferBar
from app.shell.recovery.wording import preview_of

if TYPE_CHECKING:
    from app.look.theme import Theme
    from app.model.autosave import Autosaved, Glimpse
    from app.session.document import Document
    from app.session.tasks import Beside, Spawn
    from app.shell.main_window import MainWindow
    from app.shell.recovery.going_on import GoingOn, Store

Choose = Callable[[Sequence["Autosaved"]], Sequence["Autosaved"]]
"""Takes what could be offered; gives what should be, the best first."""


class Offering(QObject):
    """Never asks twice: what was declined stays in the list, and is not offered any more."""

    def __init__(
        self,
        window: MainWindow,
        theme: Theme,
        document: Document,
        going_on: GoingOn,
        store: Callable[[], Store],
        beside: Beside,
        spawn: Spawn,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._status = window.status
        self._document = document
        self._store = store
        self._beside = beside
        self._spawn = spawn
        self._bar = OfferBar(theme, window.stage)
        self._bar.accepted.connect(going_on.go_on)
        self._bar.declined.connect(self._decline)
        self._bar.all_wanted.connect(window.actions_table["recover"].trigger)
        document.picture_changed.connect(self._follow_picture)
        document.mask_edited.connect(self._end)

    def withdraw(self, kept: Autosaved) -> None:
        """Offer this mask no longer, if it is offered."""
        self._bar.withdraw(kept)

    async def offer(self) -> None:
        """Look for what was left, beside the window, and offer the best of it."""
        await self._offer(self._at_the_start)
        with suppress(AppError):
            await self._beside(self._store().clean_up)

    async def _offer(self, choose: Choose) -> None:
        with suppress(AppError):  # of what cannot be read: nobody has asked for it
            # Called in the thread, as what it needs of Pillow is to be imported there.
            kept = await self._beside(lambda: list(self._store().kept()))
            for each in choose([one for one in kept if not one.is_declined]):
                glimpse: Glimpse = await self._beside(self._store().glimpse, each)
                if glimpse.mask.any() and self._document.mask_is_empty:
                    self._bar.offer(each, preview_of(glimpse), len(kept) - 1)
                    return

    def _at_the_start(self, kept: Sequence[Autosaved]) -> Sequence[Autosaved]:
        """Of the picture that is open, if any; else the latest. A crash is always told of."""
        if self._document.picture is None:
            return kept
        return [*self._of_this(kept), *(each for each in kept if each.was_cut_off)]

    def _of_this(self, kept: Sequence[Autosaved]) -> list[Autosaved]:
        picture = self._document.picture
        path = picture.path.absolute() if picture is not None and picture.path else None
        return [each for each in kept if path is not None and each.source.path == path]

    def _follow_picture(self) -> None:
        self._bar.hide()
        picture = self._document.picture
        if picture is not None and picture.path is not None and self._document.mask_is_empty:
            self._spawn(self._offer(self._of_this))

    def _end(self) -> None:
        if self._bar.isVisible() and not self._document.mask_is_empty:  # another mask is begun
            self._bar.hide()
            self._tell_where()

    def _decline(self, kept: Autosaved) -> None:
        self._tell_where()
        self._spawn(self._note_declined(kept))

    def _tell_where(self) -> None:
        self._status.show_message(self.tr("The mask from before stays under File > Recover…"))

    async def _note_declined(self, kept: Autosaved) -> None:
        with suppress(AppError):  # then it is offered once more
            await self._beside(self._store().decline, kept)
