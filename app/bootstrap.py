"""The window, from the command to its last moment.

It comes in two stages. What the first paint needs is small and comes first; then `program` brings
in all that works, into a frame that does not move any more.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from PySide6.QtCore import QElapsedTimer, QEvent, QEventLoop, QObject
from PySide6.QtWidgets import QApplication

from app import __version__
from app.look.theme import Mode, Theme
from app.model.errors import AppError, StorageError
from app.panels.parameters.side_panel import SidePanel
from app.panels.results.strip import ResultsStrip
from app.session.preferences import Preferences, PreferencesRecord
from app.shell.main_window import MainWindow
from app.storage.folders import Folders
from app.storage.settings import SettingsFile

Stage = Callable[[str, MainWindow], None]
"""Told when the window was `painted` first and when it is `ready` for everything."""

_PATIENCE_MS = 2000
"""A window that nobody sees, say on another desktop, is not painted; work goes on all the same."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The window as it is first painted; `notice` is what went wrong before there was one."""

    window: MainWindow
    theme: Theme
    preferences: Preferences
    notice: AppError | None


def run_window(file: Path | None, stage: Stage | None = None) -> int:
    """Open the window, with the picture in `file` if one is given; the exit code."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("maskwright")
    application.setApplicationDisplayName("Maskwright")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("maskwright")
    application.setQuitOnLastWindowClosed(False)
    tell = stage or (lambda name, window: None)

    folders = Folders.standard()
    frame = make_frame(folders)
    frame.window.show()
    _wait_for_paint(application, frame.window)
    tell("painted", frame.window)

    import asyncio

    from app.eventloop import AppEventLoop
    from app.program import Program

    async def live() -> int:
        program = Program(frame.window, frame.theme, frame.preferences, folders)
        return await program.run(file, frame.notice, lambda: tell("ready", frame.window))

    with asyncio.Runner(loop_factory=lambda: AppEventLoop(application)) as runner:
        return runner.run(live())


def make_frame(folders: Folders) -> Frame:
    """The window with everything in its place and nothing in it yet."""
    settings = SettingsFile(folders.config)
    record, notice = _remembered(settings)
    preferences = Preferences(record, settings.save)
    theme = Theme()
    theme.apply(cast("Mode", preferences.value.theme))
    window = MainWindow(theme, ResultsStrip(theme), SidePanel(theme))
    theme.setParent(window)
    preferences.setParent(window)
    window.restore_layout(preferences.value.geometry, preferences.value.splitters)
    return Frame(window, theme, preferences, notice)


def _remembered(settings: SettingsFile) -> tuple[PreferencesRecord, AppError | None]:
    """What earlier starts left, and what there is to tell about it."""
    try:
        record = PreferencesRecord.from_json(settings.load())
    except StorageError as error:
        return PreferencesRecord(), error
    damaged = settings.damaged
    return record, None if damaged is None else StorageError("damaged", damaged)


def _wait_for_paint(application: QApplication, window: MainWindow) -> None:
    watcher = _FirstPaint(window)
    patience = QElapsedTimer()
    patience.start()
    while not watcher.is_over and patience.elapsed() < _PATIENCE_MS:
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 100)
    watcher.deleteLater()


class _FirstPaint(QObject):
    """Watches for the end of a window's first paint."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.is_over = False
        window.windowHandle().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Asked to update again, the window has painted what it was first exposed for.
        if event.type() in {QEvent.Type.Expose, QEvent.Type.Paint}:
            self.is_over = True
        return False
