"""An end that was none is told at the next start, once, with a way to report it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app import __version__
from tests.support.homes import at_home

ROOT = Path(__file__).parents[2]
KILL, TERM = 9, 15
RUN = """
import json, os, signal, sys
from app.bootstrap import run_window
from app.storage.folders import Folders
from app.storage.logs import Logs
from PySide6.QtCore import QTimer

def stage(name, window):
    if name == "ready":
        QTimer.singleShot(0, window, lambda: look(window))

def look(window):
    if "app.shell.preferences.dialog" not in sys.modules:  # the last that is made ready
        return QTimer.singleShot(20, window, lambda: look(window))
    notice = window.stage.notice
    told = notice.message.title if notice.isVisible() else None
    print(json.dumps([told, Logs(Folders.standard().log).last_crash()]), flush=True)
    os.kill(os.getpid(), int(sys.argv[1]))

sys.exit(run_window(None, Folders.standard(), stage=stage))
"""


def ended_by(signal: int, home: Path) -> list[str | None]:
    """A run that ends by `signal`: the notice that it showed, and what a report tells of it."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(signal)],
        env=at_home(home, QT_QPA_PLATFORM="offscreen"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == (-signal if signal == KILL else 0), done.stderr
    told, crash = json.loads(done.stdout)
    return [told, crash[len("2000-01-01T00:00:00Z\n") :]]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_a_kill_is_told_once_and_a_good_end_never(tmp_path: Path) -> None:
    title, trace = (
        "Maskwright ended unexpectedly last time",
        f"Maskwright {__version__} was running.\n",
    )
    assert ended_by(KILL, tmp_path) == [None, ""]
    assert ended_by(TERM, tmp_path) == [title, trace]
    assert ended_by(TERM, tmp_path) == [None, trace]
