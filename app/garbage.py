"""Python's garbage, collected in the window's thread alone.

Left to itself, whichever thread makes the next object collects what it finds. If that is a widget
or a timer, the thread ends it, and Qt crashes when its objects end in another thread than theirs.
"""

import gc

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

PAUSE_MS = 1000


class Collector(QObject):
    """From now on collects whatever Python would have by then, though never during a drag."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=PAUSE_MS)
        self._timer.timeout.connect(self._collect)
        self._timer.start()

    def _collect(self) -> None:
        if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            return
        counts, thresholds = gc.get_count(), gc.get_threshold()
        due = [age for age in range(3) if counts[age] > thresholds[age]]
        if due:
            gc.collect(due[-1])  # and all that is younger
