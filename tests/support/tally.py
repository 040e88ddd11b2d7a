"""Counters that suites keep while they run, for whoever asks: faults fired, kills, inputs tried.

With `MASKWRIGHT_TALLY` in the environment, each note becomes a line in that file; without it,
nothing happens. Lines are short and appended whole, so any number of processes may write.
"""

import json
import os
from collections import Counter
from pathlib import Path

VARIABLE = "MASKWRIGHT_TALLY"


def note(name: str, count: int = 1) -> None:
    """Add `count` to the counter called `name`, as in "faults fired"."""
    path = os.environ.get(VARIABLE)
    if path is None:
        return
    line = json.dumps([name, count]) + "\n"
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(file, line.encode())
    finally:
        os.close(file)


def sums(path: Path) -> Counter[str]:
    """What each counter in a file came to."""
    total: Counter[str] = Counter()
    lines = path.read_text().splitlines() if path.exists() else []
    for name, count in map(json.loads, lines):
        total[name] += count
    return total
