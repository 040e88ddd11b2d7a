"""The pen that the program knows."""

from app.model.curve import STRAIGHT
from app.model.feel import Feel
from app.session.pen import Pen


def test_only_changes_are_told(qapp):
    pen, told = Pen(), []
    pen.feel_changed.connect(told.append)
    pen.edit(floor=pen.feel.floor)
    assert told == []
    pen.edit(floor=0.2)
    assert told == [Feel(floor=0.2)]


def test_the_feel_survives_a_restart(qapp):
    pen, later = Pen(), Pen()
    pen.edit(floor=0.2, curve=STRAIGHT.plus_point(0.5).with_point(1, (0.4, 0.7)))
    later.restore(pen.state())
    assert later.feel == pen.feel


def test_nonsense_that_was_stored_leaves_the_usual_feel(qapp):
    pen = Pen()
    pen.restore({"floor": "heavy"})
    assert pen.feel == Feel()


def test_a_pen_was_seen_once_it_came_near(qapp):
    pen, left = Pen(), []
    pen.left.connect(lambda: left.append(True))
    assert not pen.was_seen
    pen.set_near(True)
    assert pen.was_seen
    assert left == []
    pen.set_near(False)
    assert pen.was_seen
    assert left == [True]
