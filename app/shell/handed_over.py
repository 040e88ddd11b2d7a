"""Takes what a second program hands to this one, and comes to the front."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget


class Inbox(Protocol):
    """Where notes of other programs lie."""

    inbox: Path

    def handed(self) -> list[Path | None]:
        """What was left since the last time: a file, or None for just "show"."""


class HandedOver(QObject):
    """Watches the inbox for as long as the window lives."""

    def __init__(self, window: QWidget, instance: Inbox, open_file: Callable[[Path], None]) -> None:
        super().__init__(window)
        self._window = window
        self._instance = instance
        self._open = open_file
        self._watcher = QFileSystemWatcher([str(instance.inbox)], self)
        self._watcher.directoryChanged.connect(self.look)
        self.look()  # what was left before anyone watched

    def look(self) -> None:
        """Take what lies there; of several files the last one is opened."""
        notes = self._instance.handed()
        files = [note for note in notes if note is not None]
        if files:
            self._open(files[-1])
        if notes:
            self._come_forward()

    def _come_forward(self) -> None:
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.raise_()
        window.activateWindow()
