"""Counters of suites."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import tally


def test_what_many_processes_note_is_summed_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(tally.VARIABLE, str(tmp_path / "tally"))
    script = "from tests.support import tally\nfor _ in range(200): tally.note('kills')"
    others = [subprocess.Popen([sys.executable, "-c", script]) for _ in range(3)]
    tally.note("inputs tried", 7)
    assert [other.wait(60) for other in others] == [0, 0, 0]
    assert tally.sums(tmp_path / "tally") == {"kills": 600, "inputs tried": 7}


def test_nothing_is_noted_for_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(tally.VARIABLE, raising=False)
    tally.note("kills")
    assert tally.sums(tmp_path / "none") == {}
