"""The program does not grow with use; `dev.py soak` looks longer."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.soak.counts import NOISE, Counts, grown
from tests.support import tally

BEATS, JOBS = 20_000, 10
ROOT = Path(__file__).parents[2]
NOTHING = Counts(memory_kb=0, descriptors=0, threads=0, tasks=0, qobjects=0, objects=0)

each_count = pytest.mark.parametrize("name", Counts.__slots__)


@pytest.mark.timeout(400)
def test_the_program_does_not_grow() -> None:
    command = [sys.executable, "-m", "tests.soak", "--beats", str(BEATS), "--jobs", str(JOBS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    told = f"{done.stdout}\n{done.stderr}"
    tally.note("signals and paints", BEATS)
    assert done.returncode == 0, told
    assert "nothing has grown" in told
    assert "Traceback" not in told


@each_count
def test_what_grows_is_told(name: str) -> None:
    step = getattr(NOISE, name)
    samples = [replace(NOTHING, **{name: number * step}) for number in range(8)]
    (told,) = grown(samples)
    assert told.startswith(f"{name.replace('_', ' ')} grew from ")


@each_count
def test_what_comes_and_goes_has_not_grown(name: str) -> None:
    most = getattr(NOISE, name)
    samples = [replace(NOTHING, **{name: number % 2 * most}) for number in range(8)]
    assert grown(samples) == []
