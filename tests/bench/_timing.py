"""How the benches take and tell times."""

from collections.abc import Callable, Sequence
from statistics import median
from time import thread_time as clock
from typing import Any

__all__ = ["clock", "median", "middle", "summed", "timed", "us"]


def timed(act: Callable[[], Any]) -> float:
    """The seconds of the processor that something takes."""
    started = clock()
    act()
    return clock() - started


def summed(rows: Sequence[tuple[float, ...]]) -> tuple[float, ...]:
    """The sum of each column."""
    return tuple(map(sum, zip(*rows, strict=True)))


def middle(strokes: Sequence[tuple[float, ...]], events: int) -> tuple[float, ...]:
    """The mean event of the median stroke, for each column; the first stroke makes the stamps.

    The mean, since large dabs fall on few events; the median, since machines are noisy.
    """
    return tuple(median(column) / events for column in zip(*strokes[1:], strict=True))


def us(seconds: float) -> str:
    return f"{seconds * 1e6:.0f}"
