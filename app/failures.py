"""Where everything ends that nobody caught: in the log, and in a quiet word to the artist."""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections import Counter, deque
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Iterator

    from app.storage.logs import Logs

    Tell = Callable[[bool], None]
    Place = tuple[str, str, int]

MANY = 3
WITHIN_S = 10.0
CALM_S = 60.0

log = logging.getLogger(__name__)


class Failures:
    """Logs failures and has them told, `MANY` within `WITHIN_S` seconds as such and only once.

    From then on the program is in its quiet mode: nothing more is told, and each place in the code
    is logged once, until there was no failure for `CALM_S` seconds. So what fails at every paint
    neither floods the window nor washes everything else out of the log. Any thread may report.
    """

    def __init__(self, logs: Logs, clock: Callable[[], float] = time.monotonic) -> None:
        self.logs = logs
        self._clock = clock
        self._recent: deque[float] = deque(maxlen=MANY)
        self._left_out: Counter[Place] = Counter()
        self._quiet_until = 0.0
        self._lock = threading.Lock()
        self._told: Callable[[bool], object] = lambda often: None

    def report(self, error: BaseException | None, what: str = "unexpected") -> None:
        """Log what should not have happened, and let it be told."""
        with self._lock:
            is_quiet, is_often = self._weigh(self._clock())
            is_known = is_quiet and self._is_known(error)
        if not is_known:
            log.error("%s", what, exc_info=error)
        if not is_quiet:
            self._told(is_often)

    @contextmanager
    def watched_process(self) -> Iterator[None]:
        """Hear of failures in this process: of threads, and of objects at their end as well."""
        before = sys.excepthook, threading.excepthook, sys.unraisablehook
        sys.excepthook = lambda kind, error, trace: self.report(error)
        threading.excepthook = lambda failed: self.report(failed.exc_value, "a thread failed")
        sys.unraisablehook = lambda failed: self._note(failed.exc_value, failed.err_msg)
        try:
            yield
        finally:
            sys.excepthook, threading.excepthook, sys.unraisablehook = before

    @contextmanager
    def watched_window(
        self, loop: asyncio.AbstractEventLoop, tell: Tell, interrupt: Callable[[], None]
    ) -> Iterator[None]:
        """Let the window outlive a failure, which `tell` is told of in its own thread.

        It hears whether there are many. A terminal's Ctrl+C is an `interrupt`.
        """
        before = sys.excepthook

        def outlive(kind: type[BaseException], error: BaseException, _: object) -> None:
            if issubclass(kind, KeyboardInterrupt):
                interrupt()
            else:
                self.report(error)

        def hear(_: object, context: dict[str, Any]) -> None:
            self.report(context.get("exception"), context["message"])

        sys.excepthook = outlive
        loop.set_exception_handler(hear)
        self._told = lambda often: loop.call_soon_threadsafe(tell, often)
        try:
            yield
        finally:
            self._told = lambda often: None
            sys.excepthook = before

    def _weigh(self, now: float) -> tuple[bool, bool]:
        """Whether this failure falls into the quiet mode, and whether it is one of many."""
        if now < self._quiet_until:
            self._quiet_until = now + CALM_S
            return True, True
        self._end_quiet()
        self._recent.append(now)
        is_often = len(self._recent) == MANY and now - self._recent[0] <= WITHIN_S
        if is_often:
            self._quiet_until = now + CALM_S
        return False, is_often

    def _is_known(self, error: BaseException | None) -> bool:
        """Whether one from the same place was logged since it has been quiet."""
        place = _place(error)
        self._left_out[place] += 1
        return self._left_out[place] > 1

    def _end_quiet(self) -> None:
        left_out = self._left_out.total() - len(self._left_out)
        if left_out:
            log.warning("%d more failures were left out", left_out)
        self._left_out.clear()

    @staticmethod
    def _note(error: BaseException | None, what: str | None) -> None:
        """Log what went wrong where nobody could have caught it, and nothing hangs on it."""
        log.warning("%s", what or "ignored", exc_info=error)


def _place(error: BaseException | None) -> Place:
    trace = None if error is None else error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(error).__name__, "", 0
    return type(error).__name__, trace.tb_frame.f_code.co_filename, trace.tb_lineno
