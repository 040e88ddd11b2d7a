"""Going round an area corner by corner."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QWidget

from app.model.selection.polygon import cover_polygon
from tests.canvas.areas import (
    BACK,
    ENTER,
    ESCAPE,
    RIGHT,
    SHIFT,
    SPACE,
    WHOLE,
    claims,
    has_no_trace,
    ready,
)
from tests.support.easel import Easel, flat

CORNERS = [(100, 100), (200, 100), (200, 200), (100, 200)]


def click(easel: Easel, x: float, y: float) -> None:
    easel.move(easel.at(x, y), held=Qt.MouseButton.NoButton)
    easel.drag([easel.at(x, y)])


def begun(easel: Easel, corners=CORNERS) -> None:
    ready(easel, "polygon")
    for corner in corners:
        click(easel, *corner)


def covers(easel: Easel, corners) -> bool:
    middles = [(x + 0.5, y + 0.5) for x, y in corners]
    return bool((easel.document.mask.plane == cover_polygon(middles, WHOLE)).all())


def double_click(easel: Easel, x: float, y: float) -> None:
    click(easel, x, y)
    easel.send(QEvent.Type.MouseButtonDblClick, easel.at(x, y))
    easel.release(easel.at(x, y))


def test_a_polygon_does_not_outlive_its_tool_if_that_goes_during_a_drag(easel: Easel):
    begun(easel, CORNERS[:2])
    easel.press(easel.at(150, 150))
    easel.tools.choose("brush")
    easel.release(easel.at(150, 150))
    assert has_no_trace(easel)


@pytest.mark.parametrize("end", ["enter", "first corner", "double-click"])
def test_a_polygon_ends_in_any_of_three_ways(easel: Easel, end):
    begun(easel, CORNERS[:3])
    assert easel.document.mask_is_empty
    if end == "double-click":
        double_click(easel, *CORNERS[3])
    else:
        click(easel, *CORNERS[3])
    if end == "enter":
        easel.tap(ENTER)
    elif end == "first corner":
        click(easel, 103, 98)
    assert covers(easel, CORNERS)
    assert easel.document.undo_stack.undoText() == "Polygon"
    assert not easel.canvas._hand.is_waiting
    easel.move(easel.at(300, 250), held=Qt.MouseButton.NoButton)
    assert easel.canvas.overlay.is_empty


def test_backspace_takes_corners_back_one_by_one(easel: Easel):
    begun(easel, [*CORNERS, (50, 50)])
    easel.tap(BACK)
    easel.tap(ENTER)
    assert covers(easel, CORNERS)
    easel.document.undo()
    click(easel, 50, 50)
    easel.tap(BACK)
    assert not easel.canvas._hand.is_waiting


@pytest.mark.parametrize("end", ["escape", "tool", "picture", "hidden", "disabled"])
def test_a_polygon_that_waits_is_dropped_without_a_trace(easel: Easel, end):
    begun(easel)
    if end == "escape":
        easel.tap(ESCAPE)
    elif end == "tool":
        easel.tools.choose("brush")
    elif end == "picture":
        easel.document.open(flat(400, 300))
    elif end == "hidden":
        easel.canvas.hide()
    else:
        easel.canvas.setEnabled(False)
    assert has_no_trace(easel)


def test_a_polygon_waits_while_another_window_is_used(easel: Easel, qtbot):
    begun(easel)
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: not easel.canvas.isActiveWindow())
    assert easel.canvas._hand.is_waiting
    easel.canvas.activateWindow()
    qtbot.waitUntil(easel.canvas.isActiveWindow)
    easel.tap(ENTER)
    assert covers(easel, CORNERS)


def test_that_a_polygon_lacks_corners_is_said(easel: Easel):
    told: list[str] = []
    easel.canvas.remarked.connect(told.append)
    begun(easel, CORNERS[:2])
    assert told == []
    easel.tap(ENTER)
    assert told == ["A polygon has three corners at least."]


def test_too_few_corners_are_no_polygon(easel: Easel):
    begun(easel, CORNERS[:2])
    easel.tap(ENTER)
    assert easel.canvas._hand.is_waiting
    click(easel, *CORNERS[2])
    easel.tap(ENTER)
    assert covers(easel, CORNERS[:3])


def test_a_corner_that_was_set_can_be_moved(easel: Easel):
    begun(easel, [(100, 100), (230, 120), (200, 200), (100, 200)])
    easel.drag([easel.at(230, 120), easel.at(215, 110), easel.at(200, 100)])
    easel.tap(ENTER)
    assert covers(easel, CORNERS)


def test_a_corner_follows_the_hand_until_it_is_let_go_of(easel: Easel):
    begun(easel, CORNERS[:3])
    easel.drag([easel.at(60, 60), easel.at(100, 200)])
    easel.tap(ENTER)
    assert covers(easel, CORNERS)


def test_shift_has_lines_go_level_upright_or_halfway(easel: Easel):
    ready(easel, "polygon")
    click(easel, 100, 100)
    easel.hold(SHIFT)
    click(easel, 200, 103)
    easel.let_go(SHIFT)
    click(easel, 200, 200)
    easel.tap(ENTER)
    rows = np.flatnonzero(easel.document.mask.plane[:, 150])
    assert rows[0] == 100


def test_a_shift_that_began_a_polygon_says_add_and_does_not_constrain(easel: Easel):
    ready(easel, "polygon")
    easel.tools.set_mode("subtract")
    easel.hold(SHIFT)
    for corner in [(100, 100), (200, 110), (200, 200)]:
        click(easel, *corner)
    easel.tap(ENTER)
    assert covers(easel, [(100, 100), (200, 110), (200, 200)])


def test_the_right_button_begins_a_polygon_that_takes_away(easel: Easel):
    ready(easel, "polygon")
    easel.document.fill()
    for corner in CORNERS:
        easel.drag([easel.at(*corner)], RIGHT)
    easel.tap(ENTER)
    assert easel.document.mask.plane[150, 150] == 0
    assert easel.document.mask.plane[50, 50] == 255


def test_a_polygon_waits_while_the_hand_looks_around(easel: Easel):
    begun(easel, CORNERS[:3])
    easel.canvas.zoom_by(1.2)
    easel.hold(SPACE)
    easel.drag([easel.at(200, 150), easel.at(210, 170)])
    easel.let_go(SPACE)
    easel.tools.choose("hand")
    easel.drag([easel.at(200, 150), easel.at(220, 170)])
    easel.tools.choose("polygon")
    easel.canvas.actual_size()
    click(easel, *CORNERS[3])
    easel.tap(ENTER)
    box = easel.document.mask_box()
    assert (box.left, box.top) == (100, 100)
    assert all(abs(side - 100) <= 2 for side in box.size)


def test_keys_are_the_polygons_for_as_long_as_it_waits(easel: Easel):
    begun(easel)
    assert all(claims(easel, key) for key in (BACK, ENTER, ESCAPE))
    assert not claims(easel, Qt.Key.Key_B)
    easel.tap(ESCAPE)
    assert not any(claims(easel, key) for key in (BACK, ENTER, ESCAPE))
