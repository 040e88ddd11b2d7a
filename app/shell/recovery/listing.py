"""The list of masks that were kept unasked: what its window asks for is done beside the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.shell.kept.listing import Listing
from app.shell.recovery.wording import name_of, preview_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.look.theme import Theme
    from app.model.autosave import Autosaved
    from app.session.tasks import Beside, Spawn
    from app.shell.kept.rows import Look
    from app.shell.main_window import MainWindow
    from app.shell.recovery.dialog import RecoveryDialog
    from app.shell.recovery.going_on import GoingOn, Store


class RecoveryListing(Listing["RecoveryDialog"]):
    """Answers "recover". `store` is asked for when it is first needed."""

    deleted = Signal(object)
    """What was put away."""

    def __init__(
        self,
        window: MainWindow,
        theme: Theme,
        going_on: GoingOn,
        store: Callable[[], Store],
        beside: Beside,
        spawn: Spawn,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(spawn, parent)
        self._window = window
        self._theme = theme
        self._going_on = going_on
        self._store = store
        self._beside = beside
        window.actions_table.on("recover", self.open)

    def open(self) -> None:
        super().open()
        self._tell("")

    def _make_dialog(self) -> RecoveryDialog:
        from app.shell.recovery.dialog import RecoveryDialog

        dialog = RecoveryDialog(self._theme, self._store().days, self._window)
        dialog.shelf_changed.connect(self._turn)
        dialog.go_on_wanted.connect(self._go_on)
        dialog.delete_wanted.connect(lambda kept: self._spawn(self._delete(kept)))
        dialog.bring_back_wanted.connect(lambda kept: self._spawn(self._bring_back(kept)))
        return dialog

    def _turn(self) -> None:
        self._tell("")
        self._spawn(self._list())

    def _go_on(self, kept: Autosaved) -> None:
        if self._dialog is not None:
            self._dialog.hide()
        self._going_on.go_on(kept)

    async def _delete(self, kept: Autosaved) -> None:
        with self._telling():
            await self._beside(self._store().delete, kept)
            self.deleted.emit(kept)
            told = self.tr("The mask on “{name}” was deleted.").format(name=name_of(kept))
            self._tell(told, undo=lambda: self._spawn(self._bring_back(kept)))
        await self._list()

    async def _bring_back(self, kept: Autosaved) -> None:
        with self._telling():
            await self._beside(self._store().bring_back, kept)
            self._tell(self.tr("The mask on “{name}” is kept again.").format(name=name_of(kept)))
        await self._list()

    async def _read(self, dialog: RecoveryDialog) -> Sequence[Autosaved]:
        store = self._store()
        kept: Sequence[Autosaved] = await self._beside(
            store.deleted if dialog.shows_deleted else store.kept
        )
        return kept

    async def _look(self, kept: Autosaved) -> Look:
        from app.shell.kept.rows import Look

        return Look(kept.size, preview_of(await self._beside(self._store().glimpse, kept)))
