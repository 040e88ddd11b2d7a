"""The window's pulse: whether its thread stood still, for how long, and over what."""

import os
import sys
import threading
import traceback
from dataclasses import dataclass
from itertools import pairwise
from time import perf_counter
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer

BEAT_MS = 5


class Beat(NamedTuple):
    """A moment, and how long the thread had waited until then for a processor to be free."""

    at_s: float
    waited_s: float


class Gap(NamedTuple):
    """From one beat to the next. `own_s` leaves out that no processor was free, which is the
    doing of other programs, or of this one's own threads where there are few processors."""

    seconds: float
    own_s: float


@dataclass(frozen=True, slots=True)
class Gaps:
    """All gaps while something was done."""

    all: list[Gap]

    @property
    def largest_s(self) -> float:
        return max(gap.seconds for gap in self.all)

    @property
    def figures(self) -> tuple[float, float, float]:
        """The largest gap, the largest of its own, and the 99th percentile of those."""
        own = sorted(gap.own_s for gap in self.all)
        return self.largest_s, own[-1], own[int(0.99 * (len(own) - 1))]


class Pulse(QObject):
    """Beats in the thread that it was made in, as often as the clock allows.

    `told` is where that thread was whenever a beat was late by `late_s`.
    """

    def __init__(self, late_s: float) -> None:
        super().__init__()
        self._beats: list[Beat] = []
        self._waiting = _Waiting()
        self._watch = _Watch(late_s)
        self._clock = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._clock.timeout.connect(self._beat)

    @property
    def told(self) -> str:
        return "\n".join(self._watch.told)

    def start(self) -> None:
        """Beat from now on."""
        self._beats.clear()
        self._clock.start()
        self._beat()

    def stop(self) -> Gaps:
        """Beat no more; the gaps since `start`, up to this moment."""
        self._beat()
        self._clock.stop()
        self._watch.expect(None)
        return Gaps([_gap(*pair) for pair in pairwise(self._beats)])

    def close(self) -> None:
        self._clock.stop()
        self._watch.close()
        self._waiting.close()

    def _beat(self) -> None:
        now = perf_counter()
        self._watch.expect(now)
        self._beats.append(Beat(now, self._waiting.seconds()))


class _Watch:
    """Looks from another thread at what this one is at when it has not beaten for a while."""

    def __init__(self, late_s: float) -> None:
        self.told: list[str] = []
        self._late_s = late_s
        self._watched = threading.get_ident()
        self._last: float | None = None
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._look, name="pulse")
        self._thread.start()

    def expect(self, last: float | None) -> None:
        """The last beat was then, and another should follow; None when none should."""
        self._last = last

    def close(self) -> None:
        self._is_over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._is_over.wait(self._late_s / 2):
            last = self._last
            if last is None or (late_s := perf_counter() - last) < self._late_s:
                continue
            self._last = None  # once for each gap
            stack = traceback.format_stack(sys._current_frames()[self._watched])
            self.told.append(f"{late_s:.3f} s after a beat:\n{''.join(stack)}")


class _Waiting:
    """How long this thread has been ready to run without a processor; only Linux tells."""

    def __init__(self) -> None:
        path = f"/proc/self/task/{threading.get_native_id()}/schedstat"
        self._file = os.open(path, os.O_RDONLY) if os.path.exists(path) else None

    def seconds(self) -> float:
        if self._file is None:
            return 0.0
        return int(os.pread(self._file, 99, 0).split()[1]) / 1e9

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)


def _gap(before: Beat, now: Beat) -> Gap:
    seconds = now.at_s - before.at_s
    return Gap(seconds, max(0.0, seconds - (now.waited_s - before.waited_s)))
