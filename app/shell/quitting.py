"""The way out: what would be lost is asked about once, everything else is kept without a word.

Masks are kept (`session.autosave`) and jobs at a service go on there, so only pictures that are
being made on this computer, a project on its way to the disk, and what the disk does not take are
worth a question. The end of a session, or a signal, asks nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from app.shell.quit_dialog import QuitDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.look.theme import Theme
    from app.session.queue import JobQueue
    from app.session.saving import Saving
    from app.shell.main_window import MainWindow
    from app.shell.quit_dialog import Unkept

ENDING_MS = 60_000
"""How long after it was announced the end of a session is believed in; it may be called off."""

LATE_MS = 20_000
"""How long a project may take to the disk before it is said that it may never get there."""


class Quitting(QObject):
    """`quit` ends the program. `flush` has all on disk, which takes a moment, or says what is not.

    What holds up the end is waited for in a dialog, from which the artist can go back.
    """

    def __init__(
        self,
        window: MainWindow,
        theme: Theme,
        queue: JobQueue,
        saving: Saving,
        flush: Callable[[], Unkept],
        quit_: Callable[[], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._theme = theme
        self._queue = queue
        self._saving = saving
        self._flush = flush
        self._quit = quit_
        self._dialog: QuitDialog | None = None
        self._is_waiting = False
        self._ending = QTimer(self, singleShot=True, interval=ENDING_MS)
        self._late = QTimer(self, singleShot=True, interval=LATE_MS)
        self._link()

    def end_session(self) -> None:
        """The system is about to end: have all on disk, and ask nothing any more."""
        self._ending.start()
        self._flush()

    def _link(self) -> None:
        self._window.quit_requested.connect(self._ask)
        self._queue.job_changed.connect(self._follow)
        self._saving.rested.connect(self._follow)
        self._saving.failed.connect(self._stay)
        self._late.timeout.connect(self._follow)
        application = QCoreApplication.instance()
        if isinstance(application, QGuiApplication):
            # At once, as the system may end the program when this returns.
            at_once = Qt.ConnectionType.DirectConnection
            application.commitDataRequest.connect(self.end_session, at_once)
            application.aboutToQuit.connect(self.end_session)

    def _ask(self) -> None:
        """Quit, unless the artist has to decide first."""
        if self._ending.isActive():
            self._quit()
        elif self._dialog is not None:
            self._dialog.raise_()
        elif self._is_held:
            self._wait()
        else:
            self._leave()

    def _wait(self) -> None:
        """Say what holds up the end, until nothing does."""
        self._is_waiting = True
        self._late.start()
        self._dialog = self._new_dialog(self._give_up)
        self._say_what_holds(self._dialog)
        self._dialog.open()

    def _follow(self) -> None:
        """Quit when there is nothing left to wait for."""
        if self._dialog is None or not self._is_waiting:
            return
        if self._is_held:
            self._say_what_holds(self._dialog)
        else:
            self._dialog.close()
            self._leave()

    def _stay(self) -> None:
        """What could not be saved is told, and may be saved elsewhere."""
        if self._dialog is not None and self._is_waiting:
            self._dialog.close()

    def _give_up(self) -> None:
        self._saving.abandon()
        self._leave()

    def _leave(self) -> None:
        """Quit, if all is on disk or the artist says so."""
        unkept = self._flush()
        if not unkept:
            self._quit()
            return
        self._stay()
        self._dialog = self._new_dialog(self._quit)
        self._dialog.say_unkept(unkept)
        self._dialog.open()

    @property
    def _is_held(self) -> bool:
        return self._lost > 0 or self._saving.is_saving

    @property
    def _lost(self) -> int:
        """How many jobs would end with the program."""
        return sum(entry.is_running and entry.service.is_builtin for entry in self._queue.entries)

    def _say_what_holds(self, dialog: QuitDialog) -> None:
        if lost := self._lost:
            dialog.say_jobs(lost)
        elif self._late.isActive():
            dialog.say_saving()
        else:
            dialog.say_late()

    def _new_dialog(self, quit_: Callable[[], object]) -> QuitDialog:
        dialog = QuitDialog(self._theme, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.quit_wanted.connect(quit_)
        dialog.finished.connect(self._forget_dialog)
        return dialog

    def _forget_dialog(self) -> None:
        self._dialog = None
        self._is_waiting = False
        self._late.stop()
