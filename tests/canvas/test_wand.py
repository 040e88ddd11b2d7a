"""The wand and the bucket in the hand."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt

from app.model.geometry import Rect
from app.model.picture import Picture
from tests.support.easel import Easel, flat

ESCAPE = Qt.Key.Key_Escape
STEPS = 5
"""Bands of the picture, each 20 levels brighter than the one before."""


def bands() -> Picture:
    """Bands 80 pixels wide, 20 levels apart; the last one is of the first one's colour."""
    gray = np.array([0, 20, 40, 60, 0], np.uint8).repeat(80)
    pixels = np.empty((300, 400, 4), np.uint8)
    pixels[...] = gray[None, :, None]
    pixels[..., 3] = 255
    return Picture(pixels=pixels)


@pytest.fixture
def settled(easel: Easel, qtbot):
    """Wait until nothing is computed any more."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not easel.work.is_computing)

    easel.open(bands(), 1)
    easel.tools.choose("wand")
    easel.tools.select(tolerance=5)
    return wait


def click(easel: Easel, x: float, y: float) -> None:
    easel.drag([easel.on(x, y)])


def selected(easel: Easel) -> list[bool]:
    """Which bands are selected; none of them may be in part."""
    columns = easel.document.mask.plane.reshape(300, STEPS, 80)
    assert (columns == columns[:1, :, :1]).all()
    return [bool(band) for band in columns[0, :, 0]]


ONE, TWO, THREE = [True] + [False] * 4, [True] * 2 + [False] * 3, [True] * 3 + [False] * 2


def test_a_click_selects_what_is_alike_as_one_step(easel: Easel, settled):
    click(easel, 40, 100)
    settled()
    assert selected(easel) == ONE
    assert easel.document.undo_stack.count() == 1
    assert easel.document.undo_stack.undoText() == "Magic Wand"
    easel.document.undo()
    assert easel.document.mask_is_empty


def test_it_is_shown_before_it_is_let_go_of(easel: Easel, settled):
    easel.press(easel.on(40, 100))
    settled()
    assert selected(easel) == ONE
    assert easel.document.undo_stack.count() == 0
    easel.release(easel.on(40, 100))
    assert easel.document.undo_stack.count() == 1


def test_everywhere_takes_the_colour_wherever_it_is(easel: Easel, settled):
    easel.tools.select(contiguous=False)
    click(easel, 40, 100)
    settled()
    assert selected(easel) == [True, False, False, False, True]


def test_going_right_takes_more_and_going_left_less(easel: Easel, settled):
    start = easel.on(40, 100)
    easel.press(start)
    easel.move(start + QPointF(4 + 40, 0))
    settled()
    assert easel.tools.selecting.tolerance == 25
    assert selected(easel) == TWO
    easel.move(start + QPointF(4 + 80, 0))
    settled()
    assert selected(easel) == THREE
    easel.move(start + QPointF(3, 0))
    easel.release(start + QPointF(3, 0))
    settled()
    assert easel.tools.selecting.tolerance == 5
    assert selected(easel) == ONE
    assert easel.document.undo_stack.count() == 1


def test_escape_takes_it_back_with_the_tolerance(easel: Easel, settled):
    start = easel.on(40, 100)
    easel.press(start)
    easel.move(start + QPointF(50, 0))
    settled()
    easel.tap(ESCAPE)
    assert not easel.document.mask.plane.any()
    assert easel.tools.selecting.tolerance == 5
    easel.tools.select(tolerance=50)
    settled()
    assert not easel.document.mask.plane.any()


def test_the_slider_makes_the_newest_step_again(easel: Easel, settled):
    click(easel, 40, 100)
    settled()
    for tolerance, expected in ((25, TWO), (45, THREE), (0, ONE), (30, TWO)):
        easel.tools.select(tolerance=tolerance)
        settled()
        assert selected(easel) == expected
        assert easel.document.undo_stack.count() == 1
    easel.document.undo()
    assert easel.document.mask_is_empty
    easel.tools.select(tolerance=45)
    settled()
    assert easel.document.mask_is_empty


def test_it_is_made_again_even_if_it_changed_nothing_before(easel: Easel, settled):
    easel.tools.choose("rectangle")
    easel.drag([easel.at(0, 0), easel.at(80, 300)])
    easel.tools.choose("wand")
    click(easel, 40, 100)
    settled()
    assert easel.document.undo_stack.count() == 1
    easel.tools.select(tolerance=25)
    settled()
    assert selected(easel) == TWO
    easel.tools.select(tolerance=5)
    settled()
    assert selected(easel) == ONE
    assert easel.document.undo_stack.count() == 1
    easel.tools.select(tolerance=45)
    settled()
    assert selected(easel) == THREE
    assert easel.document.undo_stack.count() == 2


def test_quick_moves_of_the_slider_end_where_it_does(easel: Easel, settled):
    click(easel, 40, 100)
    settled()
    for tolerance in range(6, 46):
        easel.tools.select(tolerance=tolerance)
    settled()
    assert selected(easel) == THREE
    assert easel.document.undo_stack.count() == 1


@pytest.mark.parametrize("what", ["an edit", "another tool", "another picture", "an undo"])
def test_a_step_that_is_done_with_is_left_alone(easel: Easel, settled, what):
    click(easel, 40, 100)
    settled()
    if what == "an edit":
        easel.document.invert()
    elif what == "another tool":
        easel.tools.choose("bucket")
    elif what == "another picture":
        easel.document.open(flat(400, 300))
    else:
        easel.document.undo()
    before = easel.document.mask.plane.copy()
    steps = easel.document.undo_stack.count()
    easel.tools.select(tolerance=45)
    settled()
    assert (easel.document.mask.plane == before).all()
    assert easel.document.undo_stack.count() == steps


def test_a_wand_that_is_given_back_during_a_drag_keeps_what_it_chose(easel: Easel, settled):
    start = easel.on(40, 100)
    easel.press(start)
    easel.tools.choose("lasso")
    easel.move(start + QPointF(84, 0))
    easel.release(start + QPointF(84, 0))
    settled()
    assert selected(easel) == ONE
    assert easel.tools.selecting.tolerance == 32


def test_each_click_adds_to_the_one_before(easel: Easel, settled):
    click(easel, 40, 100)
    settled()
    click(easel, 200, 100)
    settled()
    assert selected(easel) == [True, False, True, False, False]
    easel.tools.select(tolerance=25)
    settled()
    assert selected(easel) == [True, True, True, True, False]
    assert easel.document.undo_stack.count() == 2
    easel.document.undo()
    assert selected(easel) == ONE


def test_a_click_while_the_one_before_is_made_again_takes_nothing_from_it(easel: Easel, settled):
    click(easel, 40, 100)
    settled()
    easel.tools.select(tolerance=25)
    click(easel, 280, 100)  # before anything of that is computed
    settled()
    assert selected(easel)[:2] == [True, True]


def test_its_settings_leave_alone_what_else_is_tried_out(easel: Easel, settled):
    click(easel, 40, 100)
    settled()
    trial = easel.document.trial("Other")
    easel.tools.select(tolerance=25)
    settled()
    assert trial.is_live
    trial.drop()
    assert selected(easel) == ONE


def test_beside_the_picture_there_is_nothing_to_select(easel: Easel, settled):
    easel.canvas.zoom_by(0.5)
    easel.drag([easel.at(-20, 20), easel.at(50, 50)])
    settled()
    assert easel.document.undo_stack.count() == 0


def test_the_right_button_takes_away(easel: Easel, settled):
    easel.document.fill()
    easel.drag([easel.on(40, 100)], Qt.MouseButton.RightButton)
    settled()
    assert selected(easel) == [not band for band in ONE]


# The bucket


def frame(easel: Easel) -> None:
    """Paint the sides of a square of 100 pixels, and take the bucket."""
    easel.tools.choose("rectangle")
    easel.drag([easel.at(100, 100), easel.at(200, 200)])
    easel.tools.set_mode("subtract")
    easel.drag([easel.at(110, 110), easel.at(190, 190)])
    easel.tools.choose("bucket")


def test_the_bucket_fills_what_paint_encloses(easel: Easel, settled):
    frame(easel)
    click(easel, 150, 150)
    settled()
    plane = easel.document.mask.plane
    assert plane[100:200, 100:200].min() == 255
    assert plane.sum() == 255 * 100 * 100
    assert easel.document.undo_stack.undoText() == "Bucket"


def test_the_bucket_takes_away_what_hangs_together(easel: Easel, settled):
    frame(easel)
    easel.hold(Qt.Key.Key_Alt)
    click(easel, 105, 150)
    settled()
    assert easel.document.mask_is_empty


def test_the_bucket_does_nothing_beside_the_picture(easel: Easel, settled):
    easel.tools.choose("bucket")
    easel.canvas.zoom_by(0.5)
    easel.drag([easel.at(-20, 20)])
    settled()
    assert easel.document.mask_box() == Rect(0, 0, 0, 0)
