"""Says that the mask cannot be kept on disk right now, and takes that back when it can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.model.errors import StorageError
from app.shell.messages import Message

if TYPE_CHECKING:
    from pathlib import Path

    from app.session.autosave import Autosave
    from app.shell.notice import Notice


class Trouble(QObject):
    """Tells each trouble once, however often it is met; painting goes on all the same.

    `folder` is where masks are kept.
    """

    def __init__(
        self, autosave: Autosave, notice: Notice, folder: Path, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._notice = notice
        self._folder = folder
        self._told: Message | None = None
        autosave.failed.connect(self._tell)
        autosave.mended.connect(self._take_back)

    def _tell(self, error: Exception) -> None:
        title = self.tr("The mask can't be kept safe right now")
        kept = self.tr(
            "Your painting goes on and stays in memory; it is kept as soon as it can be."
        )
        self._told = Message(title, f"{self._reason(error)} {kept}")
        self._notice.tell(self._told, "warn")

    def _take_back(self) -> None:
        self._notice.withdraw(self._told)
        self._told = None

    def _reason(self, error: Exception) -> str:
        if not isinstance(error, StorageError):
            return self.tr("Something unexpected happened.")
        told = self.tr("“{folder}” cannot be written to: see that it can.")
        if error.kind == "full":
            told = self.tr("The disk is full: make room in “{folder}”.")
        elif error.kind == "silent":
            told = self.tr("The disk with “{folder}” does not answer.")
        return told.format(folder=self._folder)
