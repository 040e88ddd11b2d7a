"""The whole program in a process of its own, which somebody paints in until it is killed.

`python -m tests.support.painting_program PICTURE STATES SEED`: opens the picture, paints short
strokes with the mouse, and before it begins the next one leaves in the folder STATES how the mask
looks now, as a file named by its number. It says the number when that file is there.
"""

import sys
from pathlib import Path
from random import Random
from typing import cast

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest

from app.canvas.canvas import Canvas
from app.session.document import Document
from app.shell.main_window import MainWindow

PAUSE_MS = 10
LEFT = Qt.MouseButton.LeftButton


class Painter:
    """Paints for ever."""

    def __init__(self, window: MainWindow, states: Path, chance: Random) -> None:
        self._window = window
        self._states = states
        self._chance = chance
        self._strokes = 0
        self._timer = QTimer(window, interval=PAUSE_MS)
        self._timer.timeout.connect(self._paint)
        self._timer.start()

    def _paint(self) -> None:
        canvas = self._window.findChild(Canvas, "canvas")
        document = cast("Document", self._window.findChild(Document))
        if document.picture is None or canvas is None or not canvas.isVisible():
            return
        self._leave_state(document)
        points = [self._place(canvas) for _ in range(3)]
        QTest.mousePress(canvas, LEFT, pos=points[0])
        for point in points[1:]:
            QTest.mouseMove(canvas, point)
        QTest.mouseRelease(canvas, LEFT, pos=points[-1])

    def _leave_state(self, document: Document) -> None:
        part = self._states / "part"
        part.write_bytes(document.mask_snapshot().plane().tobytes())
        part.rename(self._states / str(self._strokes))
        print(self._strokes, flush=True)
        self._strokes += 1

    def _place(self, canvas: Canvas) -> QPoint:
        middle = canvas.rect().center()
        return middle + QPoint(self._chance.randint(-90, 90), self._chance.randint(-60, 60))


def main(picture: str, states: str, seed: str) -> int:
    from app.bootstrap import run_window
    from app.storage.autosave.writer import AutosaveWriter
    from app.storage.folders import Folders

    # So that a kill meets every kind of writing.
    AutosaveWriter.__init__.__kwdefaults__ |= {"rest_s": 0.03, "most_s": 0.1}

    def stage(name: str, window: MainWindow) -> None:
        if name == "ready":
            window.painter = Painter(window, Path(states), Random(seed))

    return run_window(Path(picture), Folders.standard(), stage=stage)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
