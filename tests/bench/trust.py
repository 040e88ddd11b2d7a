"""Whether the window ever stands still, and what the suites that break the program came to.

A heartbeat ticks every 5 ms in the window's thread while the whole program lives through a day:
opening, painting, sending, receiving, saving, with a service in a process of its own that also
hangs, drips and drowns it. "Own" leaves out how long no processor was free for the window's
thread, which is what a busy machine does to any program. Of some days the least counts, and the
median is given too. `python -m tests.bench._day` lives a single one, and tells where time went.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PIL import Image

from tests.bench._edits import painted, sloping
from tests.bench._scenes import ARRIVING, IN_LOOP
from tests.bench._suites import print_suites
from tests.support.homes import at_home

if TYPE_CHECKING:
    from collections.abc import Mapping

DAYS = 3
GOAL_MS = 100.0
P99_GOAL_MS = 33.0
ARRIVING_GOAL_MS = 20.0
FASTER_GOAL = 8
"""How many times longer the gap is when as many pictures are decoded in the loop."""

ROOT = Path(__file__).parents[2]


class Row(NamedTuple):
    """What some days came to in one scene, in milliseconds."""

    largest: list[float]
    own: list[float]
    p99: list[float]


def main() -> None:
    """Print the gaps of each scene, then what the suites counted."""
    with tempfile.TemporaryDirectory() as folder:
        pictures = _pictures(Path(folder, "pictures"))
        rows = _rows([_day(Path(folder, str(day)), pictures) for day in range(DAYS)])
    print(f"{'Gaps of a 5 ms heartbeat, ms':44}{'largest':>18}{'own':>18}{'own p99':>12}")
    for name, row in rows.items():
        cells = (f"{min(values):9.1f} ({median(values):6.1f})" for values in row[:2])
        print(f"{name:44}{''.join(cells)}{min(row.p99):12.1f}{_verdict(name, row)}")
    _print_sums(rows)
    print_suites()


def _print_sums(rows: Mapping[str, Row]) -> None:
    ours = {name: row for name, row in rows.items() if name != IN_LOOP}
    worst = max(ours, key=lambda name: min(ours[name].own))
    p99 = max(min(row.p99) for row in ours.values())
    arriving, in_loop = min(rows[ARRIVING].own), min(rows[IN_LOOP].own)
    print(f"\nlargest gap {min(ours[worst].own):.1f} ms ({worst})   goal ≤ {GOAL_MS:.0f}")
    print(f"99th percentile {p99:.1f} ms at most   goal ≤ {P99_GOAL_MS:.0f}")
    print(f"while results arrive {arriving:.1f} ms   goal ≤ {ARRIVING_GOAL_MS:.0f}")
    print(f"decoded in the loop {in_loop / arriving:.1f} times that   goal ≥ {FASTER_GOAL}\n")


def _verdict(name: str, row: Row) -> str:
    if name == IN_LOOP:
        return ""
    goal = ARRIVING_GOAL_MS if name == ARRIVING else GOAL_MS
    is_met = min(row.own) <= goal and min(row.p99) <= P99_GOAL_MS
    return "" if is_met else f"   goal ≤ {goal:.0f}, p99 ≤ {P99_GOAL_MS:.0f}"


def _rows(days: list[Mapping[str, list[float]]]) -> dict[str, Row]:
    return {
        name: Row(*([1000 * day[name][at] for day in days] for at in range(3))) for name in days[0]
    }


def _day(folder: Path, pictures: Path) -> Mapping[str, list[float]]:
    """What one day measured."""
    connect = _measured(folder / "connect", pictures, "connect")
    return {**connect, **_measured(folder / "day", pictures)}


def _measured(folder: Path, pictures: Path, *scenes: str) -> Mapping[str, list[float]]:
    """What scenes measured; the program's bytecode is there, as on any day but the first."""
    folder.mkdir(parents=True)
    environment = at_home(
        folder,
        QT_QPA_PLATFORM="offscreen",
        PYTHON_KEYRING_BACKEND="keyring.backends.null.Keyring",
        PYTHONPYCACHEPREFIX=str(pictures.parent / "bytecode"),
    )
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "tests.bench._day", str(folder), str(pictures), *scenes]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    return dict(json.loads(done.stdout))


def _pictures(folder: Path) -> Path:
    """Pictures like photos, small and large, and one that is partly transparent."""
    folder.mkdir()
    for side in (2048, 8192):
        image = Image.fromarray(np.ascontiguousarray(sloping(side).rgb))
        image.save(folder / f"{side}.png", compress_level=1)
        image.save(folder / f"{side}.jpg", quality=92)
    with Image.open(folder / "2048.png") as image:
        image.putalpha(Image.fromarray(255 - painted() // 2))
        image.save(folder / "2048-alpha.png", compress_level=1)
    return folder
