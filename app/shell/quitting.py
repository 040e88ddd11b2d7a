"""The way out: what would be lost is asked about once, everything else is kept without a word.

Masks are kept (`session.autosave`) and jobs at a service go on there, so only pictures that are
being made on this computer are worth a question. The end of a session, or a signal, asks nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.look.buttons import PlainButton
from app.look.text import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.look.theme import Theme
    from app.session.queue import JobQueue
    from app.shell.main_window import MainWindow

ENDING_MS = 60_000
"""How long after it was announced the end of a session is believed in; it may be called off."""

WIDTH = 380


class Quitting(QObject):
    """`quit` ends the program. `flush` has all on disk that was painted, and takes a moment."""

    def __init__(
        self,
        window: MainWindow,
        theme: Theme,
        queue: JobQueue,
        flush: Callable[[], object],
        quit_: Callable[[], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._theme = theme
        self._queue = queue
        self._flush = flush
        self._quit = quit_
        self._dialog: QuitDialog | None = None
        self._ending = QTimer(self, singleShot=True, interval=ENDING_MS)
        window.quit_requested.connect(self._ask)
        queue.job_changed.connect(self._follow_jobs)
        application = QCoreApplication.instance()
        if isinstance(application, QGuiApplication):
            # At once, as the system may end the program when this returns.
            at_once = Qt.ConnectionType.DirectConnection
            application.commitDataRequest.connect(self.end_session, at_once)
            application.aboutToQuit.connect(self._flush)

    def end_session(self) -> None:
        """The system is about to end: have all on disk, and ask nothing any more."""
        self._ending.start()
        self._flush()

    def _ask(self) -> None:
        """Quit, unless the artist has to decide first."""
        lost = self._lost()
        if not lost or self._ending.isActive():
            self._quit()
        elif self._dialog is None:
            self._dialog = QuitDialog(self._theme, lost, self._window)
            self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self._dialog.quit_wanted.connect(self._quit)
            self._dialog.finished.connect(self._forget_dialog)
            self._dialog.open()

    def _lost(self) -> int:
        """How many jobs would end with the program."""
        return sum(entry.is_running and entry.service.is_builtin for entry in self._queue.entries)

    def _follow_jobs(self) -> None:
        """Quit when there is nothing left to ask about."""
        if self._dialog is None:
            return
        if lost := self._lost():
            self._dialog.show_lost(lost)
        else:
            self._dialog.close()
            self._quit()

    def _forget_dialog(self) -> None:
        self._dialog = None


class QuitDialog(QDialog):
    """Says what would be lost. Show it with `open()`; any answer but one means to wait."""

    quit_wanted = Signal()

    def __init__(self, theme: Theme, lost: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("quit_dialog")
        self.setWindowTitle(self.tr("Quit"))
        self.setFixedWidth(WIDTH)
        self._title = Label(theme, "", "text", 13, 600)
        told = Label(
            theme,
            self.tr("Quitting stops this. Your mask is kept, and jobs at a service go on there."),
            "sub",
        )
        for label in (self._title, told):
            label.setWordWrap(True)
        wait = PlainButton(theme, self.tr("Wait"))
        wait.setObjectName("quit_wait")
        wait.setDefault(True)
        wait.clicked.connect(self.reject)
        leave = PlainButton(theme, self.tr("Quit Anyway"))
        leave.setObjectName("quit_anyway")
        leave.setAutoDefault(False)
        leave.clicked.connect(self.quit_wanted)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addStretch(1)
        acts.addWidget(leave)
        acts.addWidget(wait)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(told)
        column.addSpacing(8)
        column.addLayout(acts)
        self.show_lost(lost)

    def show_lost(self, lost: int) -> None:
        """So many jobs would be lost."""
        one = self.tr("A picture is still being made on this computer")
        more = self.tr("%n jobs are still under way on this computer", "", lost)
        self._title.setText(one if lost == 1 else more)
