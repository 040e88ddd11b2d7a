"""Says that a change of the mask is being computed, how far it is, and lets it be stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.look.buttons import SMALL_ICON, IconButton
from app.look.lines import row_in
from app.look.progress import ProgressBar
from app.look.text import Label

if TYPE_CHECKING:
    from app.look.theme import Theme

WIDTH = 96
PATIENCE_MS = 300
"""What takes no longer is not worth a word."""


class BusyNote(QWidget):
    """A bar and a button; it shows itself only when the wait can be felt."""

    cancelled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("busy")
        self.setAccessibleName(self.tr("The mask is being computed"))
        words = Label(theme, self.tr("Computing…"), "sub", 12)
        self._bar = ProgressBar(theme)
        self._bar.setFixedWidth(WIDTH)
        self._cancel = IconButton(theme, "cancel", self.tr("Stop"))
        self._cancel.setObjectName("busy_cancel")
        self._cancel.icon_size = SMALL_ICON
        self._cancel.setFixedSize(20, 20)
        row_in(self, words, self._bar, self._cancel, spacing=8)
        self._wait = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._wait.timeout.connect(self.show)
        self._cancel.clicked.connect(self.cancelled)
        self.hide()

    def show_busy(self, is_busy: bool) -> None:
        """Say whether something is being computed."""
        if is_busy:
            self._bar.set_fraction(0.0)
            self._wait.start()
        else:
            self._wait.stop()
            self.hide()

    def show_progress(self, share: float) -> None:
        """Say how far it is, 0…1."""
        self._bar.set_fraction(share)
