"""What a pen does on the canvas, and what is then true of the mask."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.canvas.canvas import Canvas
from app.model.brush import Sample
from app.model.curve import STRAIGHT
from app.model.mask import Mask
from app.model.stroke import Stroke
from app.session.pen import Pen
from tests.support.devices import Clock, Stylus
from tests.support.easel import Easel, flat

A, B, C = QPointF(120.25, 150.5), QPointF(200.75, 150.5), QPointF(280.5, 160.25)
RIGHT, MIDDLE = Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton


@pytest.fixture
def drawn(easel: Easel, clock: Clock) -> Easel:
    """An easel with a picture, a plain pen and a hard brush, at 100 %."""
    easel.pen.edit(floor=0.0, curve=STRAIGHT)
    easel.open(flat(400, 300), 1)
    easel.tools.edit(size=40, hardness=1)
    return easel


@pytest.fixture
def stylus(drawn: Easel) -> Stylus:
    return Stylus(drawn.canvas)


def stroke(easel: Easel, hand: list[tuple[QPointF, float]]) -> np.ndarray:
    """What a stroke of the model through these places and pressures paints."""
    mask = Mask(easel.document.mask.size)
    by = Stroke(mask, easel.tools.brush)
    for place, pressure in hand:
        by.extend(Sample(*easel.canvas._view.to_picture(place.x(), place.y()), pressure))
    by.finish()
    return mask.plane


def test_pressure_makes_the_brush_larger(drawn: Easel, stylus: Stylus):
    stylus.press(A, 0.2)
    stylus.move(A, 0.2)
    stylus.move(C, 1.0)
    stylus.release(C)
    plane = drawn.document.mask.plane
    heights = (plane > 127).sum(axis=0)
    left, right = (int(drawn.canvas._view.to_picture(at.x(), 0)[0]) for at in (A, C))
    assert heights[left] == pytest.approx(8, abs=2)
    assert heights[right] == pytest.approx(40, abs=2)


def test_places_are_exact_to_a_part_of_a_pixel(drawn: Easel, stylus: Stylus):
    stylus.press(A)
    stylus.move(B)
    stylus.release(B)
    assert (drawn.document.mask.plane == stroke(drawn, [(A, 0.5), (B, 0.5)])).all()


def test_the_first_dab_has_the_pressure_of_the_first_move(drawn: Easel, stylus: Stylus):
    stylus.press(A, 1.0)
    assert not drawn.document.mask.plane.any()
    stylus.move(B, 0.25)
    stylus.release(B)
    assert (drawn.document.mask.plane == stroke(drawn, [(A, 0.25), (B, 0.25)])).all()


@pytest.mark.parametrize("pressure", [0.0, 1.0])
def test_the_last_dab_keeps_its_pressure_whatever_the_release_tells(
    drawn: Easel, stylus: Stylus, pressure
):
    stylus.press(A, 0.3)
    stylus.move(B, 0.3)
    stylus.release(C, pressure)
    expected = stroke(drawn, [(A, 0.3), (B, 0.3), (C, 0.3)])
    assert (drawn.document.mask.plane == expected).all()


def test_a_tap_is_one_dab(drawn: Easel, stylus: Stylus):
    stylus.press(A, 0.5)
    stylus.release(A)
    assert (drawn.document.mask.plane == stroke(drawn, [(A, 0.5)])).all()
    assert drawn.document.undo_stack.count() == 1


def test_the_lightest_touch_is_as_large_as_the_floor(drawn: Easel, stylus: Stylus):
    drawn.pen.edit(floor=0.5)
    stylus.press(A, 0.0001)
    stylus.move(B, 0.0001)
    stylus.release(B)
    column = int(drawn.canvas._view.to_picture(160, 0)[0])
    assert (drawn.document.mask.plane[:, column] > 127).sum() == pytest.approx(20, abs=1)


def test_events_are_accepted_so_that_qt_makes_no_mouse_of_them(drawn: Easel, stylus: Stylus):
    assert stylus.hover(A).isAccepted()
    assert stylus.press(A).isAccepted()
    assert stylus.move(B).isAccepted()
    assert stylus.release(B).isAccepted()


def test_ghosts_of_the_mouse_paint_nothing(drawn: Easel, stylus: Stylus, clock: Clock):
    stylus.press(A, 0.5)
    drawn.press(A)
    stylus.move(B, 0.5)
    drawn.move(C)
    stylus.release(B)
    drawn.release(C)
    clock.now += 0.4
    drawn.drag([C, A])
    assert drawn.document.undo_stack.count() == 1
    assert (drawn.document.mask.plane == stroke(drawn, [(A, 0.5), (B, 0.5)])).all()


def test_the_mouse_paints_again_half_a_second_later(drawn: Easel, stylus: Stylus, clock: Clock):
    stylus.press(A)
    stylus.release(A)
    clock.now += 0.6
    drawn.drag([B, C])
    assert drawn.document.undo_stack.count() == 2


def test_a_ghost_that_presses_first_gives_way_to_the_pen(drawn: Easel, stylus: Stylus):
    drawn.press(A)
    assert drawn.document.mask.plane.any()
    stylus.press(A, 0.2)
    stylus.move(B, 0.2)
    drawn.move(B)
    stylus.release(B)
    drawn.release(B)
    assert drawn.document.undo_stack.count() == 1
    assert (drawn.document.mask.plane == stroke(drawn, [(A, 0.2), (B, 0.2)])).all()


def test_a_pen_that_merely_hovers_does_not_end_a_stroke_of_the_mouse(drawn: Easel, stylus: Stylus):
    drawn.press(A)
    stylus.hover(C)
    drawn.move(B)
    drawn.release(B)
    assert drawn.document.undo_stack.count() == 1
    assert not drawn.canvas.is_busy


def test_other_devices_are_not_heard_during_a_stroke(drawn: Easel, stylus: Stylus):
    other = Stylus(drawn.canvas, number=2)
    stylus.press(A)
    other.move(C, 1.0)
    other.release(C)
    stylus.move(B)
    stylus.release(B)
    assert (drawn.document.mask.plane == stroke(drawn, [(A, 0.5), (B, 0.5)])).all()


def test_the_eraser_end_takes_away(drawn: Easel):
    drawn.document.invert()
    eraser = Stylus(drawn.canvas, eraser=True)
    eraser.press(A, 1.0)
    eraser.move(B, 1.0)
    eraser.release(B)
    x, y = drawn.canvas._view.to_picture(160, 150.5)
    assert drawn.document.mask.plane[int(y), int(x)] == 0


def test_the_upper_button_takes_away_once_the_pen_is_down(drawn: Easel, stylus: Stylus):
    drawn.document.invert()
    stylus.press(A, 0.0, RIGHT)
    assert not drawn.canvas.is_busy
    stylus.release(A, 0.0, RIGHT)
    stylus.press(A, 1.0, RIGHT)
    stylus.move(B, 1.0, RIGHT)
    stylus.release(B, 0.0, RIGHT)
    assert drawn.document.mask.plane.min() == 0


def test_the_middle_button_pans(drawn: Easel, stylus: Stylus):
    before = drawn.canvas._view.place(0, 0)
    stylus.press(A, 0.0, MIDDLE)
    stylus.move(A, 0.0, MIDDLE)
    stylus.move(A + QPointF(30, 20), 0.0, MIDDLE)
    stylus.release(A + QPointF(30, 20), 0.0, MIDDLE)
    after = drawn.canvas._view.place(0, 0)
    assert (after[0] - before[0], after[1] - before[1]) == (30, 20)
    assert drawn.document.mask_is_empty


def test_a_pen_that_leaves_without_a_release_ends_its_stroke(drawn: Easel, stylus: Stylus):
    stylus.press(A)
    stylus.move(B)
    drawn.pen.set_near(False)
    assert not drawn.canvas.is_busy
    assert drawn.document.undo_stack.count() == 1


def test_escape_takes_the_stroke_back_while_the_pen_is_down(drawn: Easel, stylus: Stylus):
    stylus.press(A)
    stylus.move(B)
    QTest.keyClick(drawn.canvas, Qt.Key.Key_Escape)
    stylus.move(C)
    stylus.release(C)
    assert not drawn.document.mask.plane.any()
    assert drawn.document.undo_stack.count() == 0


def test_the_cursor_tells_which_end_of_the_pen_is_near(drawn: Easel, stylus: Stylus):
    stylus.hover(A)
    assert drawn.canvas._mode == "add"
    Stylus(drawn.canvas, eraser=True).hover(A)
    assert drawn.canvas._mode == "subtract"
    stylus.hover(A)
    assert drawn.canvas._mode == "add"


def test_a_pen_that_is_lifted_elsewhere_does_not_lock_the_mouse_out(
    drawn: Easel, stylus: Stylus, clock: Clock
):
    stylus.press(A)
    stylus.move(B)
    drawn.canvas.hide()
    drawn.canvas.show()
    clock.now += 1
    drawn.drag([A, B])
    assert drawn.document.undo_stack.count() == 1


@pytest.mark.parametrize(("pause", "ends"), [(0.2, True), (0.6, False)])
def test_a_double_tap_ends_a_polygon(drawn: Easel, stylus: Stylus, clock: Clock, pause, ends):
    drawn.tools.choose("polygon")
    for place in (A, C, QPointF(200, 250)):
        stylus.press(place)
        stylus.release(place)
        clock.now += 1
    clock.now += pause - 1
    stylus.press(QPointF(203, 251))
    stylus.release(QPointF(203, 251))
    assert drawn.canvas._hand.is_waiting != ends


def test_hovering_tells_the_pixel(drawn: Easel, stylus: Stylus):
    told = []
    drawn.canvas.pointer_moved.connect(told.append)
    stylus.hover(B)
    x, y = drawn.canvas._view.to_picture(B.x(), B.y())
    assert told == [(int(x), int(y))]
    drawn.pen.set_near(False)
    assert told[-1] is None


def test_a_device_without_pressure_paints_in_full(drawn: Easel):
    puck = Stylus(drawn.canvas)
    puck._device = QPointingDevice(
        "puck", 3, QInputDevice.DeviceType.Puck, QPointingDevice.PointerType.Cursor,
        QInputDevice.Capability.Position, 1, 3,
    )  # fmt: skip
    puck.press(A, 0.0)
    puck.move(B, 0.0)
    puck.release(B)
    assert (drawn.document.mask.plane == stroke(drawn, [(A, 1), (B, 1)])).all()


def test_nothing_happens_without_a_picture(qtbot, easel: Easel):
    stylus = Stylus(easel.canvas)
    stylus.hover(A)
    stylus.press(A)
    stylus.move(B)
    stylus.release(B)
    QApplication.processEvents()
    assert easel.document.mask is None


def test_a_canvas_has_a_pen_of_its_own_where_none_is_given(easel: Easel):
    canvas = Canvas(easel.document, easel.tools, easel.canvas._theme)
    assert isinstance(canvas._tablet._pen, Pen)
    canvas.deleteLater()
