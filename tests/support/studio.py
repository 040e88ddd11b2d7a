"""The whole program in this process, used as an artist would: by mouse, keys and looking."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar, cast

import numpy as np
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.canvas.canvas import Canvas
from app.eventloop import AppEventLoop
from app.frame import make_frame
from app.model.picture import Plane
from app.panels.results.strip import ResultsStrip
from app.program import Program
from app.session.document import Document
from app.session.tools import Tools
from app.shell.main_window import MainWindow
from app.storage.folders import Folders

W = TypeVar("W", bound=QWidget)
PATIENCE_S = 60.0


class Studio:
    """The open window, and the hands of someone who uses it."""

    def __init__(self, window: MainWindow, folders: Folders) -> None:
        self.window = window
        self.folders = folders

    def find(self, name: str, kind: type[W] = QWidget) -> W:
        """The widget called `name`."""
        found = self.window.findChild(kind, name)
        assert found is not None, name
        return found

    @property
    def canvas(self) -> Canvas:
        return self.find("canvas", Canvas)

    @property
    def document(self) -> Document:
        return cast("Document", self.window.findChild(Document))

    @property
    def tools(self) -> Tools:
        return cast("Tools", self.window.findChild(Tools))

    @property
    def strip(self) -> ResultsStrip:
        return cast("ResultsStrip", self.window.strip)

    def click(self, name: str) -> None:
        """Click the middle of a widget."""
        QTest.mouseClick(self.find(name), Qt.MouseButton.LeftButton)

    def press(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        """Press a key wherever the focus is."""
        held = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            held |= modifier
        QTest.keyClick(QApplication.focusWidget() or self.window, key, held)

    def drag(self, *points: tuple[int, int]) -> None:
        """Drag over the canvas with the left button, through points in canvas pixels."""
        canvas = self.canvas
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(*points[0]))
        for point in points[1:]:
            QTest.mouseMove(canvas, QPoint(*point))
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(*points[-1]))

    def drag_across_middle(self, width: int = 60) -> None:
        """A stroke of `width` canvas pixels through the middle."""
        middle = self.canvas.rect().center()
        xs = range(middle.x() - width // 2, middle.x() + width // 2 + 1, 6)
        self.drag(*((x, middle.y()) for x in xs))

    def click_item(self, row: int) -> None:
        """Click a thing in the results strip."""
        place = self.strip.item_rect(row).center()
        QTest.mouseClick(self.strip.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def pictures(self) -> int:
        """How many finished pictures the strip shows."""
        return sum(item.kind == "picture" for item in self.strip.items())

    def saved(self) -> list[Path]:
        """The files in the results folder."""
        return sorted(path for path in self.folders.results.rglob("*") if path.is_file())

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait for what an artist would wait for."""
        async with asyncio.timeout(PATIENCE_S):
            while not true():  # noqa: ASYNC110 - what is waited for is on the screen
                await asyncio.sleep(0.02)

    async def open(self, path: Path) -> None:
        """Start with a picture, as from the command line, and wait until it is there."""
        self.window.recent.chosen.emit(str(path))
        await self.until(lambda: self.window.windowTitle().startswith(path.name))


def in_studio(
    story: Callable[[Studio], Awaitable[None]], root: Path, application: QApplication
) -> None:
    """Start the program, live through `story`, close the window, and see everything end."""
    folders = Folders.under(root)

    async def live() -> None:
        frame = make_frame(folders)
        frame.window.show()
        program = Program(frame.window, frame.theme, frame.preferences, folders)
        ready = asyncio.Event()
        running = asyncio.create_task(program.run(None, frame.notice, ready.set))
        try:
            await ready.wait()
            studio = Studio(frame.window, folders)
            frame.window.activateWindow()  # shortcuts work in the active window alone
            await studio.until(frame.window.isActiveWindow)
            await studio.until(lambda: frame.window.findChild(Canvas) is not None)
            await story(studio)
        finally:
            frame.window.close()
            await running
            frame.window.deleteLater()

    with asyncio.Runner(loop_factory=lambda: AppEventLoop(application)) as runner:
        runner.run(live())
    QApplication.processEvents()


def photo(path: Path, width: int = 240, height: int = 160) -> Plane:
    """Write a textured picture with a red spot in its middle; its pixels."""
    pixels = np.random.default_rng(5).integers(90, 160, (height, width, 3), np.uint8)
    middle = (slice(height // 2 - 10, height // 2 + 10), slice(width // 2 - 10, width // 2 + 10))
    pixels[middle] = (250, 20, 20)
    Image.fromarray(pixels).save(path)
    return pixels


def pixels_of(path: Path) -> Plane:
    """The colours in a file."""
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"))
