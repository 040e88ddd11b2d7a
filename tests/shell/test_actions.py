"""The table of actions, and keys that reach them or do not."""

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcutEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QMenuBar,
    QPlainTextEdit,
    QSpinBox,
)

from app.shell.actions import MENUS, TABLE, Actions, Fact, shown_key

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
SINGLE_KEYS = {
    "brush": (Qt.Key.Key_B, NONE),
    "eraser": (Qt.Key.Key_E, NONE),
    "swap": (Qt.Key.Key_X, NONE),
    "smaller": (Qt.Key.Key_BracketLeft, NONE),
    "larger": (Qt.Key.Key_BracketRight, NONE),
    "softer": (Qt.Key.Key_BracketLeft, SHIFT),
    "harder": (Qt.Key.Key_BracketRight, SHIFT),
    "clear": (Qt.Key.Key_Delete, NONE),
    "keys": (Qt.Key.Key_Question, SHIFT),
}
CHORDS = {
    "open": (Qt.Key.Key_O, CTRL),
    "quit": (Qt.Key.Key_Q, CTRL),
    "undo": (Qt.Key.Key_Z, CTRL),
    "redo": (Qt.Key.Key_Y, CTRL),
    "paste": (Qt.Key.Key_V, CTRL),
    "preferences": (Qt.Key.Key_Comma, CTRL),
    "invert": (Qt.Key.Key_I, CTRL),
    "zoom_in": (Qt.Key.Key_Plus, CTRL | SHIFT),
    "zoom_out": (Qt.Key.Key_Minus, CTRL),
    "fit": (Qt.Key.Key_0, CTRL),
    "actual_size": (Qt.Key.Key_1, CTRL),
    "save_result": (Qt.Key.Key_S, CTRL | SHIFT),
    "generate": (Qt.Key.Key_Return, CTRL),
    "cancel": (Qt.Key.Key_Escape, SHIFT),
}


@pytest.fixture
def triggered(shown):
    """Names of the actions that were triggered; all facts hold, nothing else listens."""
    shown.quit_requested.connect(lambda: None)
    names: list[str] = []
    for fact in Fact:
        shown.actions_table.state(fact, True)
    for entry in TABLE:
        shown.actions_table.on(entry.id, lambda name=entry.id: names.append(name))
    return names


def editable_combo() -> QComboBox:
    combo = QComboBox()
    combo.setEditable(True)
    return combo


def test_no_two_actions_share_a_key():
    keys = Counter(
        QKeySequence(key).toString() for entry in TABLE for key in dict.fromkeys(entry.shortcuts)
    )
    assert [key for key, count in keys.items() if count > 1] == []


def test_every_action_has_a_menu_and_a_name_of_its_own():
    assert {entry.menu for entry in TABLE} == set(MENUS)
    assert len({entry.id for entry in TABLE}) == len(TABLE)


def test_every_shortcut_is_understood():
    assert [key for entry in TABLE for key in entry.shortcuts if not QKeySequence(key)[0]] == []


def test_each_key_triggers_its_action_and_no_other(shown, triggered):
    keys = {**SINGLE_KEYS, **CHORDS}
    for press in keys.values():
        QTest.keyClick(shown, *press)
    assert triggered == list(keys)


@pytest.mark.parametrize(
    ("key", "name"), [(Qt.Key.Key_BraceLeft, "softer"), (Qt.Key.Key_BraceRight, "harder")]
)
def test_braces_are_shifted_brackets(shown, triggered, key, name):
    QTest.keyClick(shown, key, SHIFT)
    assert triggered == [name]


def test_one_press_that_matches_two_spellings_counts_once(shown, triggered):
    action = shown.actions_table["softer"]
    action.event(QShortcutEvent(QKeySequence("{"), 1, True))
    assert triggered == ["softer"]


@pytest.mark.parametrize("editor", ["line", "text", "spin", "real", "search"])
def test_single_keys_are_dead_while_a_text_field_has_the_focus(qtbot, shown, triggered, editor):
    field = {
        "line": QLineEdit,
        "text": QPlainTextEdit,
        "spin": QSpinBox,
        "real": QDoubleSpinBox,
        "search": editable_combo,
    }[editor]()
    layout = shown.stage.layout()
    layout.addWidget(field)
    layout.setCurrentWidget(field)
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)

    for press in SINGLE_KEYS.values():
        QTest.keyClick(shown.focusWidget(), *press)

    assert triggered == []


def test_generate_works_while_the_prompt_has_the_focus(qtbot, shown, triggered):
    prompt = QPlainTextEdit()
    shown.stage.layout().addWidget(prompt)
    shown.stage.layout().setCurrentWidget(prompt)
    prompt.setFocus()
    qtbot.waitUntil(prompt.hasFocus)

    QTest.keyClick(prompt, Qt.Key.Key_Return, CTRL)

    assert triggered == ["generate"]
    assert prompt.toPlainText() == ""


def test_paste_goes_into_the_text_field_that_has_the_focus(qtbot, qapp, shown, triggered):
    line = QLineEdit()
    shown.stage.layout().addWidget(line)
    shown.stage.layout().setCurrentWidget(line)
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    qapp.clipboard().setText("a lake")

    QTest.keyClick(line, Qt.Key.Key_V, CTRL)

    assert line.text() == "a lake"
    assert triggered == []


def test_an_action_is_off_until_what_it_needs_is_there(qapp):
    actions = Actions()
    assert not actions["brush"].isEnabled()
    actions.state(Fact.PICTURE, True)
    assert actions["brush"].isEnabled()
    assert not actions["clear"].isEnabled()
    actions.state(Fact.PICTURE, False)
    assert not actions["brush"].isEnabled()


def test_the_menus_hold_every_action(window):
    bar = window.findChild(QMenuBar)
    held = {action.objectName() for top in bar.actions() for action in top.menu().actions()}
    assert {f"action_{entry.id}" for entry in TABLE} <= held


def test_enter_is_called_so_wherever_it_is_shown():
    entry = next(entry for entry in TABLE if entry.id == "generate")
    assert shown_key(entry.shortcuts) == "Ctrl+Enter"
