"""What can be done with a finished result."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtGui import QGuiApplication

from app.model.errors import AppError
from app.shell.actions import Fact
from app.shell.files import ask, saving_dialog
from app.shell.messages import message_for
from app.shell.pixels import image_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFileDialog

    from app.model.job import Result
    from app.session.document import Document
    from app.session.tasks import Spawn
    from app.session.viewing import Viewing
    from app.shell.main_window import MainWindow

Copy = Callable[[Path, Path], Awaitable[None]]
"""Copies a picture over another file, as what its name says; raises `AppError`."""

FORMATS = {".png": "PNG (*.png)", ".webp": "WebP (*.webp)", ".jpg": "JPEG (*.jpg *.jpeg)"}
"""What a copy may be, by the ending of its name. All are proper names: nothing to translate."""


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
        self._saved_to: Path | None = None
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
        place = (self._saved_to or self._pictures(result)) / result.path.name
        suffixes = {words: suffix for suffix, words in FORMATS.items()}
        kinds = sorted(suffixes, key=lambda words: suffixes[words] != place.suffix)
        dialog = saving_dialog(self._window, self.tr("Save Result As"), place, kinds)
        dialog.filterSelected.connect(lambda words: _rename(dialog, suffixes[words]))
        ask(dialog, "save_dialog", lambda to: self._spawn(self._save(result, to)))

    def use(self, result: Result) -> None:
        """Go on from this result; one step that can be undone."""
        self._spawn(self._use(result))

    def copy(self, result: Result) -> None:
        """Put the pixels on the clipboard."""
        self._spawn(self._copy(result))

    def reveal(self, result: Result) -> None:
        """Show the file in the desktop's file manager."""
        # Here, as PySide6 makes some classes at a cost that the start need not bear.
        from PySide6.QtCore import QProcess, QUrl
        from PySide6.QtGui import QDesktopServices

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
            self._saved_to = to.parent
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

    @staticmethod
    def _pictures(result: Result) -> Path:
        """Where to begin: not beside the result, where its own name is taken."""
        places = QStandardPaths.standardLocations(QStandardPaths.StandardLocation.PicturesLocation)
        known = (Path(place) for place in places)
        return next((place for place in known if place.is_dir()), result.path.parent)

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


def _rename(dialog: QFileDialog, suffix: str) -> None:
    """Give the name in `dialog` the ending that was chosen below it."""
    dialog.setDefaultSuffix(suffix)
    for name in dialog.selectedFiles()[:1]:
        dialog.selectFile(Path(name).with_suffix(suffix).name)
