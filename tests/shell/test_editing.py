"""Menus, keys and bars at work on a real document."""

from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.model.brush import Sample
from app.session.operations import Operations
from app.shell.editing import Editing, show_work
from app.shell.operating import Operating

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def editing(shown, theme, document, tools, work):
    Operating(shown, theme, document, Operations(document, work), shown)
    return Editing(shown, document, tools)


def paint(document, tools):
    with document.stroke(tools.brush) as stroke:
        stroke.extend(Sample(20, 20))
        stroke.extend(Sample(30, 20))


def test_opening_a_picture_turns_everything_on(shown, editing, document, picture, qtbot):
    document.open(picture)
    assert shown.findChild(QWidget, "picture_size").text() == "60 × 40"
    assert shown.findChild(QWidget, "tool_brush").isEnabled()
    qtbot.waitUntil(shown.options.buttons["invert"].isEnabled)
    assert not shown.actions_table["clear"].isEnabled()


def test_paint_can_be_cleared_undone_and_redone_by_key(
    shown, editing, document, tools, picture, qtbot
):
    document.open(picture)
    paint(document, tools)
    assert shown.actions_table["clear"].isEnabled()

    QTest.keyClick(shown, Qt.Key.Key_Delete)
    assert document.mask_is_empty
    qtbot.waitUntil(lambda: not shown.actions_table["clear"].isEnabled())
    QTest.keyClick(shown, Qt.Key.Key_Z, CTRL)
    assert not document.mask_is_empty
    qtbot.waitUntil(shown.options.buttons["redo"].isEnabled)
    QTest.keyClick(shown, Qt.Key.Key_Z, CTRL | SHIFT)
    assert document.mask_is_empty


def test_the_menu_names_the_step(shown, editing, document, tools, picture, qtbot):
    undo, redo = shown.actions_table["undo"], shown.actions_table["redo"]
    document.open(picture)
    paint(document, tools)
    qtbot.waitUntil(lambda: "Brush Stroke" in undo.text())
    undo.trigger()
    qtbot.waitUntil(lambda: undo.text() == "&Undo")
    assert "Brush Stroke" in redo.text()


def test_keys_that_wait_already_act_on_what_an_edit_allows(
    shown, editing, document, tools, picture
):
    document.open(picture)
    paint(document, tools)
    for key, is_empty in ((Qt.Key.Key_Z, True), (Qt.Key.Key_Y, False), (Qt.Key.Key_Z, True)):
        QTest.keyClick(shown, key, CTRL)  # with no turn of the event loop in between
        assert document.mask_is_empty == is_empty


def test_invert_by_button(qtbot, shown, editing, document, picture):
    document.open(picture)
    qtbot.waitUntil(shown.options.buttons["invert"].isEnabled)
    qtbot.mouseClick(shown.options.buttons["invert"], Qt.MouseButton.LeftButton)
    assert document.mask_box().size == picture.size


def test_without_a_picture_the_keys_of_tools_do_nothing(shown, editing, tools):
    QTest.keyClick(shown, Qt.Key.Key_E)
    assert tools.tool == "brush"


def test_closing_the_document_brings_the_empty_state_back(shown, editing, document, picture):
    document.open(picture)
    document.close()
    assert shown.stage.empty.isVisible()
    assert not shown.options.buttons["undo"].isEnabled()


def test_a_change_that_takes_its_time_is_told_and_can_be_stopped(
    qtbot, shown, editing, document, picture, work
):
    document.open(picture)
    show_work(shown, work)
    stopped = Event()

    def compute(base, report):
        try:
            while True:
                report(0.5)
        finally:
            stopped.set()

    work.run("Grow", compute)
    qtbot.waitUntil(shown.status.busy.isVisible)
    qtbot.mouseClick(shown.findChild(QWidget, "busy_cancel"), Qt.MouseButton.LeftButton)

    assert stopped.wait(10)
    assert not shown.status.busy.isVisible()
    assert document.mask_is_empty
