"""What the newest running job does, and whether one needs a decision, under Generate."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from app.panels.parameters.generate_dock import GenerateDock
    from app.session.queue import JobQueue


class JobProgress(QObject):
    """Follows the queue, and counts the seconds while something runs."""

    def __init__(self, dock: GenerateDock, queue: JobQueue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._dock = dock
        self._queue = queue
        self._seconds = QTimer(self, interval=1000)
        self._seconds.timeout.connect(self._show)
        for change in (queue.job_added, queue.job_changed, queue.job_removed):
            change.connect(self._show)

    def _show(self) -> None:
        # Here, as the frame must not load what words the jobs on the way to the first paint.
        from app.panels.results.words import is_sent, remark, state_word

        self._dock.set_decisions(len(self._queue.undecided))
        running = [entry for entry in self._queue.entries if entry.is_running]
        if not running:
            self._seconds.stop()
            self._dock.clear_progress()
            return
        if not self._seconds.isActive():
            self._seconds.start()
        newest = running[-1]
        elapsed_s = time.monotonic() - newest.started
        words = remark(newest) or state_word(newest)
        fraction = None if is_sent(newest.progress) else newest.progress.fraction
        self._dock.show_progress(words, fraction, elapsed_s)
