"""A picture that a mask is read for, and the bar that asks how."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.model.brush import Brush, Sample
from app.model.picture import Picture
from app.session.work import MaskWork
from app.shell.dropping import Dropping
from app.shell.entries import Fact
from app.shell.masks.importing import Importing
from app.shell.masks.in_out import MasksInOut
from app.storage.masks import export_mask
from tests.support.pictures import load

W, H = 60, 40


def grey(plane: np.ndarray, alpha: np.ndarray | None = None, name: str = "m.png") -> Picture:
    pixels = np.dstack([plane] * 3 + [np.full_like(plane, 255)])
    return Picture(pixels=np.ascontiguousarray(pixels), alpha=alpha, name=name)


def noise(width: int = W, height: int = H, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (height, width), np.uint8)


class Room:
    """A window with a picture, and hands for its masks."""

    def __init__(self, qtbot, window, theme, document, preferences, beside, tasks) -> None:
        self.qtbot, self.window, self.document, self.tasks = qtbot, window, document, tasks
        self.preferences = preferences
        self.work = MaskWork(document)
        self.importing = Importing(window, theme, document, self.work, preferences)
        self.dropping = Dropping(window)
        for fact in (Fact.PICTURE, Fact.MASK):
            window.actions_table.state(fact, True)

        async def read(path: Path) -> Picture:
            return load(path)

        async def write(path: Path, plane) -> None:
            export_mask(path, plane)

        self.exchange = MasksInOut(
            window, document, self.importing, self.dropping, read, write, beside, tasks.spawn
        )

    def find(self, name: str) -> QWidget:
        found = self.window.findChild(QWidget, name)
        assert found is not None, name
        return found

    @property
    def bar(self) -> QWidget:
        return self.find("import_mask")

    @property
    def is_asking(self) -> bool:
        bar = self.window.findChild(QWidget, "import_mask")
        return bar is not None and bar.isVisible()

    @property
    def mask(self) -> np.ndarray:
        return self.document.mask.plane

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.work.is_computing)

    def begin(self, picture: Picture) -> None:
        self.importing.begin(picture)
        self.settle()

    def choose(self, segments: str, index: int) -> None:
        QTest.mouseClick(self.find(segments).buttons[index], Qt.MouseButton.LeftButton)
        self.settle()

    def click(self, name: str) -> None:
        QTest.mouseClick(self.find(name), Qt.MouseButton.LeftButton)
        self.settle()

    @property
    def steps(self) -> list[str]:
        stack = self.document.undo_stack
        return [stack.text(index) for index in range(stack.count())]

    def message(self) -> str:
        return self.find("message").text()


def paint(document) -> None:
    with document.stroke(Brush(size=12, hardness=1, opacity=1)) as stroke:
        stroke.extend(Sample(10, 10, 1.0))
        stroke.extend(Sample(20, 10, 1.0))
