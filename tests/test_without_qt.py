"""The rooms below the window work where Qt is not installed."""

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import importlib, pkgutil, sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"PySide6", "shiboken6"}:
            raise ModuleNotFoundError(f"{name} is not installed here", name=name)

sys.meta_path.insert(0, NoQt())
room = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(room.__path__, room.__name__ + "."):
    importlib.import_module(module.name)
"""


@pytest.mark.parametrize(
    "room", ["contract", "model", "jobs", "api", "engine", "storage", "worker"]
)
def test_a_room_is_whole_without_qt(room: str) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", PROGRAM, f"app.{room}"],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (answer.stderr, answer.returncode) == ("", 0)


def test_qt_is_really_out_of_reach() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", PROGRAM, "app.look"],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "PySide6 is not installed here" in answer.stderr
