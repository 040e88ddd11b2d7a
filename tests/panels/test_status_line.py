"""The line at the foot: keys, messages, measures."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from app.look.progress import ProgressBar
from app.panels.key_hints import KeyHints
from app.panels.status_line import StatusLine
from app.session.tools import TOOLS
from tests.panels.hands import button, show

KEYS = {
    "open": "Ctrl+O", "paste": "Ctrl+V", "keys": "?", "swap": "X", "smaller": "[", "larger": "]",
    "softer": "Shift+[", "harder": "Shift+]", "fit": "Ctrl+0", "actual_size": "Ctrl+1",
}  # fmt: skip


def hints(line):
    return line.findChild(KeyHints).accessibleName()


@pytest.fixture
def line(qtbot, theme):
    line = show(qtbot, StatusLine(theme))
    line.show_keys(KEYS.get)
    return line


def test_it_says_how_to_begin(line):
    assert hints(line) == "Ctrl+O: open, Ctrl+V: paste, ?: all keys"
    assert not line.findChild(QWidget, "zoom").isVisible()


def test_it_shows_the_keys_of_the_tool(line):
    line.show_tool("brush")
    assert hints(line).startswith("[ ]: size, Shift+[ ]: hardness, X: subtract")
    line.show_tool("eraser", erases=True)
    assert "X: add" in hints(line)


def test_other_keys_are_shown_at_once_and_missing_ones_not_at_all(line):
    line.show_tool("brush")
    keys = {"smaller": "-", "larger": "=", "keys": "F1"}
    line.show_keys(lambda name: keys.get(name, ""))
    assert hints(line).startswith("- =: size, Shift click: line")
    assert "F1: all keys" in hints(line)


@pytest.mark.parametrize("tool", TOOLS)
def test_every_tool_has_hints_of_its_own(line, tool):
    line.show_tool(tool)
    assert hints(line).count(":") >= 4


def test_the_tools_that_look_for_themselves_say_what_a_drag_does(line):
    line.show_tool("wand")
    assert "Drag: tolerance" in hints(line)
    line.show_tool("outline")
    assert hints(line).startswith("Drag: roughly around something")


def test_what_a_gesture_measures_stays_until_it_is_over(line):
    line.show_measure("320 × 200")
    assert line.findChild(QWidget, "message").text() == "320 × 200"
    line.show_measure("")
    assert line.findChild(QWidget, "message").text() == ""


def test_what_is_told_in_passing_outlasts_a_gesture_that_measures_nothing(line):
    line.show_message("A polygon has three corners at least.")
    line.show_measure("")
    assert line.findChild(QWidget, "message").text().startswith("A polygon")


def test_while_something_is_tried_out_the_hints_tell_how_that_ends(line):
    line.show_tool("brush")
    before = hints(line)
    line.show_trial(True)
    assert hints(line) == "Enter: apply, Esc: never mind"
    line.show_trial(False)
    assert hints(line) == before


@pytest.mark.parametrize("tool", ["rectangle", "ellipse"])
def test_while_a_marquee_is_drawn_the_hints_tell_how_to_shape_it(line, tool):
    line.show_tool(tool)
    before = hints(line)
    line.show_measure("320 × 200")
    assert "Space: move it" in hints(line)
    line.show_measure("")
    assert hints(line) == before


def test_a_long_computation_shows_how_far_it_is_and_can_be_stopped(qtbot, line):
    busy = line.busy
    busy.show_busy(True)
    assert not busy.isVisible()
    qtbot.waitUntil(busy.isVisible)
    busy.show_progress(0.4)
    assert busy.findChild(ProgressBar).fraction == 0.4
    with qtbot.waitSignal(busy.cancelled):
        qtbot.mouseClick(button(line, "busy_cancel"), Qt.MouseButton.LeftButton)
    busy.show_busy(False)
    assert not busy.isVisible()


def test_it_measures_the_picture(line):
    line.show_size((1320, 880))
    line.show_position((742, 521))
    line.show_zoom(0.65)
    assert line.findChild(QWidget, "picture_size").text() == "1320 × 880"
    assert line.findChild(QWidget, "position").text() == "742, 521"
    assert line.findChild(QWidget, "zoom").text() == "65 %"


def test_a_small_zoom_keeps_a_digit(line):
    line.show_zoom(0.052)
    assert line.findChild(QWidget, "zoom").text() == "5.2 %"


def test_nothing_moves_with_pointer_and_zoom(line):
    line.show_size((1320, 880))
    line.layout().activate()
    line.show_position((1, 2))
    line.show_zoom(1)
    before = line.findChild(QWidget, "position").mapTo(line, QPoint())
    line.show_position((1319, 879))
    line.show_zoom(64)
    line.layout().activate()
    assert line.findChild(QWidget, "position").mapTo(line, QPoint()) == before


@pytest.mark.parametrize(("row", "signal"), [(0, "fit_wanted"), (1, "actual_size_wanted")])
def test_the_zoom_offers_fit_and_full_size(qtbot, line, row, signal):
    with qtbot.waitSignal(getattr(line, signal)):
        button(line, "zoom").menu().actions()[row].trigger()


def test_a_message_is_plain_text_and_can_be_read_whole(line):
    line.show_message("<b>Saved</b>")
    message = line.findChild(QWidget, "message")
    assert message.textFormat() is Qt.TextFormat.PlainText
    assert message.toolTip() == "<b>Saved</b>"
