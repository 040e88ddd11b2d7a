"""Size, hardness and opacity by key."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.shell.actions import Fact
from app.shell.keys.brush import QUICK_S, BrushKeys

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def now():
    return [0.0]


@pytest.fixture
def keys(shown, tools, now):
    shown.actions_table.state(Fact.PICTURE, True)
    return BrushKeys(shown.actions_table, tools, lambda: now[0], shown)


def test_brackets_change_the_size_and_with_shift_the_hardness(shown, keys, tools):
    QTest.keyClick(shown, Qt.Key.Key_BracketRight)
    assert tools.brush.size == 92
    QTest.keyClick(shown, Qt.Key.Key_BracketLeft)
    assert tools.brush.size == 80
    QTest.keyClick(shown, Qt.Key.Key_BracketLeft, SHIFT)
    assert tools.brush.hardness == 0.25
    for _ in range(5):
        QTest.keyClick(shown, Qt.Key.Key_BraceRight, SHIFT)
    assert tools.brush.hardness == 1


@pytest.mark.parametrize(
    ("digits", "opacity"), [("3", 0.3), ("0", 1.0), ("45", 0.45), ("05", 0.05), ("00", 0.01)]
)
def test_digits_are_opacity_and_two_quick_ones_are_exact(shown, keys, tools, digits, opacity):
    QTest.keyClicks(shown, digits)
    assert tools.brush.opacity == opacity


def test_slow_digits_are_two_opacities(shown, keys, tools, now):
    QTest.keyClick(shown, Qt.Key.Key_4)
    now[0] += QUICK_S
    QTest.keyClick(shown, Qt.Key.Key_5)
    assert tools.brush.opacity == 0.5


def test_a_third_digit_begins_anew(shown, keys, tools):
    QTest.keyClicks(shown, "452")
    assert tools.brush.opacity == 0.2


def test_the_menu_means_tens(shown, keys, tools):
    shown.actions_table["opacity_4"].trigger()
    shown.actions_table["opacity_5"].trigger()
    assert tools.brush.opacity == 0.5


def test_a_tool_that_selects_has_an_opacity_of_its_own(shown, keys, tools):
    tools.choose("lasso")
    QTest.keyClick(shown, Qt.Key.Key_3)
    shown.actions_table["stronger"].trigger()
    assert tools.selecting.opacity == 0.4
    assert tools.brush.opacity == 1


def test_brackets_leave_the_brush_alone_while_another_tool_is_in_hand(shown, keys, tools):
    tools.choose("hand")
    for key in (Qt.Key.Key_BracketRight, Qt.Key.Key_3):
        QTest.keyClick(shown, key)
    QTest.keyClick(shown, Qt.Key.Key_BracketRight, SHIFT)
    tools.choose("brush")
    assert (tools.brush.size, tools.brush.hardness, tools.brush.opacity) == (80, 0.5, 1)


def test_opacity_ends_at_one_percent_and_at_all(shown, keys, tools):
    shown.actions_table["stronger"].trigger()
    assert tools.brush.opacity == 1
    for _ in range(12):
        shown.actions_table["fainter"].trigger()
    assert tools.brush.opacity == 0.01
