"""What can be done with a finished result."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog

from app.model.errors import AppError
from app.shell.actions import Fact
from app.shell.messages import message_for
from app.shell.pixels import image_of

if TYPE_CHECKING:
    from app.model.job import Result
    from app.session.document import Document
    from app.session.tasks import Spawn
    from app.session.viewing import Viewing
    from app.shell.main_window import MainWindow

Copy = Callable[[Path, Path], Awaitable[None]]
"""Copies a file over another one; raises `StorageError`."""


class ResultActions(QObject):
    """The actions act on the selected result; the strip may ask for any."""

    def __init__(
        self,
        window: MainWindow,
        document: Document,
        viewing: Viewing,
        copy_file: Copy,
        spawn: Spawn,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._document = document
        self._viewing = viewing
        self._copy_file = copy_file
        self._spawn = spawn
        for action_id, act in (
            ("save_result", self.save_as),
            ("show_result", viewing.toggle),
            ("use_result", self.use),
            ("copy_result", self.copy),
            ("reveal_result", self.reveal),
        ):
            self._answer(action_id, act)
        viewing.selected_changed.connect(self._show_selected)
        viewing.failed.connect(self._tell)
        self._show_selected()

    def save_as(self, result: Result) -> None:
        """Ask where, and copy the file there; the dialog asks before it overwrites."""
        dialog = QFileDialog(self._window, self.tr("Save Result As"), str(result.path.parent))
        dialog.setObjectName("save_dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(result.path.suffix.lstrip("."))
        dialog.setNameFilter(self.tr("Pictures (*{suffix})").format(suffix=result.path.suffix))
        dialog.selectFile(result.path.name)
        dialog.fileSelected.connect(lambda to: self._spawn(self._save(result, Path(to))))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def use(self, result: Result) -> None:
        """Go on from this result; one step that can be undone."""
        self._spawn(self._use(result))

    def copy(self, result: Result) -> None:
        """Put the pixels on the clipboard."""
        self._spawn(self._copy(result))

    def reveal(self, result: Result) -> None:
        """Show the file in the desktop's file manager."""
        path = str(result.path)
        if sys.platform == "win32":
            QProcess.startDetached("explorer", ["/select,", path.replace("/", "\\")])
        elif sys.platform == "darwin":
            QProcess.startDetached("open", ["-R", path])
        else:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(result.path.parent)))

    async def _save(self, result: Result, to: Path) -> None:
        try:
            await self._copy_file(result.path, to)
        except AppError as error:
            self._tell(error)
        else:
            self._window.status.show_message(self.tr("Saved as {name}.").format(name=to.name))

    async def _use(self, result: Result) -> None:
        try:
            picture = await self._viewing.picture_of(result)
        except AppError as error:
            self._tell(error)
        else:
            self._document.use_as_picture(picture)

    async def _copy(self, result: Result) -> None:
        try:
            picture = await self._viewing.picture_of(result)
        except AppError as error:
            self._tell(error)
        else:
            QGuiApplication.clipboard().setImage(image_of(picture))
            self._window.status.show_message(self.tr("Copied."))

    def _answer(self, action_id: str, act: Callable[[Result], object]) -> None:
        def act_on_selected() -> None:
            if self._viewing.selected is not None:
                act(self._viewing.selected)

        self._window.actions_table.on(action_id, act_on_selected)

    def _show_selected(self) -> None:
        selected = self._viewing.selected is not None
        self._window.actions_table.state(Fact.RESULT, selected)

    def _tell(self, error: AppError) -> None:
        self._window.stage.notice.tell(message_for(error))
