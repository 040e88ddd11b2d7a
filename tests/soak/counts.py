"""What a process holds on to, counted; and whether it became more than it should.

Memory and descriptors are counted where the system lists them, which is on Linux.
"""

import asyncio
import ctypes
import gc
import os
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from statistics import mean

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

_DESCRIPTORS = Path("/proc/self/fd")
_MEMORY = Path("/proc/self/statm")
_PAGE_KB = 4 if sys.platform != "linux" else os.sysconf("SC_PAGE_SIZE") // 1024


@dataclass(frozen=True, slots=True)
class Counts:
    """What there was at one moment."""

    memory_kb: int
    descriptors: int
    threads: int
    tasks: int
    qobjects: int
    objects: int

    @classmethod
    def now(cls) -> "Counts":
        """What there is, once what nobody needs is gone."""
        gc.collect()
        objects = gc.get_objects()
        return cls(
            memory_kb=_memory_kb(),
            descriptors=len(os.listdir(_DESCRIPTORS)) if _DESCRIPTORS.exists() else 0,
            threads=threading.active_count(),
            tasks=len(asyncio.all_tasks()),
            qobjects=_qobjects(objects),
            objects=len(objects),
        )


NOISE = Counts(memory_kb=8 << 10, descriptors=4, threads=2, tasks=4, qobjects=40, objects=20_000)
"""By how much the second half of a time may be above the first on a program that does not grow:
caches fill, and threads and connections come and go."""


def grown(samples: Sequence[Counts], noise: Counts = NOISE) -> list[str]:
    """What became more from the first half of `samples` to the second, in words."""
    middle = len(samples) // 2
    told = []
    for name in (field.name for field in fields(Counts)):
        first, second = (
            mean(getattr(sample, name) for sample in half)
            for half in (samples[:middle], samples[middle:])
        )
        if second - first > getattr(noise, name):
            told.append(f"{name.replace('_', ' ')} grew from {first:.0f} to {second:.0f}")
    return told


def _memory_kb() -> int:
    if not _MEMORY.exists():
        return 0
    with suppress(OSError, AttributeError):  # not every C library can, and then it is noise
        ctypes.CDLL(None).malloc_trim(0)
    return int(_MEMORY.read_text().split()[1]) * _PAGE_KB


def _qobjects(objects: Sequence[object]) -> int:
    """Those that Python holds, and those below any window."""
    held = sum(isinstance(one, QObject) for one in objects)
    windows = QApplication.topLevelWidgets()
    return held + sum(1 + len(window.findChildren(QObject)) for window in windows)
