"""Ways in for a picture, and what happens when there is none in it."""

import asyncio
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QPlainTextEdit, QWidget

from app.model.errors import PictureError
from app.shell.opening import Opening
from app.shell.pixels import image_of, picture_of

NO_BUTTON = Qt.MouseButton.NoButton
NO_KEY = Qt.KeyboardModifier.NoModifier


class Disk:
    """Loads what a test allows, when it allows it."""

    def __init__(self, picture) -> None:
        self.picture = picture
        self.gates: dict[str, asyncio.Event] = {}

    async def load(self, path: Path):
        if path.name in self.gates:
            await self.gates[path.name].wait()
        if path.suffix == ".txt":
            raise PictureError("not_a_picture", path)
        return self.picture(path.name)


@pytest.fixture
def disk():
    from tests.shell.conftest import make_picture

    return Disk(make_picture)


@pytest.fixture
def prompt(shown):
    editor = QPlainTextEdit(shown.panel)
    editor.show()
    return editor


@pytest.fixture
def opening(shown, prompt, document, preferences, disk, tasks):
    return Opening(shown, document, preferences, disk.load, tasks.spawn)


def notice(window):
    return window.findChild(QWidget, "notice_title").text()


def drop(widget, data) -> QDropEvent:
    at, copy = QPoint(5, 5), Qt.DropAction.CopyAction
    enter = QDragEnterEvent(at, copy, data, NO_BUTTON, NO_KEY)
    QApplication.sendEvent(widget, enter)
    event = QDropEvent(QPointF(at), copy, data, NO_BUTTON, NO_KEY)
    if enter.isAccepted():
        QApplication.sendEvent(widget, event)
    return event


def files(*paths: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path) for path in paths])
    data.setText(paths[0])
    return data


def test_a_file_is_opened_and_remembered(shown, opening, document, preferences, tasks):
    opening.open(Path("/pictures/lake.png"))
    tasks.run()
    assert document.picture.name == "lake.png"
    assert preferences.value.recent_files == ("/pictures/lake.png",)
    assert [action.text() for action in shown.recent.actions()] == ["lake.png"]


def test_a_recent_file_is_opened_from_its_menu(shown, opening, document, preferences, tasks):
    preferences.edit(recent_files=("/pictures/a & b.png", "/pictures/c.png"))
    shown.recent.actions()[0].trigger()
    tasks.run()
    assert document.picture.name == "a & b.png"
    assert preferences.value.recent_files[0] == "/pictures/a & b.png"


def test_what_cannot_be_opened_is_told_and_changes_nothing(shown, opening, document, picture,
                                                           preferences, tasks):  # fmt: skip
    document.open(picture)
    opening.open(Path("/pictures/notes.txt"))
    tasks.run()
    assert document.picture is picture
    assert notice(shown) == "“notes.txt” is not a picture"
    assert shown.findChild(QWidget, "message").text() == ""
    assert shown.stage.notice.isVisible()
    assert preferences.value.recent_files == ()


def test_the_old_picture_stays_while_the_new_one_loads(opening, document, picture, disk, tasks):
    document.open(picture)
    disk.gates["slow.png"] = asyncio.Event()
    opening.open(Path("/slow.png"))
    tasks.run(until=lambda: True)
    assert document.picture is picture
    disk.gates["slow.png"].set()
    tasks.run()
    assert document.picture.name == "slow.png"


def test_the_last_one_asked_for_wins(shown, opening, document, disk, tasks):
    disk.gates["slow.png"] = asyncio.Event()
    disk.gates["slow.txt"] = asyncio.Event()
    opening.open(Path("/slow.png"))
    opening.open(Path("/slow.txt"))
    opening.open(Path("/quick.png"))
    tasks.run(until=lambda: document.picture is not None)
    disk.gates["slow.png"].set()
    disk.gates["slow.txt"].set()
    tasks.run()
    assert document.picture.name == "quick.png"
    assert not shown.stage.notice.isVisible()


def test_the_sample_is_opened_but_not_remembered(qtbot, shown, opening, document, preferences,
                                                 tasks):  # fmt: skip
    qtbot.mouseClick(shown.findChild(QWidget, "try_sample"), Qt.MouseButton.LeftButton)
    tasks.run()
    assert document.picture.name == "lake.jpg"
    assert preferences.value.recent_files == ()


def test_the_dialog_does_not_block(qtbot, shown, opening):
    shown.actions_table["open"].trigger()
    dialog = shown.findChild(QFileDialog, "open_dialog")
    qtbot.waitUntil(dialog.isVisible)
    dialog.reject()


@pytest.mark.parametrize("place", ["window", "prompt"])
def test_a_file_dropped_anywhere_is_opened(shown, prompt, opening, document, tasks, place):
    target = shown if place == "window" else prompt.viewport()
    assert drop(target, files("/pictures/lake.png")).isAccepted()
    tasks.run()
    assert document.picture.name == "lake.png"
    assert prompt.toPlainText() == ""


def test_text_may_still_be_dropped_into_the_prompt(shown, prompt, opening, document):
    data = QMimeData()
    data.setText("a lake")
    drop(prompt.viewport(), data)
    assert prompt.toPlainText() == "a lake"
    assert document.picture is None


def test_a_copied_picture_is_pasted(qapp, shown, opening, document):
    image = QImage(3, 2, QImage.Format.Format_RGB32)
    image.fill(QColor(10, 20, 30))
    qapp.clipboard().setImage(image)
    shown.actions_table["paste"].trigger()
    assert document.picture.size == (3, 2)
    assert document.picture.alpha is None
    assert list(document.picture.pixels[0, 0]) == [30, 20, 10, 255]


def test_a_copied_file_is_opened(qapp, shown, opening, document, tasks):
    qapp.clipboard().setMimeData(files("/pictures/lake.png"))
    shown.actions_table["paste"].trigger()
    tasks.run()
    assert document.picture.name == "lake.png"


def test_pasting_text_says_that_it_is_no_picture(qapp, shown, opening, document):
    qapp.clipboard().setText("a lake")
    shown.actions_table["paste"].trigger()
    assert document.picture is None
    assert "no picture" in shown.findChild(QWidget, "message").text()


def test_alpha_goes_to_the_clipboard_and_back(qapp):
    image = QImage(5, 4, QImage.Format.Format_ARGB32)
    image.fill(QColor(200, 100, 50, 128))
    picture = picture_of(image, "x")
    assert picture.alpha is not None
    assert np.all(picture.alpha == 128)
    assert image_of(picture) == image
