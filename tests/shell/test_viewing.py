"""Looking at the picture and its mask by menu and key."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.canvas.canvas import Canvas
from app.model.brush import Sample
from app.shell.editing import Editing
from app.shell.viewing import Looking

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def canvas(shown, theme, document, tools, display, picture):
    canvas = Canvas(document, tools, theme, display)
    Looking(shown, canvas, display, shown)
    Editing(shown, document, tools, shown)
    document.open(picture)
    QApplication.processEvents()
    canvas.setFocus()
    return canvas


def test_the_outline_is_shown_and_hidden_by_key_and_ticked_in_the_menu(shown, canvas, display):
    for mode in ("ants", "overlay"):
        QTest.keyClick(canvas, Qt.Key.Key_H, CTRL)
        assert display.mode == mode
        assert shown.actions_table["hide_ants"].isChecked() == (mode == "ants")


def test_what_the_canvas_remarks_is_told_in_the_status_line(shown, canvas):
    canvas.remarked.emit("A polygon has three corners at least.")
    assert shown.findChild(QWidget, "message").text() == "A polygon has three corners at least."


def test_zooming_by_key(canvas):
    canvas.actual_size()
    QTest.keyClick(canvas, Qt.Key.Key_Plus, CTRL)
    assert canvas.zoom == 1.25
    QTest.keyClick(canvas, Qt.Key.Key_Minus, CTRL)
    assert canvas.zoom == 1
    QTest.keyClick(canvas, Qt.Key.Key_0, CTRL)
    assert canvas.zoom > 1
    QTest.keyClick(canvas, Qt.Key.Key_1, CTRL)
    assert canvas.zoom == 1


def test_filling_and_fitting_the_mask(shown, canvas, document, tools):
    shown.actions_table["fill_view"].trigger()
    size = document.picture.size
    ratio = canvas.width() / size.width, canvas.height() / size.height
    assert canvas.zoom == pytest.approx(max(ratio), rel=0.01)
    assert not shown.actions_table["fit_mask"].isEnabled()
    tools.edit(size=4)
    with document.stroke(tools.brush) as stroke:
        stroke.extend(Sample(20, 20))
    zoom = canvas.zoom
    QTest.keyClick(canvas, Qt.Key.Key_2, CTRL)
    assert canvas.zoom > zoom


def test_turning_and_mirroring_by_key(shown, canvas):
    QTest.keyClick(canvas, Qt.Key.Key_6, ALT)
    assert canvas.angle == 15
    for _ in range(2):
        QTest.keyClick(canvas, Qt.Key.Key_4, ALT)
    assert canvas.angle == 345
    QTest.keyClick(canvas, Qt.Key.Key_5, ALT)
    assert canvas.angle == 0
    assert not shown.actions_table["mirror"].isChecked()
    QTest.keyClick(canvas, Qt.Key.Key_M, CTRL | SHIFT)
    assert canvas.mirrored
    assert shown.actions_table["mirror"].isChecked()


def test_showing_the_mask_by_key(shown, canvas, display):
    QTest.keyClick(canvas, Qt.Key.Key_Q)
    assert display.mode == "hidden"
    QTest.keyClick(canvas, Qt.Key.Key_Q)
    assert display.mode == "overlay"
    for mode in ("mono", "ants", "hidden", "overlay"):
        QTest.keyClick(canvas, Qt.Key.Key_Backslash)
        assert display.mode == mode
    display.edit(mode="ants")
    QTest.keyClick(canvas, Qt.Key.Key_H, CTRL)
    assert display.mode == "hidden"


def test_lines_between_pixels_are_ticked_in_the_menu(shown, canvas, display):
    action = shown.actions_table["grid"]
    assert action.isChecked()
    action.trigger()
    assert not display.grid
    assert not action.isChecked()


def test_the_button_stands_in_the_options_bar(shown, canvas, display):
    button = shown.options.findChild(QWidget, "display")
    assert button is not None
    assert button.isVisible()
    display.cycle()
    assert button.accessibleName() == "Mask shown as: Black and white"


def test_painting_shows_a_mask_that_was_hidden(canvas, display):
    display.toggle()
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton)
    assert display.mode == "overlay"
