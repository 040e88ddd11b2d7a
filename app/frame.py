"""The window as it is first painted: everything in its place, nothing in it yet."""

from typing import NamedTuple, cast

from PySide6.QtCore import QElapsedTimer, QEvent, QEventLoop, QObject
from PySide6.QtWidgets import QApplication

from app import __version__
from app.look.theme import FUSION, Mode, Theme
from app.model.errors import AppError, StorageError
from app.panels.parameters.side_panel import SidePanel
from app.panels.results.strip import ResultsStrip
from app.session.preferences import STRIP, Preferences, PreferencesRecord
from app.shell.application import Application
from app.shell.main_window import MainWindow
from app.storage.folders import Folders
from app.storage.settings import SettingsFile

_PATIENCE_MS = 2000
"""A window that nobody sees, say on another desktop, is not painted; work goes on all the same."""


class Frame(NamedTuple):
    """The window and what it stands on; `notice` is what went wrong before there was one."""

    window: MainWindow
    theme: Theme
    preferences: Preferences
    notice: AppError | None


def make_application(command: str) -> QApplication:
    """Qt's side of the program, which was called by the name `command`."""
    application = Application([command, *FUSION])
    application.setApplicationName("maskwright")
    application.setApplicationDisplayName("Maskwright")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("maskwright")
    application.setQuitOnLastWindowClosed(False)
    return application


def make_frame(folders: Folders) -> Frame:
    """The window in its remembered place and colours."""
    settings = SettingsFile(folders.config)
    record, notice = _remembered(settings)
    preferences = Preferences(record, settings.save)
    theme = Theme()
    theme.apply(cast("Mode", preferences.value.theme))
    strip = ResultsStrip(theme)
    strip.set_folded(STRIP in preferences.value.folded)
    window = MainWindow(theme, strip, SidePanel(theme))
    theme.setParent(window)
    preferences.setParent(window)
    window.restore_layout(preferences.value.geometry, preferences.value.splitters)
    return Frame(window, theme, preferences, notice)


def show_painted(application: QApplication, window: MainWindow) -> None:
    """Show the window and let it paint before anything else happens."""
    window.show()
    watcher = _FirstPaint(window)
    patience = QElapsedTimer()
    patience.start()
    while not watcher.is_over and patience.elapsed() < _PATIENCE_MS:
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 100)
    watcher.deleteLater()


def _remembered(settings: SettingsFile) -> tuple[PreferencesRecord, AppError | None]:
    """What earlier starts left, and what there is to tell about it."""
    try:
        record = PreferencesRecord.from_json(settings.load())
    except StorageError as error:
        return PreferencesRecord(), error
    damaged = settings.damaged
    return record, None if damaged is None else StorageError("damaged", damaged)


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
