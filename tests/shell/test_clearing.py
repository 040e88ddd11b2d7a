"""Room for the picture: without panels, and with nothing but the canvas."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget


@pytest.fixture
def canvas(shown):
    canvas = QWidget()
    canvas.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    shown.set_canvas(canvas)
    shown.set_open(True)
    return canvas


def parts(window):
    return [window.rail, window.options, window.strip, window.panel]


def edges(window):
    return [window.menu_row, window.status]


def press(key):
    QTest.keyClick(QApplication.focusWidget(), key)


def test_tab_hides_the_panels_and_brings_them_back(shown, canvas):
    press(Qt.Key.Key_Tab)
    assert not any(part.isVisible() for part in parts(shown))
    assert all(part.isVisible() for part in edges(shown))
    assert shown.actions_table["hide_panels"].isChecked()
    press(Qt.Key.Key_Tab)
    assert all(part.isVisible() for part in parts(shown))
    assert not shown.actions_table["hide_panels"].isChecked()


def test_escape_brings_the_panels_back_and_later_is_free_for_others(shown, canvas):
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_F)
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Escape)
    assert all(part.isVisible() for part in [*parts(shown), *edges(shown)])
    assert not shown.actions_table["hide_panels"].isChecked()
    press(Qt.Key.Key_Escape)
    assert shown.panel.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_F])
def test_nothing_moves_under_a_hand_that_drags(shown, canvas, key):
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton)
    press(key)
    assert all(part.isVisible() for part in parts(shown))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton)
    press(key)
    assert not shown.panel.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_F, Qt.Key.Key_Escape])
def test_a_full_canvas_is_nothing_else_until_it_is_ended(qtbot, shown, canvas, key):
    press(Qt.Key.Key_F)
    qtbot.waitUntil(lambda: canvas.size() == shown.size())
    assert canvas.hasFocus()
    press(key)
    assert all(part.isVisible() for part in [*parts(shown), *edges(shown)])


def test_a_full_canvas_ends_as_it_began(shown, canvas):
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_F)
    press(Qt.Key.Key_Escape)
    assert shown.menu_row.isVisible()
    assert not shown.panel.isVisible()


def test_a_column_beside_the_canvas_gives_way_too(shown, canvas):
    column = QWidget()
    shown.add_column(column)
    column.show()
    press(Qt.Key.Key_Tab)
    assert not column.isVisible()
    press(Qt.Key.Key_Tab)
    assert column.isVisible()


def test_all_keys_work_on_a_full_canvas(shown, canvas):
    asked = []
    shown.actions_table.on("fit", lambda: asked.append("fit"))
    press(Qt.Key.Key_F)
    QTest.keyClick(canvas, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert asked == ["fit"]


def test_without_a_picture_everything_is_shown(shown, canvas):
    press(Qt.Key.Key_F)
    shown.set_open(False)
    assert all(part.isVisible() for part in [*parts(shown), *edges(shown)])
