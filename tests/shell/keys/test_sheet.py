"""The sheet of keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from app.shell.actions import TABLE
from app.shell.keys.sets import KEY_SETS
from app.shell.keys.sheet import KeysSheet


def test_the_sheet_shows_every_key(qtbot, shown, dialogs):
    QTest.keyClick(shown, Qt.Key.Key_Question, Qt.KeyboardModifier.ShiftModifier)
    sheet = shown.findChild(QDialog, "keys_sheet")
    qtbot.waitUntil(sheet.isVisible)
    words = {label.text() for label in sheet.findChildren(QLabel)}
    plain = {
        entry.text.replace("&", "").rstrip("…")
        for entry in TABLE
        if entry.shortcuts and entry.menu != "opacity"
    }
    assert plain <= words
    assert "10 % … 100 %" in words
    sheet.close()


def test_the_sheet_shows_the_keys_as_they_are_now(qtbot, shown, theme):
    keys = shown.actions_table.keys
    keys.choose("krita")
    keys.take("hide_panels")
    sheet = KeysSheet(theme, keys, parent=shown)
    words = {label.text() for label in sheet.findChildren(QLabel)}
    assert {"Fainter", "Stronger"} <= words
    assert "Hide Panels" not in words
    assert "10 % … 100 %" not in words


def test_the_sheet_tells_how_to_take_back_turn_and_combine(shown, theme):
    sheet = KeysSheet(theme, shown.actions_table.keys, parent=shown)
    words = {label.text() for label in sheet.findChildren(QLabel)}
    assert {"Take a drag back", "Turn", "Add, subtract, intersect"} <= words


@pytest.mark.parametrize(("wheel", "key"), [("", "Wheel"), ("photoshop", "Alt wheel")])
def test_the_sheet_tells_what_the_wheel_does(shown, theme, preferences, dialogs, wheel, key):
    preferences.edit(wheel=wheel)
    shown.actions_table["keys"].trigger()
    sheet = shown.findChild(KeysSheet)
    assert key in {part.accessibleName() for part in sheet.findChildren(QWidget)}
    sheet.close()


@pytest.mark.parametrize("key_set", KEY_SETS)
def test_the_sheet_fits_the_smallest_window(shown, theme, key_set):
    shown.actions_table.keys.choose(key_set)
    size = KeysSheet(theme, shown.actions_table.keys, parent=shown).sizeHint()
    assert (size.width() <= 1024, size.height() <= 680) == (True, True)
