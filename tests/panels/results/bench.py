"""A strip in a window of its own, and the hands to use it with."""

from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.look.theme import Theme
from app.model.errors import AppError
from app.model.job import Progress, Result
from app.model.picture import Picture
from app.panels.results.shelf import Shelf
from app.panels.results.strip import ResultsStrip
from app.session.viewing import Viewing
from tests.support.jobs import HeldQueue, OpenPicture, picture_of

LONG = Progress(step="queued", is_long=True)
"""Of a task that takes longer than usual."""


@dataclass(frozen=True, slots=True)
class Words:
    """A message as the shell would word it."""

    title: str
    text: str


def word(error: AppError) -> Words:
    """Words that repeat the error, markup and all."""
    return Words("Title of it", f"Kept. The service says: “{error}”")


def at_once(coroutine: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine that never really waits."""
    with pytest.raises(StopIteration):
        coroutine.send(None)


async def load(path: object) -> Picture:
    return picture_of()


@dataclass
class Bench:
    """The strip and everything around it."""

    theme: Theme
    window: QWidget
    strip: ResultsStrip
    editor: QLineEdit
    queue: HeldQueue = field(default_factory=HeldQueue)
    viewing: Viewing = field(default_factory=lambda: Viewing(OpenPicture(), load, at_once))

    def attach(self) -> None:
        self.strip.attach(self.queue, self.viewing, word)

    def button(self, name: str) -> QPushButton:
        found = self.strip.findChild(QPushButton, name)
        assert isinstance(found, QPushButton)
        return found

    @property
    def shelf(self) -> Shelf:
        shelf = self.strip._shelf
        assert shelf is not None
        return shelf

    @property
    def kinds(self) -> list[str]:
        return [item.kind for item in self.strip.items()]

    def click(self, row: int) -> None:
        self.click_at(self.strip.item_rect(row).center())

    def click_at(self, at: QPoint) -> None:
        QTest.mouseClick(self.strip.viewport(), Qt.MouseButton.LeftButton, pos=at)

    def double_click(self, row: int) -> None:
        at = self.strip.item_rect(row).center()
        self.click_at(at)
        QTest.mouseDClick(self.strip.viewport(), Qt.MouseButton.LeftButton, pos=at)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.shelf, key)

    def heard(self, signal: str) -> list[Result]:
        """What a signal of the strip tells from now on."""
        told: list[Result] = []
        getattr(self.strip, signal).connect(told.append)
        return told


def unattached(qtbot: QtBot) -> Bench:
    """A strip in a window 1440 wide; the keyboard is in a text field above it."""
    theme = Theme()
    theme.apply("dark")
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1440, 260)
    editor = QLineEdit(window)
    strip = ResultsStrip(theme, window)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(editor)
    column.addWidget(strip)
    window.show()
    window.activateWindow()
    editor.setFocus()
    qtbot.waitExposed(window)
    return Bench(theme, window, strip, editor)
