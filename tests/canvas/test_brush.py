"""Painting with the brush: lines, modes, and what helps the hand."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt

from app.model.aids import Aids
from app.model.brush import Sample
from app.model.mask import Mask
from app.model.stroke import Stroke
from tests.support.easel import Easel, flat, noise

A, B, C, D = QPointF(100, 80), QPointF(200, 80), QPointF(240, 200), QPointF(300, 220)
SHIFT, ALT = Qt.Key.Key_Shift, Qt.Key.Key_Alt
RIGHT = Qt.MouseButton.RightButton


@pytest.fixture
def drawn(easel: Easel) -> Easel:
    easel.open(flat(400, 300), 1)
    easel.tools.edit(size=20, hardness=1)
    return easel


def stroke(easel: Easel, places: list[QPointF], aids: Aids | None = None) -> np.ndarray:
    """What a stroke of the model through these places paints."""
    mask = Mask(easel.document.mask.size)
    view = easel.canvas._view
    by = Stroke(mask, easel.tools.brush, aids=aids or Aids(), zoom=view.zoom)
    for place in places:
        by.extend(Sample(*view.to_picture(place.x() + 0.5, place.y() + 0.5)))
    by.finish()
    return mask.plane


def test_a_click_with_shift_draws_a_straight_line_from_the_last_point(drawn: Easel):
    drawn.drag([A, B])
    drawn.hold(SHIFT)
    drawn.drag([C])
    drawn.let_go(SHIFT)
    expected = np.maximum(stroke(drawn, [A, B]), stroke(drawn, [B, C]))
    assert (drawn.document.mask.plane == expected).all()
    assert drawn.document.undo_stack.count() == 2


def test_a_drag_with_shift_goes_on_from_the_line(drawn: Easel):
    drawn.drag([A])
    drawn.hold(SHIFT)
    drawn.drag([B, C, D])
    drawn.let_go(SHIFT)
    expected = np.maximum(stroke(drawn, [A]), stroke(drawn, [A, B, C, D]))
    assert (drawn.document.mask.plane == expected).all()


def test_lines_go_on_from_line_to_line(drawn: Easel):
    drawn.drag([A])
    drawn.hold(SHIFT)
    for place in (B, C):
        drawn.drag([place])
    drawn.let_go(SHIFT)
    expected = np.maximum(stroke(drawn, [A, B]), stroke(drawn, [B, C]))
    assert (drawn.document.mask.plane == expected).all()


def test_the_first_click_with_shift_is_a_dab(drawn: Easel):
    drawn.hold(SHIFT)
    drawn.drag([A])
    drawn.let_go(SHIFT)
    assert (drawn.document.mask.plane == stroke(drawn, [A])).all()


def test_the_last_point_is_forgotten_with_the_picture(drawn: Easel):
    drawn.drag([A, B])
    drawn.open(flat(400, 300), 1)
    drawn.hold(SHIFT)
    drawn.drag([C])
    drawn.let_go(SHIFT)
    assert (drawn.document.mask.plane == stroke(drawn, [C])).all()


def test_a_stroke_that_was_taken_back_leaves_no_last_point(drawn: Easel):
    drawn.drag([A])
    drawn.press(C)
    drawn.tap(Qt.Key.Key_Escape)
    drawn.release(C)
    drawn.hold(SHIFT)
    drawn.drag([B])
    drawn.let_go(SHIFT)
    expected = np.maximum(stroke(drawn, [A]), stroke(drawn, [A, B]))
    assert (drawn.document.mask.plane == expected).all()


@pytest.mark.parametrize(
    ("tool", "key", "button", "erases"),
    [
        ("brush", None, Qt.MouseButton.LeftButton, False),
        ("brush", ALT, Qt.MouseButton.LeftButton, True),
        ("brush", None, RIGHT, True),
        ("eraser", None, Qt.MouseButton.LeftButton, True),
        ("eraser", ALT, Qt.MouseButton.LeftButton, False),
        ("eraser", None, RIGHT, True),
    ],
)
def test_alt_turns_the_brush_round_and_the_right_button_takes_away(
    drawn: Easel, tool, key, button, erases
):
    drawn.document.apply("Fill Mask", dict.fromkeys(range(12), b"\x64"))
    drawn.tools.choose(tool)
    drawn.tools.edit(size=20, hardness=1)
    if key is not None:
        drawn.hold(key)
    drawn.drag([A, B], button)
    if key is not None:
        drawn.let_go(key)
    x, y = drawn.canvas._view.to_picture(150, 80)
    assert drawn.document.mask.plane[int(y), int(x)] == (0 if erases else 255)


def test_a_mode_that_changes_during_a_stroke_counts_from_the_next_one(drawn: Easel):
    drawn.press(A)
    drawn.tools.swap()
    drawn.tools.edit(size=90)
    drawn.move(B)
    drawn.release(B)
    drawn.tools.edit(size=20)
    assert (drawn.document.mask.plane == stroke(drawn, [A, B])).all()


@pytest.mark.parametrize(
    "aids", [Aids(symmetry="both"), Aids(stabiliser=0.4), Aids(stabiliser=1, symmetry="vertical")]
)
@pytest.mark.parametrize("zoom", [0.5, 1, 3])
def test_the_tools_aids_help_the_hand(easel: Easel, aids, zoom):
    easel.open(flat(400, 300), zoom)
    easel.tools.edit(size=20, hardness=1)
    easel.tools.assist(stabiliser=aids.stabiliser, symmetry=aids.symmetry)
    easel.drag([A, B, C, D])
    assert (easel.document.mask.plane == stroke(easel, [A, B, C, D], aids)).all()


def test_the_hand_is_steadied_by_what_it_does_on_the_screen(easel: Easel):
    """The string is as long as it looks, at any zoom."""
    for zoom in (1, 4):
        easel.open(flat(400, 300), zoom)
        easel.tools.edit(size=1, hardness=1)
        easel.tools.assist(stabiliser=0.5)
        easel.press(A)
        easel.move(A + QPointF(100, 0))
        reached = np.flatnonzero(easel.document.mask.plane.any(axis=0))
        assert np.ptp(reached) * zoom == pytest.approx(60, abs=2 * zoom)
        easel.release(A + QPointF(100, 0))


def test_with_edges_the_brush_keeps_to_the_colour_below_its_first_point(easel: Easel):
    picture = noise(400, 300)
    pixels = picture.pixels.copy()
    pixels[:, :200, :3], pixels[:, 200:, :3] = 60, 180
    easel.open(type(picture)(pixels=pixels), 1)
    easel.tools.edit(size=60, hardness=1)
    easel.tools.assist(edges=True, tolerance=30)
    easel.drag([easel.on(150, 150), easel.on(300, 150)])
    assert easel.document.mask.plane[150, 190] == 255
    assert not easel.document.mask.plane[:, 205:].any()
