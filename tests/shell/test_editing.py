"""Menus, keys and bars at work on a real document."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.model.brush import Sample
from app.shell.editing import Editing

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def editing(shown, document, tools):
    return Editing(shown, document, tools)


def paint(document, tools):
    with document.stroke(tools.brush) as stroke:
        stroke.extend(Sample(20, 20))
        stroke.extend(Sample(30, 20))


def test_opening_a_picture_turns_everything_on(shown, editing, document, picture):
    document.open(picture)
    assert shown.windowTitle() == "lake.png – Maskwright"
    assert shown.findChild(QWidget, "picture_size").text() == "60 × 40"
    assert shown.findChild(QWidget, "tool_brush").isEnabled()
    assert shown.options.buttons["invert"].isEnabled()
    assert not shown.actions_table["clear"].isEnabled()


def test_paint_can_be_cleared_undone_and_redone_by_key(shown, editing, document, tools, picture):
    document.open(picture)
    paint(document, tools)
    assert shown.actions_table["clear"].isEnabled()

    QTest.keyClick(shown, Qt.Key.Key_Delete)
    assert document.mask_is_empty
    assert not shown.actions_table["clear"].isEnabled()
    QTest.keyClick(shown, Qt.Key.Key_Z, CTRL)
    assert not document.mask_is_empty
    assert shown.options.buttons["redo"].isEnabled()
    QTest.keyClick(shown, Qt.Key.Key_Z, CTRL | SHIFT)
    assert document.mask_is_empty


def test_the_menu_names_the_step(shown, editing, document, tools, picture):
    document.open(picture)
    paint(document, tools)
    assert "Brush Stroke" in shown.actions_table["undo"].text()
    shown.actions_table["undo"].trigger()
    assert shown.actions_table["undo"].text() == "&Undo"
    assert "Brush Stroke" in shown.actions_table["redo"].text()


def test_invert_by_button(qtbot, shown, editing, document, picture):
    document.open(picture)
    qtbot.mouseClick(shown.options.buttons["invert"], Qt.MouseButton.LeftButton)
    assert document.mask_box().size == picture.size


def test_without_a_picture_the_keys_of_tools_do_nothing(shown, editing, tools):
    QTest.keyClick(shown, Qt.Key.Key_E)
    assert tools.tool == "brush"


def test_closing_the_document_brings_the_empty_state_back(shown, editing, document, picture):
    document.open(picture)
    document.close()
    assert shown.stage.empty.isVisible()
    assert shown.windowTitle() == "Maskwright"
    assert not shown.options.buttons["undo"].isEnabled()
