"""The program is killed while somebody paints, and nothing that was painted is lost."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import pytest

from app.storage.autosave.store import Autosaves
from tests.support.homes import at_home
from tests.support.pictures import load
from tests.support.studio import photo

if TYPE_CHECKING:
    from app.model.picture import Plane

ROOT = Path(__file__).parent.parent.parent
KILLS = 10
SIZE = 240, 160
LAG_S = 1.0
"""What a machine under load may take to write a stroke; unhurried it takes milliseconds."""


class Session:
    """One program in a profile of its own."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.states = folder / "states"
        self.states.mkdir(parents=True)
        photo(folder / "harbour.png", *SIZE)
        self._seed = seed
        self._said: list[tuple[float, int]] = []

    def paint(self, strokes: int, seconds: float) -> subprocess.Popen[str]:
        """The program, after so many strokes and so many seconds more."""
        asked = ["tests.support.painting_program", self.folder / "harbour.png", self.states]
        program = subprocess.Popen(
            [sys.executable, "-m", *map(str, asked), str(self._seed)],
            env=at_home(self.folder),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert program.stdout is not None
        end = float("inf")
        for line in program.stdout:
            now = time.monotonic()
            self._said.append((now, int(line)))
            if int(line) == strokes:
                end = now + seconds
            if now >= end:
                break
        return program

    def least(self, at: float) -> int:
        """The stroke up to which all must be kept after a kill `at` that time."""
        return max((number for said, number in self._said if said < at - LAG_S), default=0)

    def state(self, number: int) -> Plane | None:
        """How the mask looked after a stroke, if that ended."""
        try:
            data = (self.states / str(number)).read_bytes()
        except FileNotFoundError:
            return None
        return np.frombuffer(data, np.uint8).reshape(SIZE[::-1])

    def kept(self) -> Plane | None:
        """What is found of the mask."""
        store = Autosaves(self.folder / "maskwright" / "autosave", load)
        found = store.kept()
        assert len(found) <= 1
        return store.work(found[0]).mask if found else None


def killed(folder: Path, seed: int) -> tuple[int, int]:
    """Paint and be killed at any moment; the stroke that had to be kept, and the one that was."""
    chance = Random(seed)
    session = Session(folder / str(seed), seed)
    program = session.paint(chance.randint(1, 25), chance.uniform(0.3, 1.3))
    time.sleep(chance.uniform(0, 0.05))  # not just after a line was said
    program.kill()
    least = session.least(time.monotonic())
    with program:
        assert program.wait() == -signal.SIGKILL
    mask = session.kept()
    if mask is None:
        return least, 0
    number = max(n for n in range(10_000) if is_within(session.state(n), mask))
    after = session.state(number + 1)
    assert after is None or (mask <= after).all(), "a mix of two states"
    return least, number


def is_within(state: Plane | None, mask: Plane) -> bool:
    """Whether all that was painted by then is in the mask; strokes only ever add."""
    return state is not None and bool((state <= mask).all())


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_no_finished_stroke_is_lost_to_a_kill(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as both:
        found = list(both.map(lambda seed: killed(tmp_path, seed), range(KILLS)))
    assert [number for _, number in found if number] != []
    assert [(least, number) for least, number in found if number < least] == []


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_the_end_of_a_session_costs_nothing_and_asks_nothing(tmp_path: Path, name: str) -> None:
    session = Session(tmp_path, 7)
    program = session.paint(8, 0.0)
    program.send_signal(getattr(signal, name))
    with program:
        assert program.wait(60) == 0
    mask = session.kept()
    assert mask is not None
    numbers = sorted(int(path.name) for path in session.states.iterdir() if path.name != "part")
    last = session.state(numbers[-1])
    assert last is not None
    assert (last <= mask).all()
