"""Keys while somebody writes: letters are letters, and Escape goes back to the canvas."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from app.look.slider_field import SliderField
from app.shell.actions import TABLE, Fact
from app.shell.keys.sets import KEY_SETS

ALIVE = {
    "open", "save", "save_as", "import_mask", "export_mask", "mask_library", "save_result", "quit",
    "preferences", "zoom_in", "zoom_out", "fit", "actual_size", "fit_mask", "mirror", "hide_ants",
    "grid", "turn_left", "turn_right", "full_canvas", "generate", "cancel",
}  # fmt: skip
"""What may happen in the middle of a sentence, where its key is none that makes words."""


def editable_combo() -> QComboBox:
    combo = QComboBox()
    combo.setEditable(True)
    return combo


FIELDS = {
    "line": QLineEdit,
    "text": QPlainTextEdit,
    "spin": QSpinBox,
    "real": QDoubleSpinBox,
    "search": editable_combo,
}


@pytest.fixture
def triggered(shown):
    names: list[str] = []
    shown.quit_requested.connect(lambda: None)
    for fact in Fact:
        shown.actions_table.state(fact, True)
    for entry in TABLE:
        shown.actions_table.on(entry.id, lambda name=entry.id: names.append(name))
    return names


def beside_canvas(qtbot, shown, widget: QWidget) -> QWidget:
    """The widget in the window, with the focus."""
    widget.setParent(shown.panel)
    widget.show()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(widget.hasFocus)
    return widget


def press(shown, key: str) -> None:
    combination = QKeySequence(key)[0]
    QTest.keyClick(shown.focusWidget(), combination.key(), combination.keyboardModifiers())


def is_of_words(key: str) -> bool:
    """Whether a key has nothing held that would take it out of a sentence; AltGr is Ctrl+Alt."""
    return ("Ctrl" not in key or "Alt" in key) and key != "Shift+Esc"


@pytest.mark.parametrize("key_set", KEY_SETS)
@pytest.mark.parametrize("field", FIELDS)
def test_every_key_of_the_canvas_is_dead_in_a_field(qtbot, shown, triggered, field, key_set):
    shown.actions_table.keys.choose(key_set)
    keys = [(e.id, key) for e in TABLE for key in shown.actions_table.keys.keys_of(e.id)]
    widget = beside_canvas(qtbot, shown, FIELDS[field]())

    for _, key in keys:
        press(shown, key)
        widget.setFocus()

    assert set(triggered) <= ALIVE
    assert [name for name, key in keys if name in ALIVE and not is_of_words(key)] == triggered


@pytest.mark.parametrize("key_set", KEY_SETS)
def test_every_key_of_every_set_works_on_the_canvas(shown, triggered, key_set):
    shown.actions_table.keys.choose(key_set)
    keys = [(e.id, key) for e in TABLE for key in shown.actions_table.keys.keys_of(e.id)]
    for _, key in keys:
        press(shown, key)
    assert triggered == [name for name, _ in keys]


def test_a_letter_that_is_a_tool_is_written(qtbot, shown, triggered):
    line = beside_canvas(qtbot, shown, QLineEdit())
    QTest.keyClicks(line, "Brush [1]?")
    assert line.text() == "Brush [1]?"
    assert triggered == []


def test_tab_goes_on_to_the_next_control_wherever_it_does_not_hide_the_panels(
    qtbot, shown, triggered
):
    button = beside_canvas(qtbot, shown, QPushButton("one"))
    press(shown, "Tab")
    assert triggered == []
    assert not button.hasFocus()
    shown.stage.take_keys()
    press(shown, "Tab")
    assert triggered == ["hide_panels"]


def test_digits_are_the_number_of_the_slider_that_has_the_focus(qtbot, shown, theme, triggered):
    slider = beside_canvas(qtbot, shown, SliderField(theme, "Size", "px", 1, 2000, 1))
    press(shown, "4")
    QTest.keyClick(slider.spin, Qt.Key.Key_Return)
    assert slider.number == 4
    assert triggered == []
    press(shown, "E")
    assert triggered == ["eraser"]


@pytest.mark.parametrize("field", FIELDS)
def test_escape_leaves_a_field_for_the_canvas(qtbot, shown, field):
    beside_canvas(qtbot, shown, FIELDS[field]())
    press(shown, "Esc")
    assert shown.stage.hasFocus()


def test_escape_takes_back_what_was_typed_into_a_slider_and_leaves_it(qtbot, shown, theme):
    slider = beside_canvas(qtbot, shown, SliderField(theme, "Size", "px", 1, 2000, 1))
    before = slider.number
    press(shown, "4")
    qtbot.waitUntil(slider.spin.hasFocus)
    press(shown, "Esc")
    assert slider.number == before
    assert shown.stage.hasFocus()
