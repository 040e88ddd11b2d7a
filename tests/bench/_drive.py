"""A program in its window, driven like a person would and watched from outside."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tests.bench._tree import cpu_s, peak_mb

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tests.bench._x11 import Pixels, Screen

PACE_S = 1 / 125
STEP = 12
"""Screen pixels from one event of the pointer to the next."""
CHANGED = 24
"""Levels by which a pixel differs that has been painted."""
LIMIT_S = 60.0
QUIET_S, QUIET_CPU = 0.3, 0.01
"""A program is quiet that uses no more than this share of so long."""


@dataclass(frozen=True)
class Area:
    """A rectangle of the screen."""

    x: int
    y: int
    width: int
    height: int


class Program:
    """One that shows a picture and paints with a round brush."""

    def __init__(self, screen: Screen, process: subprocess.Popen[bytes], started: float) -> None:
        self.screen = screen
        self.process = process
        self.started = started

    @property
    def peak_mb(self) -> float:
        return peak_mb(self.process.pid)

    def settle(self) -> None:
        """Wait until it has nothing to do."""
        deadline = time.monotonic() + LIMIT_S
        used = cpu_s(self.process.pid)
        while time.monotonic() < deadline:
            time.sleep(QUIET_S)
            before, used = used, cpu_s(self.process.pid)
            if used - before < QUIET_CPU * QUIET_S:
                return

    def opened(self) -> tuple[float, float]:
        """Seconds from the start until the picture was seen, and until it changed no more."""
        while not self._shows_picture():
            self._must_run()
        seen = [(time.monotonic(), self._middle())]
        while time.monotonic() < seen[-1][0] + 1:
            now = self._middle()
            if (now != seen[-1][1]).any():
                seen.append((time.monotonic(), now))
        shows = is_picture(seen[-1][1])  # beside it the window may still be busy
        whole = next(at for at, row in seen if (row == seen[-1][1])[shows].all())
        return seen[0][0] - self.started, whole - self.started

    def picture(self) -> Area:
        """Where the picture is on the screen."""
        seen = is_picture(self.screen.pixels(0, 0, self.screen.width, self.screen.height))
        rows = np.flatnonzero(seen.mean(axis=1) > 0.1)
        columns = np.flatnonzero(seen[rows[0] : rows[-1]].mean(axis=0) > 0.5)
        x, y = int(columns[0]), int(rows[0])
        return Area(x, y, int(columns[-1]) - x + 1, int(rows[-1]) - y + 1)

    def stroke_cpu(self, line: Line) -> float:
        """Seconds of processor for each event of a stroke."""
        self.settle()
        self.begin(line)
        before = cpu_s(self.process.pid)
        for number in range(1, line.events + 1):
            due = time.perf_counter() + PACE_S
            self.screen.move(line.x(number), line.y)
            time.sleep(max(0, due - time.perf_counter()))
        used = cpu_s(self.process.pid) - before
        self.end()
        return used / line.events

    def stroke_latencies(self, line: Line, radius: float) -> list[float]:
        """Seconds from each event until what it paints first is on the screen."""
        self.settle()
        ahead = max(1, int(radius) - 4)
        empty = self.screen.pixels(line.left, line.y, line.length + int(radius) + 8)
        self.begin(line)
        waiting: deque[tuple[int, float]] = deque()
        latencies: list[float] = []
        due, number = time.perf_counter(), 0
        while number < line.events or waiting:
            now = time.perf_counter()
            if number < line.events and now >= due:
                number, due = number + 1, due + PACE_S
                self.screen.move(line.x(number), line.y)
                waiting.append((line.x(number) + ahead, now))
            elif waiting:
                spot, sent = waiting[0]
                if differs(self.screen.pixels(spot, line.y), empty[:, [spot - line.left]]):
                    waiting.popleft()
                    latencies.append(time.perf_counter() - sent)
                elif now > sent + 2:
                    raise SystemExit("Nothing was painted under the pointer.")
        self.end()
        return latencies[3:]  # the first ones press, and begin the stroke

    def undone(self, line: Line, empty: Pixels) -> float:
        """Seconds from the keys of undo until the last pixel of the line is as it was."""
        self.screen.move(line.left, line.y - 3 * STEP - line.reach)
        self.settle()
        if not differs(self.row(line), empty):
            raise SystemExit("There is nothing to undo.")
        started = time.perf_counter()
        self.screen.type("Control_L", "z")
        while differs(self.row(line), empty):
            self._must_run()
            if time.perf_counter() > started + 5:
                raise SystemExit("Undo did not take the stroke back.")
        return time.perf_counter() - started

    def row(self, line: Line) -> Pixels:
        return self.screen.pixels(line.left, line.y, line.length)

    def begin(self, line: Line) -> None:
        """Press at the line's beginning."""
        self.screen.move(line.left - STEP, line.y)
        self.screen.move(line.left, line.y)
        time.sleep(0.1)
        self.screen.press()
        time.sleep(0.1)

    def end(self) -> None:
        time.sleep(0.05)
        self.screen.release()
        time.sleep(0.1)

    def _middle(self) -> Pixels:
        return self.screen.pixels(0, self.screen.height * 2 // 5, self.screen.width)

    def _shows_picture(self) -> bool:
        return bool(is_picture(self._middle()).mean() > 0.1)

    def _must_run(self) -> None:
        if self.process.poll() is not None:
            raise SystemExit("The program ended by itself.")
        if time.monotonic() > self.started + LIMIT_S:
            raise SystemExit("The picture was never shown.")


@dataclass(frozen=True)
class Line:
    """A level stroke on the screen, and how far beside it the brush reaches."""

    left: int
    y: int
    events: int
    reach: int

    @property
    def length(self) -> int:
        return self.events * STEP

    def x(self, number: int) -> int:
        return self.left + number * STEP


def lines(area: Area, radius: float, most: int) -> list[Line]:
    """Strokes over an area that do not touch each other."""
    reach = int(radius) + 6
    events = (area.width - 4 * reach) // STEP
    rows = range(area.y + 2 * reach, area.y + area.height - 2 * reach, 2 * reach + 4)
    return [Line(area.x + 2 * reach, y, events, reach) for y in list(rows)[:most]]


def is_picture(pixels: Pixels) -> Pixels:
    """Where a picture of `felt_picture` shows: red 60 above green, green 40 above blue."""
    red, green, blue = ((pixels >> shift & 255).astype(np.int32) for shift in (16, 8, 0))
    return (abs(red - green - 60) < 16) & (abs(green - blue - 40) < 16)


def differs(now: Pixels, before: Pixels) -> bool:
    """Whether any pixel is clearly another one."""
    apart = (
        abs((now >> shift & 255).astype(int) - (before >> shift & 255)) for shift in (16, 8, 0)
    )
    return any(bool((each > CHANGED).any()) for each in apart)


@contextmanager
def started(
    screen: Screen, command: Sequence[str], environment: Mapping[str, str]
) -> Iterator[Program]:
    """The program, until it is ended."""
    begun = time.monotonic()
    quiet = subprocess.DEVNULL
    everything = {**os.environ, **environment}
    everything.pop("PYTHONDONTWRITEBYTECODE", None)  # nobody compiles a program at each start
    process = subprocess.Popen(
        [sys.executable, *command], env=everything, stdout=quiet, stderr=quiet
    )
    try:
        yield Program(screen, process, begun)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
