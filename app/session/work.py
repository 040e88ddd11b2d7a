"""Heavy edits of the mask, computed beside the window."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from app.model.change import Change, Report
    from app.model.picture import Plane
    from app.session.document import Document
    from app.session.history import Step
    from app.session.trial import Trial

Compute = Callable[["Plane", "Report"], "Change"]
"""Computes an edit in a thread, from the mask's read-only values before it."""

FRAME_S = 0.004
"""How long showing what was computed may keep the next event waiting; to be painted it takes as
long again."""

WAITING = 4
"""How many acts may wait for their turn, so that a key held down ends soon."""


class NotWanted(Exception):
    """Raised out of work that nobody waits for any more."""


class MaskWork(QObject):
    """Computes one edit at a time in a thread and shows it as a trial; the newest wins.

    `is_busy` while an edit that is to be kept is still computed: until then no other may begin.
    `ended`: what was tried is kept or dropped. `failed` tells the error that ended the work.
    """

    busy_changed = Signal(bool)
    progressed = Signal(float)
    shown = Signal()
    ended = Signal()
    failed = Signal(object)
    _reported = Signal(int, float)
    _computed = Signal(int, object, object)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._threads: Executor | None = None
        self._trial: Trial | None = None
        self._base: Callable[[], Plane] | None = None
        self._number = 0  # of the newest work; older ones are not wanted
        self._is_computing = False
        self._is_to_be_kept = False
        self._was_busy = False
        self._waiting: deque[Callable[[], object]] = deque()
        # Whoever ended the work may be about to begin something else.
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._go_on)
        self._rest = QTimer(self, interval=0)
        self._rest.timeout.connect(self._show_more)
        self._reported.connect(self._tell_progress)
        self._computed.connect(self._take)
        document.trial_ended.connect(self._follow_trial)
        document.picture_changed.connect(self._waiting.clear)

    @property
    def is_computing(self) -> bool:
        return self._is_computing

    @property
    def is_busy(self) -> bool:
        """Whether an edit that is to be kept is still being computed."""
        return self._is_computing and self._is_to_be_kept

    @property
    def is_trying(self) -> bool:
        """Whether there is something to keep or to drop."""
        return self._trial is not None

    def preview(self, title: str, compute: Compute) -> None:
        """Show what `compute` makes of the mask, in place of what is shown now.

        `title` names the step that it can become, a source text of the context "Document". In the
        middle of a stroke, or while another edit is to be kept, nothing happens.
        """
        if self._document.is_painting or self.is_busy:
            return
        if self._trial is None or self._trial.title != title:
            self._begin(title)
        self._number += 1
        self._is_computing = True
        self._rest.stop()
        assert self._base is not None
        self._executor().submit(self._compute, self._number, self._base, compute)
        self._tell_busy()

    def run(self, title: str, compute: Compute) -> None:
        """Make what `compute` makes of the mask a step."""
        self.preview(title, compute)
        self.keep()

    def retry(self, step: Step, compute: Compute) -> bool:
        """Show what `compute` makes in place of a step; False unless that is the newest."""
        if self._document.is_painting or self.is_busy:
            return False
        trial = self._document.retry(step)
        if trial is None:
            return False
        self._trial, self._base = trial, cache(trial.base)
        self.preview(trial.title, compute)
        return True

    def keep(self) -> None:
        """Make a step of the newest preview, as soon as it is there."""
        if self._trial is None:
            return
        self._is_to_be_kept = True
        if not self._is_computing:
            self._trial.keep()
        self._tell_busy()

    def drop(self) -> None:
        """Take the preview back, be it there already or not."""
        if self._trial is not None:
            self._trial.drop()

    def then(self, act: Callable[[], object]) -> None:
        """Keep what is tried out, and do something else as soon as that is there."""
        if len(self._waiting) < WAITING:
            self._waiting.append(act)
            self._go_on()

    def close(self) -> None:
        """Drop all, and let no thread outlive this."""
        self._waiting.clear()
        self.drop()
        self._number += 1
        if self._threads is not None:
            self._threads.shutdown()
            self._threads = None

    def _go_on(self) -> None:
        """Do one after the other what has waited."""
        while self._waiting:
            self.keep()
            if self.is_busy:
                return
            act = self._waiting.popleft()
            if self._document.picture is not None and not self._document.is_painting:
                act()

    def _begin(self, title: str) -> None:
        mask = self._document.mask
        if mask is None:
            raise RuntimeError("no picture is open")
        trial = self._document.trial(title)  # ends the one before
        self._trial, self._base = trial, cache(lambda: mask.snapshot().plane())

    def _executor(self) -> Executor:
        if self._threads is None:
            from concurrent.futures import ThreadPoolExecutor  # the first paint needs none

            self._threads = ThreadPoolExecutor(1, "mask")
        return self._threads

    def _compute(self, number: int, base: Callable[[], Plane], compute: Compute) -> None:
        """In the thread."""

        def report(share: float) -> None:
            if number != self._number:
                raise NotWanted
            self._reported.emit(number, share)

        change: Any = None
        error: Exception | None = None
        try:
            report(0.0)
            change = compute(base(), report)
        except NotWanted:
            return
        except Exception as caught:  # noqa: BLE001 - told in the window's thread
            error = caught
        self._computed.emit(number, change, error)

    def _take(self, number: int, change: Change, error: Exception | None) -> None:
        if number != self._number or self._trial is None:
            return
        if error is not None:
            self._trial.drop()
            self.failed.emit(error)
            return
        self._trial.begin(change)
        self._rest.start()
        self._show_more()

    def _show_more(self) -> None:
        """Show what was computed; of a large picture a bit each time, in between others come."""
        assert self._trial is not None
        if not self._trial.show_more(FRAME_S):
            return
        self._rest.stop()
        self._is_computing = False
        self.shown.emit()
        if self._is_to_be_kept:
            self._trial.keep()

    def _tell_progress(self, number: int, share: float) -> None:
        if number == self._number:
            self.progressed.emit(share)

    def _follow_trial(self) -> None:
        if self._trial is None or self._trial.is_live:
            return
        self._rest.stop()
        self._trial = self._base = None
        self._number += 1
        self._is_computing = self._is_to_be_kept = False
        self._tell_busy()
        self.ended.emit()
        if self._waiting:
            self._turn.start()

    def _tell_busy(self) -> None:
        if self.is_busy != self._was_busy:
            self._was_busy = self.is_busy
            self.busy_changed.emit(self.is_busy)
