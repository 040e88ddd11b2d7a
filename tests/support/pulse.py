"""The window's pulse: whether its thread stood still, for how long, and over what."""

import faulthandler
import os
import threading
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
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

    A beat that is late by `late_s` leaves in the file `diary` what every thread is at just then.
    That is written without Python's lock, so it also tells of calls that hold on to it.
    """

    def __init__(self, parent: QObject | None, diary: Path, late_s: float) -> None:
        super().__init__(parent)
        self._beats: list[Beat] = []
        self._waiting = _Waiting()
        self._late_s = late_s
        self._diary = diary.open("a+")
        self._clock = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._clock.timeout.connect(self._beat)

    def start(self) -> None:
        """Beat from now on."""
        self._beats.clear()
        self._clock.start()
        self._beat()

    def stop(self) -> Gaps:
        """Beat no more; the gaps since `start`, up to this moment."""
        self._beat()
        self._hold()
        return Gaps([_gap(*pair) for pair in pairwise(self._beats)])

    def told(self) -> str:
        """What the diary holds."""
        self._diary.seek(0)
        return self._diary.read()

    def close(self) -> None:
        self._hold()
        self._diary.close()
        self._waiting.close()

    def _hold(self) -> None:
        self._clock.stop()
        faulthandler.cancel_dump_traceback_later()

    def _beat(self) -> None:
        faulthandler.dump_traceback_later(self._late_s, repeat=True, file=self._diary)
        self._beats.append(Beat(perf_counter(), self._waiting.seconds()))


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
