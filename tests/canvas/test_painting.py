"""What a hand does on the canvas, and what is then true of the mask."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.model.brush import Brush, Sample
from app.model.geometry import Rect
from app.model.mask import Mask
from app.model.stroke import Stroke
from tests.support.easel import Easel, flat, noise

MIDDLE = Qt.MouseButton.MiddleButton


@pytest.mark.parametrize("zoom", [0.25, 0.43, 1, 1.7, 3, 16, 64])
@pytest.mark.parametrize("pixel", [(200, 150), (199, 148)])
def test_a_click_on_a_pixel_paints_that_pixel(easel: Easel, zoom, pixel):
    easel.open(flat(400, 300), zoom)
    easel.tools.edit(size=1, hardness=1)
    easel.drag([easel.on(*pixel)])
    around = easel.document.mask_box()
    if zoom >= 1:
        assert around.contains(Rect(pixel[0], pixel[1], pixel[0] + 1, pixel[1] + 1))
    # A device pixel stands for several of the picture's when that is shown small.
    near = 1 + 1 / zoom
    assert all(abs(a - b) <= near for a, b in zip(around[:2], pixel, strict=True))
    assert max(around.size) <= 2


def test_at_100_percent_it_paints_that_pixel_alone(easel: Easel):
    easel.open(flat(400, 300), 1)
    easel.tools.edit(size=1, hardness=1)
    easel.drag([easel.on(123, 87)])
    assert easel.document.mask_box() == (123, 87, 124, 88)
    assert easel.document.mask.plane[87, 123] == 255


@pytest.mark.parametrize("zoom", [0.3, 1, 5])
def test_a_drag_paints_what_the_brush_says(easel: Easel, zoom):
    easel.open(flat(400, 300), zoom)
    easel.tools.edit(size=30, hardness=0.4, opacity=0.8)
    places = [easel.on(180, 140), easel.on(200, 150), easel.on(215, 160)]
    view, samples = easel.canvas._view, []
    for place in places:
        samples.append(Sample(*view.to_picture(place.x() + 0.5, place.y() + 0.5)))
    easel.drag(places)
    mask = Mask(easel.document.mask.size)
    stroke = Stroke(mask, Brush(size=30, hardness=0.4, opacity=0.8))
    for sample in samples:
        stroke.extend(sample)
    stroke.finish()
    assert (easel.document.mask.plane == mask.plane).all()
    assert easel.document.undo_stack.count() == 1


def test_the_picture_itself_is_never_touched(easel: Easel):
    picture = noise(400, 300)
    before = picture.pixels.copy()
    easel.open(picture, 0.6)
    easel.drag([easel.on(100, 100), easel.on(300, 200)])
    easel.canvas.zoom_by(3)
    easel.shot()
    assert (picture.pixels == before).all()


def test_the_eraser_takes_away(easel: Easel):
    easel.open(flat(400, 300), 1)
    easel.document.invert()
    easel.tools.choose("eraser")
    easel.tools.edit(size=20, hardness=1)
    easel.drag([easel.on(100, 100), easel.on(200, 100)])
    assert easel.document.mask.plane[100, 150] == 0
    assert easel.document.mask.plane[130, 150] == 255


def test_a_stroke_may_start_outside_the_picture(easel: Easel):
    easel.open(flat(100, 100), 1)
    easel.tools.edit(size=20, hardness=1)
    easel.drag([easel.at(-80, 50), easel.at(-40, 50), easel.at(50, 50)])
    assert easel.document.mask.plane[50, :50].min() == 255
    assert easel.document.mask_box().left == 0


def test_a_stroke_may_leave_the_window(easel: Easel):
    easel.open(flat(400, 300), 2)
    easel.tools.edit(size=20, hardness=1)
    easel.drag([QPointF(200, 150), QPointF(900, 150), QPointF(200, 160)])
    row = easel.document.mask.plane[int(easel.canvas._view.to_picture(0, 150)[1])]
    assert row[200:].min() == 255


def test_escape_leaves_the_mask_untouched(easel: Easel):
    easel.open(flat(400, 300), 1)
    easel.press(QPointF(200, 150))
    easel.move(QPointF(250, 150))
    assert easel.document.mask.plane.any()
    QTest.keyClick(easel.canvas, Qt.Key.Key_Escape)
    assert not easel.document.mask.plane.any()
    easel.move(QPointF(280, 150))
    easel.release(QPointF(280, 150))
    assert easel.document.mask_is_empty
    assert easel.document.undo_stack.count() == 0


@pytest.mark.parametrize("loss", ["hidden", "disabled", "another window", "release elsewhere"])
def test_losing_the_pointer_leaves_the_mask_untouched(easel: Easel, qtbot, loss):
    easel.open(flat(400, 300), 1)
    easel.press(QPointF(200, 150))
    easel.move(QPointF(250, 150))
    if loss == "hidden":
        easel.canvas.hide()
    elif loss == "disabled":
        easel.canvas.setEnabled(False)
    elif loss == "another window":
        other = QWidget()
        qtbot.addWidget(other)
        other.show()
        other.activateWindow()
        qtbot.waitUntil(lambda: not easel.canvas.isActiveWindow())
    else:
        easel.move(QPointF(255, 150), held=Qt.MouseButton.NoButton)
    assert not easel.document.mask.plane.any()
    assert easel.document.undo_stack.count() == 0


def test_another_picture_ends_the_gesture(easel: Easel):
    easel.open(flat(400, 300), 1)
    easel.press(QPointF(200, 150))
    easel.document.open(flat(300, 300))
    easel.move(QPointF(220, 150))
    easel.release(QPointF(220, 150))
    assert easel.document.mask_is_empty


def test_other_buttons_do_not_paint(easel: Easel):
    easel.open(flat(400, 300), 1)
    easel.drag([QPointF(200, 150), QPointF(220, 150)], Qt.MouseButton.BackButton)
    assert easel.document.mask_is_empty


def test_the_right_button_takes_away(easel: Easel):
    easel.open(flat(400, 300), 1)
    easel.document.invert()
    easel.tools.edit(size=20, hardness=1)
    easel.drag([easel.on(100, 100), easel.on(200, 100)], Qt.MouseButton.RightButton)
    assert easel.document.mask.plane[100, 150] == 0


def test_a_second_button_does_not_disturb_the_stroke(easel: Easel):
    easel.open(flat(400, 300), 1)
    easel.press(QPointF(200, 150))
    both = Qt.MouseButton.LeftButton | MIDDLE
    easel.send(QEvent.Type.MouseButtonPress, QPointF(200, 150), MIDDLE, both)
    easel.move(QPointF(230, 150), both)
    easel.send(QEvent.Type.MouseButtonRelease, QPointF(230, 150), MIDDLE, Qt.MouseButton.LeftButton)
    easel.move(QPointF(250, 150))
    easel.release(QPointF(250, 150))
    assert easel.document.undo_stack.count() == 1
    assert easel.document.mask.plane[150, 200:250].min() == 255


def test_nothing_happens_without_a_picture(easel: Easel):
    easel.drag([QPointF(200, 150), QPointF(220, 150)])
    easel.canvas.fit()
    easel.canvas.zoom_by(2)
    easel.shot()
    assert easel.canvas.zoom == 1


def test_painting_goes_back_from_a_result(easel: Easel):
    told = []
    easel.canvas.result_dismissed.connect(lambda: told.append(easel.document.mask_is_empty))
    easel.open(flat(400, 300), 1)
    easel.canvas.show_result(flat(400, 300, 222))
    assert easel.canvas.shows_result
    easel.drag([QPointF(200, 150), QPointF(220, 150)])
    assert told == [True]
    assert not easel.canvas.shows_result
    assert not easel.document.mask_is_empty


@pytest.mark.parametrize("edit", ["invert", "undo", "trial"])
def test_any_edit_of_the_mask_goes_back_from_a_result(easel: Easel, edit):
    easel.open(flat(400, 300), 1)
    easel.document.fill()
    told = []
    easel.canvas.result_dismissed.connect(lambda: told.append(edit))
    easel.canvas.show_result(flat(400, 300, 222))
    if edit == "trial":
        easel.document.trial("Grow Mask").show({0: b"\x07"})
    else:
        getattr(easel.document, edit)()
    assert told == [edit]
    assert not easel.canvas.shows_result


def test_a_tap_on_space_goes_back_from_a_result_and_a_drag_does_not(easel: Easel):
    easel.open(flat(400, 300), 1)
    easel.canvas.show_result(flat(400, 300, 222))
    QTest.keyPress(easel.canvas, Qt.Key.Key_Space)
    easel.drag([QPointF(200, 150), QPointF(220, 150)])
    QTest.keyRelease(easel.canvas, Qt.Key.Key_Space)
    assert easel.canvas.shows_result
    QTest.keyClick(easel.canvas, Qt.Key.Key_Space)
    assert not easel.canvas.shows_result


def test_undo_is_shown(easel: Easel):
    easel.open(flat(400, 300), 1)
    easel.tools.edit(size=40, hardness=1)
    easel.drag([easel.on(200, 150)])
    easel.leave()
    assert easel.shown(200, 150) == (178, 50, 50)
    easel.document.undo_stack.undo()
    QApplication.processEvents()
    assert easel.shown(200, 150) == (100, 100, 100)
    assert np.unique(easel.document.mask.plane).tolist() == [0]
