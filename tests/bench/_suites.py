"""The suites that break the program on purpose, run once, and what they counted meanwhile."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.support import tally

ROOT = Path(__file__).parents[2]
SUITES = (
    "tests/faults",
    "tests/kill",
    "tests/storage",
    "tests/flows/test_freezes.py",
    "tests/flows/test_killed.py",
)


def print_suites() -> None:
    """Print how the suites ended, and every counter that they kept."""
    with tempfile.TemporaryDirectory() as folder:
        counters = Path(folder, "counters")
        command = [sys.executable, "-m", "pytest", "-q", "--no-header", *SUITES]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, tally.VARIABLE: str(counters)},
            capture_output=True,
            text=True,
        )
        total = tally.sums(counters)
    lines = done.stdout.strip().splitlines()
    for line in lines:
        if line.startswith(("FAILED ", "ERROR ")):
            print(line)
    print(f"{', '.join(SUITES)}: {lines[-1]}")
    for name, count in sorted(total.items()):
        print(f"{name:24}{count:10,}".replace(",", " "))
