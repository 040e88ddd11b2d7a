"""What a hand feels: the whole program in its window, beside a bare Qt window in the same run.

Both are on an X server of their own that nobody sees. A pointer moves 125 times a second with a
100-pixel brush; the screen itself is watched. Only the ratios mean anything on another machine.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from PIL import Image

from tests.bench._drive import Area, Program, lines, started
from tests.bench._reference import BRUSH
from tests.bench._x11 import Screen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SIZES = (2048, 8192)
ROUNDS = 2
STROKES = 3
VIEWS = {"100 %": "1", "fit": "0"}
GOALS = {"CPU": 1.5, "latency": 3.0, "undo": 1.3, "open": 1.5}
"""At most so much, for each that the reference takes; opening, of the larger picture."""

Figures: TypeAlias = "Mapping[tuple[str, str], Mapping[str, list[float]]]"
"""What was measured, by what and where, for each program."""


def main() -> None:
    """Print each figure of the program and of the reference, and their ratio."""
    if not sys.platform.startswith("linux"):
        raise SystemExit("This bench needs Linux: an X server, and /proc.")
    figures: Figures = defaultdict(lambda: defaultdict(list))
    with tempfile.TemporaryDirectory() as folder, _screen() as (screen, environment):
        home = _home(Path(folder))
        small = _picture(Path(folder, "small.jpg"), 512)
        with started(screen, ["-m", "app", small], {**environment, **home}) as program:
            program.opened()  # the first start on a machine is no day like others
        for size in SIZES:
            path = _picture(Path(folder, f"{size}.jpg"), size)
            for _ in range(ROUNDS):
                with started(screen, ["-m", "app", path], {**environment, **home}) as program:
                    area = _measure(program, size, figures, "app")
                where = map(str, (area.x, area.y, area.width, area.height))
                command = ["-m", "tests.bench._reference", path, *where]
                with started(screen, command, environment) as program:
                    _measure(program, size, figures, "ref")
    _print(figures)


def _measure(program: Program, size: int, figures: Figures, who: str) -> Area:
    """Note all figures of one program; answers where it shows the picture at 100 %."""
    seen, whole = program.opened()
    figures["seen", f"{size}²"][who].append(seen)
    figures["open", f"{size}²"][who].append(whole)
    program.screen.focus()
    areas = []
    for view, key in VIEWS.items():
        program.settle()
        program.screen.type("Control_L", key)
        program.settle()
        areas.append(program.picture())
        zoom = 1.0 if view == "100 %" else areas[-1].width / size
        _paint(program, areas[-1], BRUSH / 2 * zoom, f"{size}² {view}", figures, who)
    figures["memory", f"{size}²"][who].append(program.peak_mb)
    return areas[0]


def _paint(
    program: Program, area: Area, radius: float, where: str, figures: Figures, who: str
) -> None:
    """Note what strokes cost, every second one watched closely, and undo each of them."""
    for number, line in enumerate(lines(area, radius, 2 * STROKES)):
        program.screen.move(line.left, line.y - 3 * line.reach)
        program.settle()
        empty = program.row(line)
        if number % 2:
            figures["latency", where][who].extend(program.stroke_latencies(line, radius))
        else:
            figures["CPU", where][who].append(program.stroke_cpu(line))
        figures["undo", where][who].append(program.undone(line, empty))


def _print(figures: Figures) -> None:
    print(f"{'':26}{'ref':>9}{'Maskwright':>12}{'ratio':>8}   goal")
    for (what, where), by in sorted(figures.items()):
        values = [_figure(what, by[who]) for who in ("ref", "app")]
        unit = "MB" if what == "memory" else "ms"
        ratio = values[1] / values[0]
        title = "latency p95" if what == "latency" else what
        goal = f"≤ {GOALS[what]}" if what in GOALS else ""
        print(f"{title:13}{where:13}{values[0]:9.1f}{values[1]:9.1f} {unit}{ratio:8.2f}   {goal}")
        if what == "latency":
            middles = [median(by[who]) * 1000 for who in ("ref", "app")]
            print(f"{'  its median':26}{middles[0]:9.1f}{middles[1]:9.1f} ms")


def _figure(what: str, values: list[float]) -> float:
    """In milliseconds or megabytes: mostly the median."""
    if what == "memory":
        return median(values)
    return 1000 * (float(np.quantile(values, 0.95)) if what == "latency" else median(values))


@contextmanager
def _screen() -> Iterator[tuple[Screen, Mapping[str, str]]]:
    sys.path.append(str(Path(__file__).parents[2] / "packaging"))
    from devkit.failure import SetupFailed
    from devkit.screen import unseen

    try:
        with unseen() as environment:
            screen = Screen(environment["DISPLAY"])
            yield screen, environment
            screen.close()
    except SetupFailed as failure:
        raise SystemExit(f"{failure} On Debian: sudo apt-get install xvfb") from failure


def _home(folder: Path) -> dict[str, str]:
    """An empty home with a hard 100-pixel brush in it."""
    (folder / "maskwright").mkdir()
    brush = {"size": float(BRUSH), "hardness": 1.0, "opacity": 1.0}
    settings = {"version": 1, "tools": {"tool": "brush", "brush": brush}}
    (folder / "maskwright" / "settings.json").write_text(json.dumps(settings))
    names = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
    return {**dict.fromkeys(names, str(folder)), "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}


def _picture(path: Path, size: int) -> str:
    """A noisy picture of one hue, by which it is found on the screen."""
    side = 512
    noise = np.random.default_rng(1).integers(80, 150, (side, side))
    light = np.tile(noise, (size // side, size // side))
    channels = np.stack([light + 60, light, light - 40], axis=2).astype(np.uint8)
    Image.fromarray(channels).save(path, quality=92, subsampling=0)
    return str(path)
