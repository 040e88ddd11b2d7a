"""The list of kept masks: what its window asks for is done beside the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.model.errors import AppError
from app.shell.messages import message_for
from app.shell.recovery.wording import name_of, preview_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage

    from app.look.theme import Theme
    from app.model.autosave import Autosaved
    from app.session.tasks import Beside, Spawn
    from app.shell.main_window import MainWindow
    from app.shell.recovery.dialog import RecoveryDialog
    from app.shell.recovery.going_on import GoingOn, Store


class Listing(QObject):
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
        super().__init__(parent)
        self._window = window
        self._theme = theme
        self._going_on = going_on
        self._store = store
        self._beside = beside
        self._spawn = spawn
        self._dialog: RecoveryDialog | None = None
        self._is_looking = False
        window.actions_table.on("recover", self.open)

    def open(self) -> None:
        """Show the window, or come back to it."""
        if self._dialog is None:
            self._dialog = self._make_dialog()
        self._dialog.tell("")
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()
        self._spawn(self._list())

    def _make_dialog(self) -> RecoveryDialog:
        # Here, as the start need not wait for a window that is seldom wanted.
        from app.shell.recovery.dialog import RecoveryDialog

        dialog = RecoveryDialog(self._theme, self._store().days, self._window)
        dialog.shelf_changed.connect(self._turn)
        dialog.go_on_wanted.connect(self._go_on)
        dialog.delete_wanted.connect(lambda kept: self._spawn(self._delete(kept)))
        dialog.bring_back_wanted.connect(lambda kept: self._spawn(self._bring_back(kept)))
        return dialog

    def _turn(self) -> None:
        if self._dialog is not None:
            self._dialog.tell("")
            self._spawn(self._list())

    def _go_on(self, kept: Autosaved) -> None:
        if self._dialog is not None:
            self._dialog.hide()
        self._going_on.go_on(kept)

    async def _delete(self, kept: Autosaved) -> None:
        if not await self._done("delete", kept) or self._dialog is None:
            return
        self.deleted.emit(kept)

        def take_back() -> None:
            self._spawn(self._bring_back(kept))

        told = self.tr("The mask on “{name}” was deleted.").format(name=name_of(kept))
        self._dialog.tell(told, undo=take_back)

    async def _bring_back(self, kept: Autosaved) -> None:
        if await self._done("bring_back", kept) and self._dialog is not None:
            told = self.tr("The mask on “{name}” is kept again.").format(name=name_of(kept))
            self._dialog.tell(told)

    async def _done(self, act: str, *arguments: Any) -> bool:
        """Let the store do something; whether it could. The list follows either way."""
        try:
            await self._beside(getattr(self._store(), act), *arguments)
        except AppError as error:
            self._tell_error(error)
            return False
        finally:
            await self._list()
        return True

    async def _list(self) -> None:
        dialog = self._dialog
        if dialog is None:
            return
        store = self._store()
        try:
            kept = await self._beside(store.deleted if dialog.shows_deleted else store.kept)
        except AppError as error:
            self._tell_error(error)
            return
        dialog.show_kept(kept)
        await self._look(dialog)

    async def _look(self, dialog: RecoveryDialog) -> None:
        """Read one after the other, so that none is held longer than its preview takes."""
        if self._is_looking:
            return  # what is listed meanwhile is looked at by whoever looks already
        self._is_looking = True
        try:
            while unseen := dialog.rows.unseen():
                dialog.rows.show_image(unseen[0], await self._image(unseen[0]))
        finally:
            self._is_looking = False

    async def _image(self, kept: Autosaved) -> QImage | None:
        try:
            return preview_of(await self._beside(self._store().glimpse, kept))
        except AppError:
            return None

    def _tell_error(self, error: AppError) -> None:
        if self._dialog is not None:
            message = message_for(error)
            self._dialog.tell(f"{message.title}. {message.text}", "error")
