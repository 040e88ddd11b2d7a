"""Lists what is kept in a window of its own; what is asked there is done beside the window."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QObject, QSize

from app.model.errors import AppError
from app.shell.messages import message_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from app.session.tasks import Spawn
    from app.shell.kept.dialog import KeptDialog
    from app.shell.kept.rows import Look

THUMBNAIL = QSize(96, 64)
"""The room of the small picture that each mask has."""

D = TypeVar("D", bound="KeptDialog[Any]")


class Listing(QObject, Generic[D]):
    """Opens the window, fills it and tells there; each kind of mask brings its window and store."""

    def __init__(self, spawn: Spawn, parent: QObject | None) -> None:
        super().__init__(parent)
        self._spawn = spawn
        self._dialog: D | None = None
        self._is_looking = False

    def open(self) -> None:
        """Show the window, or come back to it."""
        if self._dialog is None:
            self._dialog = self._make_dialog()
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()
        self._spawn(self._list())

    def _make_dialog(self) -> D:
        """The window, which is only imported here: the start need not wait for it."""
        raise NotImplementedError

    async def _read(self, dialog: D) -> Sequence[Any]:
        """What the window is to list. Raises `AppError`."""
        raise NotImplementedError

    async def _look(self, kept: Any) -> Look:
        """How one looks. Raises `AppError` when it cannot be read."""
        raise NotImplementedError

    async def _list(self, selected: Any = None) -> None:
        dialog = self._dialog
        if dialog is not None:
            with self._telling():
                dialog.show_kept(await self._read(dialog), selected)
                await self._look_at_all(dialog)

    async def _look_at_all(self, dialog: D) -> None:
        """Look at one after the other, so that none is held longer than its thumbnail takes."""
        if self._is_looking:
            return  # what is listed meanwhile is looked at by whoever looks already
        self._is_looking = True
        try:
            while unseen := dialog.unseen:
                look = None
                with suppress(AppError):
                    look = await self._look(unseen[0])
                dialog.show_look(unseen[0], look)
        finally:
            self._is_looking = False

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Tell in the window what fails meanwhile."""
        try:
            yield
        except AppError as error:
            self._tell_error(error)

    def _tell(self, text: str, undo: Callable[[], object] | None = None) -> None:
        if self._dialog is not None:
            self._dialog.tell(text, undo=undo)

    def _tell_error(self, error: AppError) -> None:
        if self._dialog is not None:
            message = message_for(error)
            self._dialog.tell(f"{message.title}. {message.text}", "error")
