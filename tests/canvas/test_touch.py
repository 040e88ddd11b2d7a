"""What fingers do on the canvas, and what is then true of mask and view."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from app.model.geometry import Rect
from tests.support.devices import Clock, Fingers, Stylus, pinch
from tests.support.easel import Easel, flat

A, B = QPointF(150, 150), QPointF(250, 150)


@pytest.fixture
def drawn(easel: Easel, clock: Clock) -> Easel:
    """An easel with a picture at 100 %, and a clock that stands."""
    easel.open(flat(400, 300), 1)
    easel.tools.edit(size=20, hardness=1)
    return easel


@pytest.fixture
def fingers(drawn: Easel) -> Fingers:
    return Fingers(drawn.canvas)


def shown(easel: Easel) -> tuple[float, float]:
    """Where the picture's corner is shown."""
    return easel.canvas._view.place(0, 0)


def test_one_finger_paints(drawn: Easel, fingers: Fingers):
    fingers.touch({0: A})
    fingers.touch({0: B})
    fingers.touch({})
    assert drawn.document.undo_stack.count() == 1
    x, y = drawn.canvas._view.to_picture(200, 150)
    assert drawn.document.mask.plane[int(y), int(x)] == 255


def test_one_finger_pans_once_a_pen_was_seen(drawn: Easel, fingers: Fingers, clock: Clock):
    Stylus(drawn.canvas).hover(A)
    clock.now += 1
    before = shown(drawn)
    fingers.touch({0: A})
    fingers.touch({0: A + QPointF(40, 10)})
    fingers.touch({})
    assert drawn.document.mask_is_empty
    assert shown(drawn) == (before[0] + 40, before[1] + 10)


@pytest.mark.parametrize("pen_is", ["down", "near"])
def test_a_palm_beside_the_pen_does_nothing(drawn: Easel, fingers: Fingers, pen_is):
    stylus = Stylus(drawn.canvas)
    stylus.hover(A)
    if pen_is == "down":
        stylus.press(A)
        stylus.move(A)
    before = shown(drawn)
    fingers.touch({0: B})
    fingers.touch({0: B, 1: A})
    fingers.touch({0: B + QPointF(50, 0), 1: A - QPointF(50, 0)})
    fingers.touch({})
    assert (shown(drawn), drawn.canvas.zoom) == (before, 1)
    assert drawn.canvas.is_busy == (pen_is == "down")


def test_two_fingers_zoom_around_themselves(drawn: Easel, fingers: Fingers):
    under = drawn.canvas._view.to_picture(200, 150)
    fingers.touch({0: A})
    fingers.touch({0: A, 1: B})
    fingers.touch({0: A - QPointF(50, 0), 1: B + QPointF(50, 0)})
    fingers.touch({})
    assert drawn.canvas.zoom == pytest.approx(2)
    assert drawn.canvas._view.to_picture(200, 150) == pytest.approx(under, abs=1)
    assert drawn.document.mask_is_empty
    assert drawn.document.undo_stack.count() == 0


def test_two_fingers_move_the_picture(drawn: Easel, fingers: Fingers):
    before = shown(drawn)
    fingers.touch({0: A, 1: B})
    fingers.touch({0: A + QPointF(30, 20), 1: B + QPointF(30, 20)})
    fingers.touch({})
    assert shown(drawn) == pytest.approx((before[0] + 30, before[1] + 20))
    assert drawn.canvas.zoom == pytest.approx(1)


def test_two_fingers_turn_the_view_beyond_a_dead_zone(drawn: Easel, fingers: Fingers):
    fingers.touch({0: A, 1: B})
    fingers.touch({0: A - QPointF(30, 0), 1: B + QPointF(30, 0)})
    fingers.touch({0: A - QPointF(30, 8), 1: B + QPointF(30, 8)})
    assert drawn.canvas.angle == 0
    fingers.touch({0: A - QPointF(30, 20), 1: B + QPointF(30, 20)})
    fingers.touch({0: A - QPointF(30, 60), 1: B + QPointF(30, 60)})
    fingers.touch({})
    assert drawn.canvas.angle % 360 == pytest.approx(22.7, abs=1)


def test_a_second_finger_takes_a_stroke_back_that_only_began(drawn: Easel, fingers: Fingers):
    fingers.touch({0: A})
    fingers.touch({0: A + QPointF(5, 0)})
    assert drawn.document.mask.plane.any()
    fingers.touch({0: A + QPointF(5, 0), 1: B})
    assert not drawn.document.mask.plane.any()
    fingers.touch({})
    assert drawn.document.undo_stack.count() == 0


@pytest.mark.parametrize("later", ["longer", "farther"])
def test_a_second_finger_leaves_a_stroke_alone_that_is_under_way(
    drawn: Easel, fingers: Fingers, clock: Clock, later
):
    fingers.touch({0: A})
    if later == "longer":
        clock.now += 1
    else:
        fingers.touch({0: A + QPointF(40, 0)})
    fingers.touch({0: A + QPointF(60, 0), 1: B + QPointF(0, 80)})
    fingers.touch({0: A + QPointF(80, 0), 1: B})
    fingers.touch({})
    assert drawn.document.undo_stack.count() == 1
    assert drawn.canvas.zoom == 1


def tap(fingers: Fingers, count: int) -> None:
    places = {finger: A + QPointF(40 * finger, 0) for finger in range(count)}
    fingers.touch({0: A})
    fingers.touch(places)
    fingers.touch({0: A + QPointF(2, 1)})
    fingers.touch({})


def test_two_fingers_that_tap_undo_and_three_redo(drawn: Easel, fingers: Fingers):
    drawn.document.invert()
    tap(fingers, 2)
    assert drawn.document.mask_is_empty
    assert (drawn.canvas.zoom, drawn.canvas.angle) == (1, 0)
    tap(fingers, 3)
    assert not drawn.document.mask_is_empty


def test_fingers_that_rest_too_long_mean_nothing(drawn: Easel, fingers: Fingers, clock: Clock):
    drawn.document.invert()
    fingers.touch({0: A, 1: B})
    clock.now += 0.5
    fingers.touch({})
    assert not drawn.document.mask_is_empty


def test_a_finger_that_stays_after_a_pinch_does_nothing(drawn: Easel, fingers: Fingers):
    fingers.touch({0: A, 1: B})
    fingers.touch({0: A - QPointF(30, 0), 1: B + QPointF(30, 0)})
    before = shown(drawn)
    fingers.touch({0: A})
    fingers.touch({0: A + QPointF(60, 60)})
    fingers.touch({})
    assert shown(drawn) == before
    assert drawn.document.mask_is_empty


def test_a_touch_that_the_system_takes_away_never_happened(drawn: Easel, fingers: Fingers):
    fingers.touch({0: A})
    fingers.touch({0: B})
    fingers.cancel()
    assert not drawn.document.mask.plane.any()
    assert not drawn.canvas.is_busy
    assert drawn.document.undo_stack.count() == 0


def test_a_finger_does_not_disturb_a_stroke_of_the_mouse(drawn: Easel, fingers: Fingers):
    drawn.press(A)
    fingers.touch({0: B})
    fingers.touch({0: B + QPointF(30, 30)})
    fingers.touch({})
    drawn.move(A + QPointF(20, 0))
    drawn.release(A + QPointF(20, 0))
    assert drawn.document.undo_stack.count() == 1
    assert drawn.document.mask_box().right < 200


def test_pinching_a_touchpad_zooms_at_the_pointer(drawn: Easel):
    under = drawn.canvas._view.to_picture(A.x(), A.y())
    pinch(drawn.canvas, A, 0.25)
    assert drawn.canvas.zoom == pytest.approx(1.25)
    assert drawn.canvas._view.to_picture(A.x(), A.y()) == pytest.approx(under, abs=1)


def test_turning_on_a_touchpad_turns_the_view(drawn: Easel):
    pinch(drawn.canvas, A, 30, Qt.NativeGestureType.RotateNativeGesture)
    assert abs(drawn.canvas.angle) in (30, 330)


def test_fingers_mean_nothing_without_a_picture(easel: Easel):
    fingers = Fingers(easel.canvas)
    fingers.touch({0: A})
    fingers.touch({0: A, 1: B})
    fingers.touch({})
    pinch(easel.canvas, A, 0.25)
    assert easel.document.mask is None


def test_a_mouse_that_merely_moves_does_not_disturb_a_finger(drawn: Easel, fingers: Fingers):
    fingers.touch({0: A})
    drawn.move(QPointF(300, 250), Qt.MouseButton.NoButton)
    fingers.touch({0: B})
    fingers.touch({})
    assert drawn.document.undo_stack.count() == 1
    assert drawn.document.mask_box().bottom < 200


def test_a_mouse_that_gave_way_to_the_pen_does_not_end_what_a_finger_draws(
    drawn: Easel, fingers: Fingers, clock: Clock
):
    stylus = Stylus(drawn.canvas)
    drawn.press(A)  # the pen's ghost
    stylus.press(A)
    stylus.release(A)
    drawn.release(A)
    clock.now += 1
    fingers.touch({0: A})
    fingers.touch({0: B})
    drawn.move(B, held=Qt.MouseButton.NoButton)
    assert drawn.canvas.is_busy
    fingers.touch({})
    assert not drawn.canvas.is_busy


@pytest.mark.parametrize("place", [QPointF(150, 250), A + QPointF(2, 2)], ids=["new", "old"])
def test_two_fingers_leave_the_corners_of_a_polygon(drawn: Easel, fingers: Fingers, place):
    drawn.tools.choose("polygon")
    x, y = drawn.canvas._view.to_picture(A.x(), A.y())
    for corner in (B, A, QPointF(250, 250)):
        fingers.touch({0: corner})
        fingers.touch({})
    fingers.touch({0: place})
    fingers.touch({0: place, 1: B})
    fingers.touch({0: place + QPointF(30, 0), 1: B + QPointF(30, 0)})
    fingers.touch({})
    QTest.keyClick(drawn.canvas, Qt.Key.Key_Return)
    box = drawn.document.mask_box()
    assert box == Rect(int(x), int(y), int(x) + 100, int(y) + 100)
