"""Operations on the mask: by key, and tried out in their bar."""

from threading import Event

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.model.operations.settings import Grow
from tests.shell.conftest import make_picture
from tests.shell.operating.hands import (
    ALT,
    CTRL,
    LEFT,
    SHIFT,
    bar,
    button,
    grown,
    paint,
    settled,
    slider,
    trigger,
    write,
)


@pytest.mark.parametrize(
    ("key", "held", "radius"),
    [(Qt.Key.Key_BracketRight, ALT, 1), (Qt.Key.Key_BracketRight, ALT | SHIFT, 10)],
)
def test_keys_grow_the_mask_at_once(shown, operating, document, work, qtbot, key, held, radius):
    before = document.mask_snapshot().plane()
    QTest.keyClick(shown, key, held)
    qtbot.waitUntil(lambda: document.undo_stack.count() == 2)
    assert np.array_equal(document.mask.plane, grown(before, radius))
    assert document.undo_stack.undoText() == "Grow Mask"
    assert bar(shown) is None, "nothing is asked"


def test_growing_and_shrinking_by_key_are_a_step_each(shown, operating, document, qtbot):
    for key in (Qt.Key.Key_BracketRight, Qt.Key.Key_BracketRight, Qt.Key.Key_BracketLeft):
        QTest.keyClick(shown, key, ALT)
    qtbot.waitUntil(lambda: document.undo_stack.count() == 4)
    names = [document.undo_stack.text(step) for step in range(4)]
    assert names == ["Brush Stroke", "Grow Mask", "Grow Mask", "Shrink Mask"]


def test_everything_nothing_and_again(shown, operating, document):
    before = document.mask_snapshot().plane()
    QTest.keyClick(shown, Qt.Key.Key_A, CTRL)
    assert (document.mask.plane == 255).all()
    document.undo()
    assert not shown.actions_table["reselect"].isEnabled()
    QTest.keyClick(shown, Qt.Key.Key_D, CTRL)
    assert document.mask_is_empty
    QTest.keyClick(shown, Qt.Key.Key_D, CTRL | SHIFT)
    assert np.array_equal(document.mask.plane, before)
    QTest.keyClick(shown, Qt.Key.Key_Backspace, ALT)
    assert (document.mask.plane == 255).all()
    assert document.undo_stack.undoText() == "Fill Mask"


def test_a_button_opens_the_bar_and_the_mask_shows_it(shown, operating, document, work, qtbot):
    before = document.mask_snapshot().plane()
    QTest.mouseClick(shown.options.buttons["grow_by"], LEFT)
    assert bar(shown).isVisible()
    settled(qtbot, work)
    assert np.array_equal(document.mask.plane, grown(before, 8))
    assert slider(shown, "radius").hasFocus()


def test_enter_applies_and_what_was_typed_counts(shown, operating, document, work, qtbot):
    before = document.mask_snapshot().plane()
    trigger(shown, "grow_by")
    field = slider(shown, "radius")
    write(field, "12")
    QTest.keyClick(field.spin, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: document.undo_stack.count() == 2)
    assert np.array_equal(document.mask.plane, grown(before, 12))
    assert bar(shown).isHidden()
    assert shown.stage.holds(shown.focusWidget())


def test_escape_cancels_and_leaves_no_trace(shown, operating, document, work, qtbot):
    before = document.mask_snapshot().plane()
    trigger(shown, "grow_by")
    settled(qtbot, work)
    QTest.keyClick(slider(shown, "radius"), Qt.Key.Key_Escape)
    assert bar(shown).isHidden()
    assert np.array_equal(document.mask.plane, before)
    assert document.undo_stack.count() == 1


def test_escape_while_typing_cancels_and_forgets_what_was_typed(
    shown, operating, document, operations, work, qtbot
):
    trigger(shown, "grow_by")
    write(slider(shown, "radius"), "40")
    QTest.keyClick(slider(shown, "radius").spin, Qt.Key.Key_Escape)
    assert bar(shown).isHidden()
    assert document.undo_stack.count() == 1
    trigger(shown, "grow_by")
    assert operations.settings == Grow()


@pytest.mark.parametrize(("key", "steps"), [(Qt.Key.Key_Return, 2), (Qt.Key.Key_Escape, 1)])
def test_keys_reach_it_from_the_canvas_too(
    shown, operating, document, operations, qtbot, key, steps
):
    trigger(shown, "feather")
    shown.stage.take_keys()
    with qtbot.waitSignal(operations.closed):
        QTest.keyClick(shown.focusWidget(), key)
    assert document.undo_stack.count() == steps


def test_dragging_a_slider_is_followed(shown, operating, document, operations, work, qtbot):
    before = document.mask_snapshot().plane()
    trigger(shown, "grow_by")
    field = slider(shown, "radius")
    QTest.mousePress(field, LEFT, pos=QPoint(30, 10))
    for x in range(30, 60, 5):
        QTest.mouseMove(field, QPoint(x, 10))
    QTest.mouseRelease(field, LEFT, pos=QPoint(55, 10))
    radius = round(operations.settings.radius)
    assert radius > 8
    qtbot.waitUntil(lambda: np.array_equal(document.mask.plane, grown(before, radius)))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("invert", 255 - 7),
        ("fill", 255),
        ("select_all", 255),
        ("clear", 0),
        ("select_none", 0),
    ],
)
def test_what_is_asked_for_meanwhile_waits_for_what_is_computed(
    shown, operating, document, work, qtbot, name, expected
):
    gate = Event()

    def slow(base, report):
        gate.wait(10)
        return {0: b"\x07"}

    work.run("Slow", slow)
    trigger(shown, name)
    assert document.undo_stack.count() == 1
    gate.set()
    qtbot.waitUntil(lambda: document.undo_stack.count() == 3)
    assert document.undo_stack.text(1) == "Slow"
    assert document.mask.plane[0, 0] == expected


def test_undo_takes_back_even_the_first_thing_that_is_tried(
    shown, operating, document, work, qtbot
):
    document.close()
    document.open(make_picture("other.png", 300, 200))
    undo = shown.actions_table["undo"]
    assert not undo.isEnabled()
    trigger(shown, "from_luminance")
    settled(qtbot, work)
    assert "Mask from Brightness" in undo.text()
    shown.stage.take_keys()
    QTest.keyClick(shown, Qt.Key.Key_Z, CTRL)
    assert document.mask_is_empty
    assert bar(shown).isHidden()
    qtbot.waitUntil(lambda: not undo.isEnabled())


def test_there_is_nothing_to_redo_while_something_is_tried(
    shown, operating, document, operations, work, qtbot
):
    paint(document, 200)
    document.undo()
    redo = shown.actions_table["redo"]
    qtbot.waitUntil(lambda: "Brush Stroke" in redo.text())
    trigger(shown, "grow_by")
    qtbot.waitUntil(lambda: (redo.isEnabled(), redo.text()) == (False, "&Redo"))
    assert "Grow Mask" in shown.actions_table["undo"].text(), "before it is computed"
    shown.stage.take_keys()
    QTest.keyClick(shown, Qt.Key.Key_Z, CTRL | SHIFT)
    assert operations.current == "grow_by"
    operations.cancel()
    assert redo.isEnabled()


def test_buttons_apply_and_cancel(shown, operating, document, operations, work, qtbot):
    trigger(shown, "grow_by")
    QTest.mouseClick(button(shown, "operation_cancel"), LEFT)
    assert document.undo_stack.count() == 1
    trigger(shown, "grow_by")
    with qtbot.waitSignal(operations.closed):
        QTest.mouseClick(button(shown, "operation_apply"), LEFT)
    assert document.undo_stack.count() == 2


def test_as_long_as_it_is_open_the_hints_are_its_own(shown, operating, operations, work, qtbot):
    hints = shown.findChild(QWidget, "key_hints")
    before = hints.accessibleName()
    trigger(shown, "feather")
    assert hints.accessibleName() == "Enter: apply, Esc: never mind"
    settled(qtbot, work)
    operations.cancel()
    assert hints.accessibleName() == before


def test_painting_on_keeps_it_and_closes_the_bar(shown, operating, document, work, qtbot):
    trigger(shown, "grow_by")
    settled(qtbot, work)
    paint(document, 200)
    assert bar(shown).isHidden()
    assert document.undo_stack.count() == 3
