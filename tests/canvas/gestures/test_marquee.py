"""Rectangles and ellipses, drawn from corner to corner."""

import pytest

from app.model.geometry import Rect
from app.model.selection.shapes import Ellipse
from tests.canvas.areas import ALT, ESCAPE, SHIFT, SPACE, WHOLE, painted, ready
from tests.support.easel import Easel


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
