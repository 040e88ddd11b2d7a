"""The table of actions, and keys that reach them or do not."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcutEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu, QMenuBar, QPlainTextEdit

from app.shell.actions import MENUS, TABLE, Actions, Fact
from app.shell.menus import MASK_MENUS

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
SHORTCUTS = [(entry.id, key) for entry in TABLE for key in entry.shortcuts]


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


def press(widget, key: str) -> None:
    combination = QKeySequence(key)[0]
    QTest.keyClick(widget, combination.key(), combination.keyboardModifiers())


def test_every_action_has_a_menu_and_a_name_of_its_own():
    assert {entry.menu for entry in TABLE} == set(MENUS)
    assert len({entry.id for entry in TABLE}) == len(TABLE)


def test_every_shortcut_is_understood():
    assert [key for _, key in SHORTCUTS if not QKeySequence(key)[0]] == []


def test_each_key_triggers_its_action_and_no_other(shown, triggered):
    for _, key in SHORTCUTS:
        press(shown, key)
    assert triggered == [name for name, _ in SHORTCUTS]


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


def test_an_action_knows_the_key_that_triggers_it(shown):
    action, seen = shown.actions_table["keys"], []
    shown.actions_table.on("keys", lambda: seen.append(action.pressed))
    press(shown, "?")
    action.trigger()
    assert seen == [QKeySequence("?")[0], None]


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
    for name in ("brush", "clear"):
        actions.on(name, lambda: None)
    assert not actions["brush"].isEnabled()
    actions.state(Fact.PICTURE, True)
    assert actions["brush"].isEnabled()
    assert not actions["clear"].isEnabled()
    actions.state(Fact.PICTURE, False)
    assert not actions["brush"].isEnabled()


def test_an_action_is_off_until_somebody_answers_it(qapp):
    actions = Actions()
    assert not actions["open"].isEnabled()
    actions.on("open", lambda: None)
    assert actions["open"].isEnabled()


def test_a_tick_tells_what_is_so_and_not_that_it_was_asked_for(qapp):
    actions = Actions()
    actions.on("hide_panels", lambda: None)
    actions.mark("hide_panels", False)
    actions["hide_panels"].trigger()
    assert not actions["hide_panels"].isChecked()
    actions.mark("hide_panels", True)
    assert actions["hide_panels"].isChecked()


def entries_of(menu: QMenu | QMenuBar) -> list[str]:
    """The names of all actions in a menu and in those within it."""
    found: list[str] = []
    for action in menu.actions():
        inner = action.menu()
        found += entries_of(inner) if isinstance(inner, QMenu) else [action.objectName()]
    return found


def test_the_menus_hold_every_action_once(window):
    held = [name for name in entries_of(window.menu_row.menus) if name.startswith("action_")]
    assert sorted(held) == sorted(f"action_{entry.id}" for entry in TABLE)


def test_the_button_of_the_bar_opens_all_that_is_done_to_the_whole_mask(shown):
    menu = shown.options.more.menu()
    for _ in range(2):
        menu.popup(QPoint())
        menu.close()
    wanted = [f"action_{entry.id}" for entry in TABLE if entry.menu in MASK_MENUS]
    assert sorted(name for name in entries_of(menu) if name) == sorted(wanted)


@pytest.mark.parametrize("name", MENUS)
def test_each_menu_fits_the_smallest_window(shown, name):
    assert shown.findChild(QMenu, f"menu_{name}").sizeHint().height() < 600


@pytest.mark.parametrize("name", MENUS)
def test_no_two_entries_of_a_menu_have_the_same_letter(shown, name):
    titles = [action.text() for action in shown.findChild(QMenu, f"menu_{name}").actions()]
    letters = [title[title.index("&") + 1].lower() for title in titles if "&" in title]
    assert sorted(letters) == sorted(set(letters))


def test_menus_say_the_first_key(window):
    assert window.actions_table["redo"].shortcut().toString() == "Ctrl+Shift+Z"
    assert window.actions_table.keys.shown("generate") == "Ctrl+Enter"
