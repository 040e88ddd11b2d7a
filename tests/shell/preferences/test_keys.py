"""Keys in Preferences: found, recorded, given away only on purpose, and put back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from app.shell.keys.list import KeyList
from app.shell.keys.recorder import KeyRecorder
from app.shell.preferences.keys import KeysPart

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def keys(window):
    return window.actions_table.keys


@pytest.fixture
def part(qtbot, theme, preferences, keys):
    part = KeysPart(theme, preferences, keys)
    qtbot.addWidget(part)
    part.resize(552, 480)
    part.show()
    part.activateWindow()
    qtbot.waitUntil(part.isActiveWindow)
    return part


def button(part, name) -> QAbstractButton:
    return part.findChild(QAbstractButton, name)


def click(qtbot, part, name):
    qtbot.mouseClick(button(part, name), Qt.MouseButton.LeftButton)


def record(qtbot, part, action, key, modifiers=Qt.KeyboardModifier.NoModifier):
    part.findChild(KeyList).choose(action)
    click(qtbot, part, "key_recorder")
    assert part.findChild(KeyRecorder).listens
    QTest.keyClick(part.findChild(KeyRecorder), key, modifiers)


def conflict(part) -> str:
    return part.findChild(QLabel, "key_conflict").text()


def shown_rows(part) -> list[str]:
    keys = part.findChild(KeyList)
    groups = [keys.topLevelItem(index) for index in range(keys.topLevelItemCount())]
    rows = [group.child(row) for group in groups for row in range(group.childCount())]
    return [row.text(0) for row in rows if not row.isHidden()]


def test_a_taller_dialog_shows_more_keys_and_parts_nothing_else(qtbot, part):
    actions = part.findChild(KeyList)
    title = next(each for each in part.findChildren(QLabel) if each.text() == "Keys")
    before = actions.height(), title.geometry()
    part.resize(552, 600)
    qtbot.waitUntil(lambda: actions.height() > before[0])
    assert (actions.height(), title.geometry()) == (before[0] + 120, before[1])


def test_without_a_chosen_action_there_is_no_key_to_change(part):
    for name in ("key_recorder", "key_remove", "key_reset", "key_reset_all"):
        assert not button(part, name).isEnabled()


def test_a_free_key_is_taken_at_once(qtbot, part, keys):
    record(qtbot, part, "wand", Qt.Key.Key_F9)
    assert keys.keys_of("wand") == ("F9",)
    assert not part.findChild(KeyRecorder).listens


def test_a_chord_is_recorded_with_all_that_is_held(qtbot, part, keys):
    record(qtbot, part, "wand", Qt.Key.Key_K, CTRL | SHIFT)
    assert keys.keys_of("wand") == ("Ctrl+Shift+K",)


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Up])
def test_keys_that_move_within_dialogs_can_be_recorded_too(qtbot, part, keys, key):
    keys.take("hide_panels")
    record(qtbot, part, "wand", key)
    assert len(keys.keys_of("wand")) == 1
    assert keys.keys_of("wand") != ("W",)


def test_a_key_that_is_only_held_is_not_yet_one(qtbot, part, keys):
    part.findChild(KeyList).choose("wand")
    click(qtbot, part, "key_recorder")
    QTest.keyPress(part.findChild(KeyRecorder), Qt.Key.Key_Control, CTRL)
    assert part.findChild(KeyRecorder).listens


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Space])
def test_escape_and_space_keep_their_meaning(qtbot, part, keys, key):
    record(qtbot, part, "wand", key)
    assert keys.keys_of("wand") == ("W",)
    assert not part.findChild(KeyRecorder).listens


def test_a_key_of_another_action_is_told_and_given_only_when_that_is_meant(qtbot, part, keys):
    record(qtbot, part, "wand", Qt.Key.Key_B)
    assert conflict(part) == "B means “Brush” now."
    assert keys.keys_of("wand") == ("W",)

    click(qtbot, part, "key_reassign")

    assert keys.keys_of("wand") == ("B",)
    assert keys.keys_of("brush") == ()
    assert conflict(part) == ""
    assert not button(part, "key_reassign").isVisible()


def test_a_conflict_can_be_left_as_it_is(qtbot, part, keys):
    record(qtbot, part, "wand", Qt.Key.Key_B)
    click(qtbot, part, "key_keep")
    assert keys.own == {}
    assert conflict(part) == ""


def test_escape_leaves_a_conflict_as_it_is_and_nothing_else(qtbot, part, keys):
    record(qtbot, part, "eraser", Qt.Key.Key_B)
    QTest.keyClick(button(part, "key_reassign"), Qt.Key.Key_Escape)
    assert conflict(part) == ""
    assert (keys.shown("brush"), keys.shown("eraser")) == ("B", "E")


def test_choosing_another_action_ends_the_question(qtbot, part, keys):
    record(qtbot, part, "wand", Qt.Key.Key_B)
    part.findChild(KeyList).choose("lasso")
    assert conflict(part) == ""
    assert not button(part, "key_reassign").isVisible()


def test_a_key_can_be_removed_and_put_back(qtbot, part, keys):
    part.findChild(KeyList).choose("clear")
    click(qtbot, part, "key_remove")
    assert keys.keys_of("clear") == ()
    click(qtbot, part, "key_reset")
    assert keys.keys_of("clear") == ("Del", "Backspace")


def test_all_keys_can_be_put_back(qtbot, part, keys):
    keys.give("wand", "F9")
    keys.take("clear")
    click(qtbot, part, "key_reset_all")
    assert keys.own == {}
    assert not button(part, "key_reset_all").isEnabled()


def test_a_set_is_taken_whole_with_its_wheel(qtbot, part, keys, preferences):
    click(qtbot, part, "key_set_photoshop")
    assert keys.key_set == "photoshop"
    assert preferences.value.wheel == "photoshop"
    click(qtbot, part, "key_set_krita")
    assert keys.holder("M") == "mirror"
    assert preferences.value.wheel == ""


def test_the_wheel_can_be_chosen_alone(qtbot, part, keys, preferences):
    click(qtbot, part, "wheel_photoshop")
    assert preferences.value.wheel == "photoshop"
    assert keys.key_set == ""


@pytest.mark.parametrize(
    ("words", "expected"),
    [("lasso", ["Lasso"]), ("ctrl+shift+i", ["Invert"]), ("grow 10", ["Grow by 10 px",
      "Shrink by 10 px"]), ("no such thing", [])],
)  # fmt: skip
def test_the_list_narrows_to_names_menus_and_keys(part, words, expected):
    search = part.findChild(QLineEdit, "key_search")
    QTest.keyClicks(search, words)
    assert shown_rows(part) == expected
    search.clear()
    search.textEdited.emit("")
    assert len(shown_rows(part)) > 80


def test_the_list_shows_all_keys_of_an_action_and_follows(part, keys):
    rows = part.findChild(KeyList)
    rows.choose("redo")
    assert rows.currentItem().text(1) == "Ctrl+Shift+Z, Ctrl+Y"
    keys.give("redo", "F5")
    assert rows.currentItem().text(1) == "F5"
    assert rows.currentItem().font(1).weight() == 600


def test_enter_on_a_row_wants_a_key(qtbot, part):
    rows = part.findChild(KeyList)
    rows.choose("wand")
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert part.findChild(KeyRecorder).listens


def test_nothing_moves_when_there_is_a_question(qtbot, part):
    parts = [part.findChild(QWidget, name) for name in ("key_list", "key_recorder", "key_reset")]
    before = [one.geometry() for one in parts]
    record(qtbot, part, "wand", Qt.Key.Key_B)
    assert [one.geometry() for one in parts] == before


def test_what_a_recorded_key_does_is_done_at_once(qtbot, shown, part, keys):
    asked = []
    shown.actions_table.on("about", lambda: asked.append("about"))
    record(qtbot, part, "about", Qt.Key.Key_F9)
    part.close()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    QTest.keyClick(shown, Qt.Key.Key_F9)
    assert asked == ["about"]
