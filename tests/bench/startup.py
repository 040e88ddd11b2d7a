"""How soon the window is there, against a bare PySide6 window, side by side in one run.

Each start is one as an artist has every day: not the first on that machine, so that Python's
bytecode and the system's list of fonts are there.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time

from tests.support.homes import at_home

ROUNDS = 9
STAGES = {
    "painted": ("first paint", "   goal ≤ 1.4"),
    "ready": ("complete window", "   goal ≤ 2.5"),
    "workplace": ("ready for a picture", ""),
}

_BARE = """
import sys, time
from PySide6.QtWidgets import QApplication, QMainWindow
class Bare(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print("painted", time.monotonic(), flush=True)
        QApplication.quit()
application = QApplication(sys.argv)
window = Bare()
window.resize(1440, 900)
window.show()
application.exec()
"""

_OURS = """
import time
from app.bootstrap import run_window
from app.storage.folders import Folders
def stage(name, window):
    print(name, time.monotonic(), flush=True)
    if name == "ready":
        from PySide6.QtCore import QObject, QTimer
        def look():
            if window.findChild(QObject, "canvas") is not None:
                timer.stop()
                print("workplace", time.monotonic(), flush=True)
                window.close()
        timer = QTimer(window, interval=1)
        timer.timeout.connect(look)
        timer.start()
run_window(None, Folders.standard(), stage=stage)
"""


def main() -> None:
    """Print first paint, complete window and what comes after it as ratios to the bare window."""
    bare: list[float] = []
    ours: dict[str, list[float]] = {name: [] for name in STAGES}
    with tempfile.TemporaryDirectory() as home:
        for script in (_BARE, _OURS):
            _stages(script, home)
        for _ in range(ROUNDS):
            bare.append(_stages(_BARE, home)["painted"])
            for name, seconds in _stages(_OURS, home).items():
                ours[name].append(seconds)
    base = statistics.median(bare)
    print(f"bare PySide6 window, first paint    {base * 1000:6.0f} ms   1.00")
    for name, (title, goal) in STAGES.items():
        median = statistics.median(ours[name])
        print(f"{title:36}{median * 1000:6.0f} ms  {median / base:5.2f}{goal}")


def _stages(script: str, home: str) -> dict[str, float]:
    """Seconds from the start of the interpreter to each stage that `script` prints."""
    environment = at_home(home, PYTHONPYCACHEPREFIX=os.path.join(home, "bytecode"))
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    stages = (line.split() for line in done.stdout.splitlines())
    return {name: float(at) - started for name, at in stages}
