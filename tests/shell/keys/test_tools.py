"""Tools by key: tapped, held, and round a group."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QThread
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.shell.actions import Fact
from app.shell.keys.tools import HOLD_MS, REPEAT_MS, ToolKeys

SHIFT = Qt.KeyboardModifier.ShiftModifier


KEYS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease)


class Clock(QObject):
    """Says when keys are pressed and let go of, whenever that is handled."""

    now_ms = 1000

    def eventFilter(self, watched, event):
        if event.type() in KEYS:
            event.setTimestamp(self.now_ms)
        return False


@pytest.fixture
def keys(shown, tools):
    shown.actions_table.state(Fact.PICTURE, True)
    return ToolKeys(shown, tools, shown)


@pytest.fixture
def clock(shown, keys):
    clock = Clock(shown)
    shown.installEventFilter(clock)
    return clock


def release(qtbot, window, key):
    """Let go of a key, and wait for what its release does."""
    QTest.keyRelease(window, key)
    qtbot.waitUntil(lambda: not window.findChild(ToolKeys).is_lending)


def hold(window, clock, key, duration_ms=HOLD_MS):
    QTest.keyPress(window, key)
    clock.now_ms += duration_ms


@pytest.mark.parametrize(
    ("key", "tool"),
    [
        (Qt.Key.Key_B, "brush"), (Qt.Key.Key_E, "eraser"), (Qt.Key.Key_L, "lasso"),
        (Qt.Key.Key_M, "rectangle"), (Qt.Key.Key_W, "wand"), (Qt.Key.Key_G, "bucket"),
        (Qt.Key.Key_H, "hand"), (Qt.Key.Key_Z, "zoom"),
    ],
)  # fmt: skip
def test_a_tap_takes_the_tool(shown, keys, tools, key, tool):
    tools.choose("ellipse")
    QTest.keyClick(shown, key)
    assert tools.tool == tool


def test_a_held_key_lends_its_tool(qtbot, shown, keys, tools, clock):
    hold(shown, clock, Qt.Key.Key_H)
    assert tools.tool == "hand"
    release(qtbot, shown, Qt.Key.Key_H)
    assert tools.tool == "brush"


def test_a_tap_is_one_however_late_it_is_handled(qtbot, shown, keys, tools, clock):
    hold(shown, clock, Qt.Key.Key_H, HOLD_MS - 1)
    QThread.msleep(HOLD_MS + 50)  # the window stalls
    release(qtbot, shown, Qt.Key.Key_H)
    assert tools.tool == "hand"


def test_taps_that_are_handled_late_together_are_no_repetition(qtbot, shown, keys, tools, clock):
    hold(shown, clock, Qt.Key.Key_H)
    QTest.keyRelease(shown, Qt.Key.Key_H)
    clock.now_ms += REPEAT_MS
    hold(shown, clock, Qt.Key.Key_H, 50)
    release(qtbot, shown, Qt.Key.Key_H)
    assert tools.tool == "hand", "it was held, and then tapped"


def test_a_key_that_repeats_as_presses_and_releases_is_held_all_the_same(
    qtbot, shown, keys, tools, clock
):
    hold(shown, clock, Qt.Key.Key_H)
    for _ in range(3):
        QTest.keyRelease(shown, Qt.Key.Key_H)
        hold(shown, clock, Qt.Key.Key_H)
    assert tools.tool == "hand"
    release(qtbot, shown, Qt.Key.Key_H)
    assert tools.tool == "brush"


def test_two_taps_are_no_repetition(qtbot, shown, keys, tools):
    QTest.keyClick(shown, Qt.Key.Key_H)
    qtbot.waitUntil(lambda: not keys.is_lending)
    tools.choose("brush")
    QTest.keyClick(shown, Qt.Key.Key_H)
    assert tools.tool == "hand"


def test_of_two_held_keys_the_second_lends(qtbot, shown, keys, tools, clock):
    hold(shown, clock, Qt.Key.Key_H)
    hold(shown, clock, Qt.Key.Key_Z)
    QTest.keyRelease(shown, Qt.Key.Key_H)
    assert tools.tool == "zoom"
    release(qtbot, shown, Qt.Key.Key_Z)
    assert tools.tool == "brush"


def test_a_held_key_that_repeats_is_one_press(shown, keys):
    actions = shown.actions_table
    assert not actions["hand"].autoRepeat()
    assert actions["larger"].autoRepeat()


def test_the_release_of_another_key_ends_no_loan(shown, keys, tools, clock):
    hold(shown, clock, Qt.Key.Key_H)
    QTest.keyRelease(shown, Qt.Key.Key_Q)
    assert tools.tool == "hand"


def test_a_tool_that_was_chosen_meanwhile_stays(qtbot, shown, keys, tools, clock):
    hold(shown, clock, Qt.Key.Key_H)
    tools.choose("wand")
    release(qtbot, shown, Qt.Key.Key_H)
    assert tools.tool == "wand"


def test_a_window_that_is_left_takes_the_lent_tool_back(shown, keys, tools, clock):
    hold(shown, clock, Qt.Key.Key_H)
    shown.left.emit()
    assert tools.tool == "brush"


@pytest.mark.parametrize(
    ("key", "round_trip"),
    [
        (Qt.Key.Key_L, ["polygon", "lasso", "polygon"]),
        (Qt.Key.Key_M, ["ellipse", "rectangle", "ellipse"]),
        (Qt.Key.Key_W, ["outline", "wand", "outline"]),
    ],
)
def test_shift_and_the_letter_go_round_the_group(shown, keys, tools, key, round_trip):
    seen = []
    for _ in round_trip:
        QTest.keyClick(shown, key, SHIFT)
        seen.append(tools.tool)
    assert seen == round_trip


def test_the_menu_takes_what_it_names_and_ticks_it(shown, keys, tools):
    actions = shown.actions_table
    actions["polygon"].trigger()
    actions["polygon"].trigger()
    assert tools.tool == "polygon"
    assert actions["polygon"].isChecked()
    assert not actions["brush"].isChecked()


def test_the_window_tells_when_it_is_left(qtbot, shown, monkeypatch):
    monkeypatch.setattr(shown, "isActiveWindow", lambda: False)
    with qtbot.waitSignal(shown.left):
        QApplication.sendEvent(shown, QEvent(QEvent.Type.ActivationChange))
