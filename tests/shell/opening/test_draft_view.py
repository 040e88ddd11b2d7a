"""A large picture is seen while it is read."""

import asyncio
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget

from app.model.draft import Draft
from app.model.geometry import Size
from app.model.picture import Picture
from tests.shell.opening.disk import notice


@pytest.fixture
def big(disk):
    """A picture that is seen, half blue and half not there yet, and then waits."""
    pixels = np.full((40, 80, 4), 255, np.uint8)
    pixels[:, :, :3] = (200, 40, 10)
    alpha = np.full((40, 80), 255, np.uint8)
    alpha[20:] = 0
    size = Size(8000, 4000)
    disk.drafts["big.png"] = [
        Draft(size=size),
        Draft(size=size, picture=Picture(pixels=pixels, alpha=alpha)),
    ]
    disk.gates["big.png"] = asyncio.Event()
    return Path("/pictures/big.png")


def seen(shown) -> QImage:
    return shown.stage.grab().toImage()


def test_a_large_picture_is_seen_while_it_is_read(
    shown, theme, opening, document, big, disk, tasks
):
    opening.open(big)
    tasks.run(until=lambda: True)
    QApplication.processEvents()
    stage = shown.stage
    middle = stage.rect().center()
    assert seen(shown).pixelColor(middle - QPoint(0, 40)) == QColor(10, 40, 200)
    assert seen(shown).pixelColor(middle + QPoint(0, 40)) == theme.color("canvas")
    assert "8000 × 4000" in shown.findChild(QWidget, "message").text()
    disk.gates["big.png"].set()
    tasks.run()
    assert document.picture.name == "big.png"
    assert not shown.findChild(QWidget, "draft").isVisible()
    assert shown.findChild(QWidget, "message").text() == ""


def test_the_draft_lies_where_the_canvas_shows_the_picture(
    qtbot, shown, theme, tools, opening, document, big, disk, tasks
):
    from app.canvas.canvas import Canvas
    from app.session.display import Display
    from app.shell.viewing import Looking

    display = Display()
    canvas = Canvas(document, tools, theme, display)
    Looking(shown, canvas, display, canvas)
    opening.open(big)
    tasks.run(until=lambda: True)
    QApplication.processEvents()
    before = seen(shown)
    pixels = np.full((4000, 8000, 4), 255, np.uint8)
    pixels[:, :, :3] = (200, 40, 10)
    document.open(Picture(pixels=pixels))
    shown.stage.set_open(True)
    shown.findChild(QWidget, "draft").hide()
    QApplication.processEvents()
    after = seen(shown)
    middle = shown.stage.rect().center()
    blue = QColor(10, 40, 200)

    def edges(image: QImage) -> tuple[int, int, int]:
        row = [x for x in range(image.width()) if image.pixelColor(x, middle.y() - 10) == blue]
        column = [y for y in range(image.height()) if image.pixelColor(middle.x(), y) == blue]
        return row[0], row[-1], column[0]

    assert edges(before) == edges(after)
    disk.gates["big.png"].set()
    tasks.run()


def test_a_draft_takes_the_pointer_from_what_lies_below(
    qtbot, shown, opening, document, picture, big, disk, tasks
):
    document.open(picture)
    opening.open(big)
    tasks.run(until=lambda: True)
    QApplication.processEvents()
    middle = shown.stage.rect().center()
    assert shown.stage.childAt(middle).objectName() == "draft"
    disk.gates["big.png"].set()
    tasks.run()


def test_it_is_told_while_a_draft_is_seen(opening, document, big, disk, tasks):
    told = []
    opening.draft_shown.connect(told.append)
    opening.open(big)
    tasks.run(until=lambda: True)
    QApplication.processEvents()
    assert told == [True]
    disk.gates["big.png"].set()
    tasks.run()
    assert told == [True, False]


def test_a_draft_goes_when_the_rest_is_damaged(shown, opening, document, big, disk, tasks):
    disk.drafts["big.txt"] = disk.drafts["big.png"]
    opening.open(big.with_suffix(".txt"))
    tasks.run()
    QApplication.processEvents()
    assert not shown.findChild(QWidget, "draft").isVisible()
    assert notice(shown) == "“big.txt” is not a picture"
