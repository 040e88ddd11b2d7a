"""How soon a picture of 8192 × 8192 is seen and what it weighs, against a bare Qt window.

The bare window reads with `QImageReader` and paints what it read. Both are whole programs started
with the file, one after the other in each round. What both take of the processor until then is told
too: it is what counts where other programs want it as well.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from tests.support.homes import at_home

ROUNDS = 5
SIDE = 8192
KIB = 1 << 10  # of which a megabyte has so many

_MEASURES = """
import sys, time
from pathlib import Path
def tell(name, value=None):
    print(name, time.monotonic() if value is None else value, flush=True)
def kib(name):
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))
"""

_BARE = (
    _MEASURES
    + """
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImageReader, QPainter
from PySide6.QtWidgets import QApplication, QWidget
class Bare(QWidget):
    image = None
    def paintEvent(self, event):
        if self.image is None:
            return
        painter = QPainter(self)
        painter.scale(self.width() / self.image.width(), self.height() / self.image.height())
        painter.drawImage(0, 0, self.image)
        painter.end()
        tell("shown")
        tell("cpu", time.process_time())
        tell("peak", kib("VmHWM"))
        QTimer.singleShot(0, QApplication.quit)
def read():
    window.image = QImageReader(sys.argv[1]).read()
    window.update()
application = QApplication(sys.argv)
QImageReader.setAllocationLimit(0)
window = Bare()
window.resize(1440, 900)
window.show()
QTimer.singleShot(0, read)
application.exec()
"""
)

_OURS = (
    _MEASURES
    + """
from PySide6.QtCore import QEvent, QObject, QTimer
from app.bootstrap import run_window
from app.storage.folders import Folders
from app.session.document import Document
file = Path(sys.argv[1]) if sys.argv[1:] else None
class Watch(QObject):
    def __init__(self, window):
        super().__init__(window)
        self.window, self.seen = window, set()
        self.document = window.findChild(Document)
        self.watch("draft")
        self.document.picture_coming.connect(lambda: self.watch("canvas"))
    def watch(self, name):
        self.window.findChild(QObject, name).installEventFilter(self)
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint:
            is_whole = watched.objectName() == "canvas"
            name = "shown" if is_whole else "draft"
            if name not in self.seen and (self.document.picture is not None or not is_whole):
                self.seen.add(name)
                tell(name)
                if is_whole:
                    tell("cpu", time.process_time())
                    QTimer.singleShot(3000, self.end)
        return False
    def end(self):
        tell("settled", kib("VmRSS"))
        tell("peak", kib("VmHWM"))
        self.window.close()
def stage(name, window):
    if name == "ready":
        watch = Watch(window)
        if file is None:
            QTimer.singleShot(1000, watch.end)
run_window(file, Folders.standard(), stage=stage)
"""
)


def main() -> None:
    """Print the time as a ratio to the bare window, and the memory above our own empty one."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        empty = _run(_OURS, home)["settled"]
        for path in _pictures(home):
            bare, ours = _rounds(path, home)
            base = statistics.median(run["shown"] for run in bare)
            print(f"{path.suffix[1:]}: bare window, picture shown {base:8.2f} s     1.00")
            for name, goal in (("draft", ""), ("shown", "   goal ≤ 1.5")):
                if not all(name in run for run in ours):
                    continue  # the whole picture was there as soon as a draft
                seconds = statistics.median(run[name] for run in ours)
                print(f"     ours, {name:23}{seconds:8.2f} s  {seconds / base:7.2f}{goal}")
            work, least = (statistics.median(run["cpu"] for run in runs) for runs in (ours, bare))
            print(f"     ours, the processor's time     {work:8.2f} s  {work / least:7.2f}")
            for name, goal in (("peak", ""), ("settled", "   goal ≤ 450")):
                above = statistics.median(run[name] for run in ours) - empty
                print(f"     above the empty window, {name:8}{above / KIB:5.0f} MB{goal}")


def _pictures(folder: Path) -> Sequence[Path]:
    """A picture with some noise in it, as JPEG and as PNG."""
    y, x = np.mgrid[:SIDE, :SIDE].astype(np.uint16)
    noise = np.random.default_rng(1).integers(0, 8, (SIDE, SIDE), np.uint8)
    planes = (x >> 5, y >> 5, (x + y) >> 6)
    image = Image.fromarray(np.dstack([plane.astype(np.uint8) ^ noise for plane in planes]))
    paths = folder / "large.jpg", folder / "large.png"
    image.save(paths[0], quality=90)
    image.save(paths[1], compress_level=1)
    return paths


def _rounds(path: Path, home: Path) -> tuple[list[dict[str, float]], list[dict[str, float]]]:
    bare, ours = [], []
    for _ in range(ROUNDS):
        bare.append(_run(_BARE, home, path))
        ours.append(_run(_OURS, home, path))
    return bare, ours


def _run(script: str, home: Path, *files: Path) -> dict[str, float]:
    """What `script` tells; moments as seconds from the start of the interpreter."""
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, files)],
        env=at_home(home),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    told = {name: float(value) for name, value in map(str.split, done.stdout.splitlines())}
    moments = {name: told[name] - started for name in ("draft", "shown") if name in told}
    return {**told, **moments}
