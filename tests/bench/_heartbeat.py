"""How long the window stands still while its mask is edited: the longest gap of a heartbeat.

A clock ticks in the window's thread, and the pointer moves with it; edits are those of a canvas
on the screen, computed and shown as in the program.
"""

import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from statistics import median
from time import perf_counter

from PySide6.QtCore import QEvent, QEventLoop, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from app.bootstrap import TURN_S
from app.canvas.canvas import Canvas
from app.look.theme import Theme
from app.model.change import Change, Report
from app.model.edits import fill
from app.model.geometry import Rect, Size
from app.model.mask import Mask
from app.model.operations.computing import Sight, computed
from app.model.operations.settings import Feather, FromLuminance, Grow, Settings
from app.model.outline.snap import snapped_change
from app.model.picture import Plane
from app.model.selecting import Selecting
from app.model.selection.shapes import Ellipse
from app.model.wand import Wand
from app.session.document import Document
from app.session.tools import Tools
from app.session.work import Compute, MaskWork
from tests.bench._edits import painted, sloping

SIDES = (2048, 8192)
BEAT_MS = 5
ROUNDS = 5
VIEW = Size(1280, 900)
TITLE = "Grow Mask"

Act = Callable[[], object]
Ready = Callable[[], Act]
"""Makes all ready for an act that is then watched."""


def heartbeat() -> None:
    """Print the longest gap while each edit is made."""
    sys.setswitchinterval(TURN_S)
    print(f"Longest gap of a {BEAT_MS} ms heartbeat while …       goal ≤ 16 ms")
    print("    the least of some rounds, on machines that do other things too, and the median")
    desks = [Desk(side) for side in SIDES]
    for rows in zip(*(desk.edits() for desk in desks), strict=True):
        cells = []
        for desk, (_, ready) in zip(desks, rows, strict=True):
            gaps = [1e3 * desk.longest_gap(ready) for _ in range(ROUNDS)]
            cells.append(f"{desk.side}²: {min(gaps):5.1f} ({median(gaps):5.1f}) ms")
        print(f"    {rows[0][0]:22}{'   '.join(cells)}", flush=True)
    for desk in desks:
        desk.close()
    print()


class Desk:
    """A picture on a canvas, and what can be done to its mask."""

    def __init__(self, side: int) -> None:
        self.side = side
        mask = Mask.of(painted(side))
        self._picture, self._paint = sloping(side), fill(mask, 0).before(mask)
        self._document = Document()
        self._work = MaskWork(self._document)
        self._canvas = Canvas(self._document, Tools(), Theme(), work=self._work)
        self._canvas.resize(*VIEW)
        self._canvas.show()
        self._beats: list[float] = []
        self._clock = QTimer(interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._clock.timeout.connect(self._beat)

    def close(self) -> None:
        self._work.close()
        self._canvas.hide()
        self._document.close()

    def edits(self) -> Iterator[tuple[str, Ready]]:
        """All that may keep the window waiting, in words."""
        side, picture, document = self.side, self._picture, self._document
        near, far = Selecting(tolerance=32), Selecting(tolerance=32, contiguous=False)
        wand = Wand(picture, side // 2 - 24, side // 2 - 124)
        oval = Ellipse(Rect(0, 0, side, side).grown(-side // 8))
        for words, compute in (
            ("wand", partial(wand.change, near, "add")),
            ("wand, everywhere", partial(wand.change, Selecting(tolerance=255), "add")),
            ("colour range", partial(wand.change, far, "replace")),
            ("grow 8", self._operation(Grow())),
            ("grow 64", self._operation(Grow(radius=64))),
            ("feather 2", self._operation(Feather(radius=2))),
            ("feather 8", self._operation(Feather())),
            ("feather 64", self._operation(Feather(radius=64))),
            ("brightness", self._operation(FromLuminance())),
            ("smart outline", partial(snapped_change, picture, oval, near, "add")),
        ):
            yield words, lambda compute=compute: partial(self._work.run, TITLE, compute)
        yield "nothing", lambda: lambda: None
        yield "invert", lambda: document.invert
        yield "fill", lambda: document.fill
        yield "clear", lambda: document.clear
        yield "undo of a fill", self._filled
        yield "copy", lambda: document.mask_snapshot
        yield "open", lambda: partial(document.open, picture)

    def longest_gap(self, ready: Ready) -> float:
        """Seconds between two beats at most, from before an act until after it is seen."""
        self._document.close()
        self._document.open(self._picture)
        self._document.apply(TITLE, self._paint)
        act = ready()
        self._live(until=lambda: not self._canvas._building.isActive())
        self._beats.clear()
        self._clock.start()
        self._live()
        act()
        self._live(until=lambda: not self._work.is_computing)
        self._live(until=lambda: not self._canvas._building.isActive())
        self._clock.stop()
        return max(now - before for before, now in pairwise(self._beats))

    def _filled(self) -> Act:
        self._document.fill()
        return self._document.undo

    def _operation(self, settings: Settings) -> Compute:
        def compute(base: Plane, report: Report) -> Change:
            return computed(base, settings, report, Sight(self._picture))

        return compute

    def _beat(self) -> None:
        self._beats.append(perf_counter())
        place = QPointF(300 + len(self._beats) % 400, 400)
        none = Qt.MouseButton.NoButton
        keys = Qt.KeyboardModifier.NoModifier
        move = QMouseEvent(QEvent.Type.MouseMove, place, place, none, none, keys)
        QApplication.sendEvent(self._canvas, move)

    def _live(self, until: Callable[[], bool] = lambda: True) -> None:
        """Let the window live for a little while, and on until something is so."""
        loop = QEventLoop()
        while True:
            QTimer.singleShot(60, loop.quit)
            loop.exec()
            if until():
                return
