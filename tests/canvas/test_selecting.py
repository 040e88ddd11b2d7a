"""What all tools have in common that select, by hand."""

from threading import Event

import numpy as np
import pytest
from PySide6.QtCore import Qt

from app.model.geometry import Rect
from tests.canvas.areas import ALT, ESCAPE, RIGHT, SHIFT, claims, has_no_trace, painted, ready
from tests.support.easel import Easel, flat

DRAGGED = ["lasso", "rectangle", "ellipse"]
SELECTING = [*DRAGGED, "polygon", "wand", "bucket"]


@pytest.mark.parametrize("tool", SELECTING)
def test_escape_leaves_no_trace(easel: Easel, measured, tool):
    ready(easel, tool)
    easel.tools.select(tolerance=40)
    easel.press(easel.on(100, 100))
    easel.move(easel.on(150, 110))
    easel.move(easel.on(160, 150))
    easel.tap(ESCAPE)
    assert has_no_trace(easel)
    assert easel.tools.selecting.tolerance == 40
    easel.move(easel.on(200, 200))
    easel.release(easel.on(200, 200))
    assert has_no_trace(easel)
    assert not measured or measured[-1] is None


@pytest.mark.parametrize("tool", SELECTING)
@pytest.mark.parametrize("loss", ["hidden", "disabled", "picture", "release elsewhere"])
def test_losing_the_pointer_leaves_no_trace(easel: Easel, tool, loss):
    ready(easel, tool)
    easel.press(easel.on(100, 100))
    easel.move(easel.on(150, 110))
    easel.move(easel.on(160, 150))
    if loss == "hidden":
        easel.canvas.hide()
    elif loss == "disabled":
        easel.canvas.setEnabled(False)
    elif loss == "picture":
        easel.document.open(flat(400, 300))
    else:
        easel.move(easel.on(165, 150), held=Qt.MouseButton.NoButton)
    assert has_no_trace(easel)


@pytest.mark.parametrize("tool", DRAGGED)
def test_a_click_alone_changes_nothing(easel: Easel, tool):
    ready(easel, tool)
    easel.document.fill()
    easel.tools.set_mode("replace")
    easel.drag([easel.on(100, 100)])
    assert easel.document.undo_stack.count() == 1
    assert easel.document.mask.plane.min() == 255


@pytest.mark.parametrize(
    ("keys", "button", "own", "expected"),
    [
        ((), Qt.MouseButton.LeftButton, "add", "add"),
        ((), Qt.MouseButton.LeftButton, "replace", "replace"),
        ((SHIFT,), Qt.MouseButton.LeftButton, "replace", "add"),
        ((ALT,), Qt.MouseButton.LeftButton, "add", "subtract"),
        ((SHIFT, ALT), Qt.MouseButton.LeftButton, "add", "intersect"),
        ((), RIGHT, "add", "subtract"),
    ],
)
def test_keys_and_button_say_how_an_area_joins_the_mask(easel: Easel, keys, button, own, expected):
    ready(easel, "rectangle")
    easel.drag([easel.at(50, 50), easel.at(150, 150)])
    easel.tools.set_mode(own)
    easel.hold(*keys)
    easel.drag([easel.at(100, 100), easel.at(200, 200)], button)
    before, area = np.zeros((300, 400), bool), np.zeros((300, 400), bool)
    before[50:150, 50:150] = area[100:200, 100:200] = True
    joined = {
        "add": before | area,
        "subtract": before & ~area,
        "intersect": before & area,
        "replace": area,
    }[expected]
    assert (easel.document.mask.plane == joined * 255).all()


def test_each_edit_is_one_step_with_a_name(easel: Easel, qtbot):
    ready(easel, "lasso")
    names = {"lasso": "Lasso", "rectangle": "Rectangle", "ellipse": "Ellipse"}
    for count, (tool, name) in enumerate(names.items(), start=1):
        easel.tools.choose(tool)
        x = 60 * count
        easel.drag([easel.at(x, 50), easel.at(x + 40, 50), easel.at(x + 40, 90)])
        assert easel.document.undo_stack.count() == count
        assert easel.document.undo_stack.undoText() == name


def test_settings_soften_and_weaken(easel: Easel):
    ready(easel, "rectangle")
    easel.tools.select(feather=4, opacity=0.5)
    easel.drag([easel.on(100, 100), easel.on(200, 200)])
    plane = easel.document.mask.plane
    assert plane[150, 150] == 128
    assert 0 < plane[150, 96] < 64 < plane[150, 103] < 128


def test_large_areas_are_joined_beside_the_window(easel: Easel, qtbot):
    easel.open(flat(1200, 1100))
    easel.canvas.fit()
    easel.tools.choose("rectangle")
    easel.drag([easel.at(-50, -50), easel.at(1250, 1150)])
    assert easel.work.is_busy
    easel.drag([easel.at(100, 100), easel.at(200, 200)], RIGHT)  # refused
    qtbot.waitUntil(lambda: not easel.work.is_busy)
    assert easel.document.mask.plane.min() == 255
    assert easel.document.undo_stack.count() == 1


def test_an_area_that_is_drawn_meanwhile_joins_what_is_computed(easel: Easel, qtbot):
    ready(easel, "rectangle")
    easel.press(easel.at(10, 10))
    gate = Event()

    def slow(base, report):
        gate.wait(10)
        return {0: b"\x07"}

    easel.work.run("Slow", slow)
    easel.move(easel.at(30, 30))
    easel.release(easel.at(30, 30))
    gate.set()
    qtbot.waitUntil(lambda: easel.document.undo_stack.count() == 2)
    assert easel.document.mask.plane[20, 20] == 255
    assert easel.document.mask.plane[0, 0] == 7


def test_a_press_keeps_what_is_tried_out_as_it_was_asked_for_last(easel: Easel, qtbot):
    ready(easel, "brush")
    gate = Event()

    def slow(base, report):
        gate.wait(10)
        return {0: b"\x07"}

    easel.work.preview("Slow", slow)
    easel.drag([easel.at(30, 30), easel.at(60, 30)])  # refused, as it is not there yet
    gate.set()
    qtbot.waitUntil(lambda: easel.document.undo_stack.count() == 1)
    assert easel.document.mask.plane[30, 30] == 7
    easel.drag([easel.at(30, 30), easel.at(60, 30)])
    assert easel.document.mask.plane[30, 30] == 255


def test_while_it_is_computed_the_cursor_says_so_and_escape_ends_it(easel: Easel, qtbot):
    easel.open(flat(1200, 1100))
    easel.tools.choose("rectangle")
    easel.drag([easel.at(-50, -50), easel.at(1250, 1150)])
    assert easel.canvas.cursor().shape() == Qt.CursorShape.BusyCursor
    assert claims(easel, ESCAPE)
    easel.tap(ESCAPE)
    assert not easel.work.is_busy
    assert has_no_trace(easel)
    assert easel.canvas.cursor().shape() != Qt.CursorShape.BusyCursor


def test_a_tool_that_is_given_back_during_a_drag_ends_what_it_began(easel: Easel):
    ready(easel, "rectangle")
    easel.press(easel.at(100, 100))
    easel.move(easel.at(150, 150))
    easel.tools.choose("brush")
    easel.move(easel.at(200, 180))
    easel.release(easel.at(200, 180))
    assert painted(easel) == Rect(100, 100, 200, 180)


def test_alt_is_no_way_to_the_menus(easel: Easel):
    assert claims(easel, ALT)
