"""What the tools that select do to the mask, by hand."""

from threading import Event

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.model.geometry import Rect, Size
from app.model.picture import Picture
from app.model.selection.polygon import cover_polygon
from app.model.selection.shapes import Ellipse
from tests.support.easel import Easel, flat

SHIFT, ALT, SPACE = Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Space
ESCAPE, ENTER, BACK = Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Backspace
RIGHT = Qt.MouseButton.RightButton
WHOLE = Rect(0, 0, 400, 300)
DRAGGED = ["lasso", "rectangle", "ellipse"]
SELECTING = [*DRAGGED, "polygon", "wand", "bucket"]


@pytest.fixture
def measured(easel: Easel) -> list[Size | None]:
    told: list[Size | None] = []
    easel.canvas.measured.connect(told.append)
    return told


def ready(easel: Easel, tool: str, zoom: float = 1) -> None:
    easel.open(flat(400, 300), zoom)
    easel.tools.choose(tool)


def painted(easel: Easel) -> Rect:
    """The box around what is full, which must be all of it."""
    plane = easel.document.mask.plane
    box = easel.document.mask_box()
    assert plane[box.slices].min() == 255
    return box


def has_no_trace(easel: Easel) -> bool:
    """Whether nothing tells that anything was ever begun."""
    easel.canvas.grab()
    return (
        not easel.document.mask.plane.any()
        and easel.document.undo_stack.count() == 0
        and easel.canvas.overlay.is_empty
        and not easel.canvas._hand.is_waiting
        and not easel.canvas._hand.is_busy
        and not easel.work.is_trying
    )


# All of them


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


@pytest.mark.parametrize("zoom", [0.5, 1, 3])
def test_the_lasso_covers_what_the_hand_went_round(easel: Easel, zoom):
    ready(easel, "lasso", zoom)
    places = [easel.on(*place) for place in ((180, 130), (230, 140), (215, 180), (185, 170))]
    easel.drag(places)
    half = QPointF(0.5, 0.5)
    samples = [
        easel.canvas._view.to_picture(place.x(), place.y())
        for place in (place + half for place in places)
    ]
    assert (easel.document.mask.plane == cover_polygon(samples, WHOLE)).all()


def test_alt_pressed_on_the_way_draws_the_lasso_straight(easel: Easel):
    ready(easel, "lasso")
    easel.press(easel.at(100, 100))
    easel.move(easel.at(200, 100))
    easel.hold(ALT)
    easel.move(easel.at(230, 300))
    easel.move(easel.at(200, 200))
    easel.let_go(ALT)
    easel.move(easel.at(100, 200))
    easel.release(easel.at(100, 200))
    middle = np.array([(100.5, 100.5), (200.5, 100.5), (200.5, 200.5), (100.5, 200.5)])
    assert (easel.document.mask.plane == cover_polygon(middle.tolist(), WHOLE)).all()


def test_a_lasso_may_go_beyond_the_picture(easel: Easel):
    ready(easel, "lasso")
    easel.canvas.zoom_by(0.5)
    easel.drag([easel.at(-50, -50), easel.at(100, -50), easel.at(100, 500), easel.at(-50, 500)])
    assert painted(easel)[1::2] == (0, 300)


def test_the_smart_outline_keeps_to_the_object_inside(easel: Easel, qtbot):
    picture = flat(400, 300, 40)
    pixels = picture.pixels.copy()
    pixels[100:180, 120:220, :3] = 220
    easel.open(Picture(pixels=pixels), 1)
    easel.tools.choose("outline")
    easel.drag([easel.at(*place) for place in ((100, 80), (240, 84), (236, 200), (104, 196))])
    qtbot.waitUntil(lambda: not easel.work.is_busy)
    assert easel.document.undo_stack.undoText() == "Smart Outline"
    plane = easel.document.mask.plane
    assert plane[105:175, 125:215].min() == 255
    assert plane[:95].max() == plane[185:].max() == 0


# Rectangles and ellipses


def marquee(easel: Easel, *, keys=(), then=()) -> None:
    """From (100, 100) to (180, 140), with keys held at the press and others pressed later."""
    easel.hold(*keys)
    easel.press(easel.on(100, 100))
    easel.move(easel.on(150, 130))
    easel.hold(*then)
    easel.move(easel.on(180, 140))
    easel.release(easel.on(180, 140))


@pytest.mark.parametrize("zoom", [1, 2, 3.7, 0.5])
def test_a_rectangle_goes_from_pixel_to_pixel(easel: Easel, zoom):
    ready(easel, "rectangle", zoom)
    easel.drag([easel.at(180, 130), easel.at(210, 160)])
    box, expected = painted(easel), Rect(180, 130, 210, 160)
    # A device pixel stands for several of the picture's when that is shown small.
    off = 0 if zoom >= 1 else 1
    assert all(abs(a - b) <= off for a, b in zip(box, expected, strict=True))


@pytest.mark.parametrize(
    ("then", "box"),
    [
        ((), Rect(100, 100, 180, 140)),
        ((SHIFT,), Rect(100, 100, 180, 180)),
        ((ALT,), Rect(20, 60, 180, 140)),
        ((SHIFT, ALT), Rect(20, 20, 180, 180)),
    ],
)
def test_keys_pressed_on_the_way_constrain(easel: Easel, then, box):
    ready(easel, "rectangle")
    marquee(easel, then=then)
    assert painted(easel) == box


def test_keys_held_at_the_press_do_not_constrain_until_pressed_anew(easel: Easel):
    ready(easel, "rectangle")
    marquee(easel, keys=(SHIFT,))
    assert painted(easel) == Rect(100, 100, 180, 140)
    easel.document.undo()
    easel.press(easel.on(100, 100))
    easel.move(easel.on(180, 140))
    easel.let_go(SHIFT)
    easel.hold(SHIFT)
    easel.release(easel.on(180, 140))
    assert painted(easel) == Rect(100, 100, 180, 180)


def test_a_key_alone_changes_what_is_drawn(easel: Easel, measured):
    ready(easel, "rectangle")
    easel.press(easel.on(100, 100))
    easel.move(easel.on(180, 140))
    easel.hold(SHIFT)
    easel.let_go(SHIFT)
    assert measured[-3:] == [(80, 40), (80, 80), (80, 40)]


def test_space_moves_what_is_drawn(easel: Easel):
    ready(easel, "rectangle")
    easel.press(easel.on(100, 100))
    easel.move(easel.on(150, 130))
    easel.hold(SPACE)
    easel.move(easel.on(170, 170))
    easel.let_go(SPACE)
    easel.move(easel.on(180, 180))
    easel.release(easel.on(180, 180))
    assert painted(easel) == Rect(120, 140, 180, 180)


def test_any_corner_may_come_first(easel: Easel):
    ready(easel, "rectangle")
    easel.drag([easel.on(180, 140), easel.on(100, 100)])
    assert painted(easel) == Rect(100, 100, 180, 140)
    easel.document.undo()
    easel.press(easel.on(180, 140))
    easel.move(easel.on(170, 100))
    easel.hold(SHIFT)
    easel.release(easel.on(170, 100))
    assert painted(easel) == Rect(140, 100, 180, 140)


def test_an_ellipse_is_antialiased(easel: Easel):
    ready(easel, "ellipse")
    easel.drag([easel.on(100, 100), easel.on(180, 140)])
    expected = Ellipse(Rect(100, 100, 180, 140)).cover(WHOLE)
    assert (easel.document.mask.plane == expected).all()


def test_the_size_is_told_while_it_is_drawn(easel: Easel, measured):
    ready(easel, "ellipse")
    easel.press(easel.on(100, 100))
    easel.move(easel.on(160, 130))
    assert measured[-1] == (60, 30)
    easel.release(easel.on(160, 130))
    assert measured[-1] is None


def test_in_a_turned_view_a_rectangle_is_still_one_of_the_picture(easel: Easel):
    ready(easel, "rectangle")
    easel.canvas.turn_by(90)
    easel.canvas.mirror()
    easel.drag([easel.at(150.5, 100.5), easel.at(200.5, 160.5)])
    assert painted(easel).size == (50, 60)


def test_the_outline_is_seen_while_it_is_drawn(easel: Easel):
    ready(easel, "rectangle")
    before = easel.shot()
    easel.press(easel.on(100, 100))
    easel.move(easel.on(180, 140))
    assert (easel.shot() != before).any()
    easel.tap(ESCAPE)
    assert (easel.shot() == before).all()


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


def test_a_polygon_does_not_outlive_its_tool_if_that_goes_during_a_drag(easel: Easel):
    begun(easel, CORNERS[:2])
    easel.press(easel.at(150, 150))
    easel.tools.choose("brush")
    easel.release(easel.at(150, 150))
    assert has_no_trace(easel)


# Polygons

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


def claims(easel: Easel, key: Qt.Key) -> bool:
    """Whether the canvas wants a key for itself that may be an action's."""
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier)
    event.ignore()
    QApplication.sendEvent(easel.canvas, event)
    return event.isAccepted()


def test_alt_is_no_way_to_the_menus(easel: Easel):
    assert claims(easel, ALT)


def test_keys_are_the_polygons_for_as_long_as_it_waits(easel: Easel):
    begun(easel)
    assert all(claims(easel, key) for key in (BACK, ENTER, ESCAPE))
    assert not claims(easel, Qt.Key.Key_B)
    easel.tap(ESCAPE)
    assert not any(claims(easel, key) for key in (BACK, ENTER, ESCAPE))
