from threading import Event

import numpy as np
import pytest

from app.model import change
from app.model.brush import Brush, Sample
from app.model.change import difference
from app.model.errors import InvalidInput
from app.model.geometry import Rect, Size
from app.session import work as session_work
from app.session.document import Document
from tests.support.easel import flat

SIZE = Size(300, 200)
WHOLE = Rect.of(SIZE)


@pytest.fixture
def document(qapp):
    document = Document()
    document.open(flat(*SIZE))
    return document


def filled(value):
    def compute(base, report):
        report(0.5)
        return difference(base, np.full_like(base, value), WHOLE)

    return compute


def values(document):
    return np.unique(document.mask.plane).tolist()


def test_work_that_is_run_becomes_one_step(document, work, qtbot):
    with qtbot.waitSignal(work.ended):
        work.run("Grow", filled(9))
        assert work.is_busy
    assert (values(document), document.undo_stack.count()) == ([9], 1)
    assert document.undo_stack.undoText() == "Grow"
    document.undo()
    assert values(document) == [0]


def test_a_preview_is_no_step_until_it_is_kept(document, work, qtbot):
    with qtbot.waitSignal(work.shown):
        work.preview("Grow", filled(9))
    assert (values(document), document.undo_stack.count()) == ([9], 0)
    with qtbot.waitSignal(work.shown):
        work.preview("Grow", lambda base, report: filled(base.max() + 3)(base, report))
    assert values(document) == [3]
    work.keep()
    assert (values(document), document.undo_stack.count()) == ([3], 1)
    assert not work.is_trying


@pytest.fixture
def slow(monkeypatch):
    """What is computed is shown a tile at a time, and others come in between."""
    monkeypatch.setattr(change, "PIECE", 1)
    monkeypatch.setattr(session_work, "FRAME_S", 0)


@pytest.fixture
def half(slow, document, work, qtbot):
    """Only the first tile of a preview is shown so far."""
    with qtbot.waitSignal(document.mask_changed):
        work.preview("Grow", filled(9))
    assert values(document) == [0, 9]


def test_a_large_change_is_shown_bit_by_bit(slow, document, work, qtbot):
    seen = []
    document.mask_changed.connect(lambda rect: seen.append(rect))
    edited = []
    document.mask_edited.connect(lambda: edited.append(values(document)))
    with qtbot.waitSignal(work.ended):
        work.run("Grow", filled(9))
    assert sum(rect.size.area for rect in seen) == SIZE.area
    assert edited == [[9], [9]]
    document.undo()
    assert values(document) == [0]


def test_what_is_half_shown_is_whole_once_it_is_kept_or_sent(half, document, work):
    assert work.is_computing
    with document.stroke(Brush(size=20)) as stroke:
        stroke.extend(Sample(50, 50))
    assert (values(document)[0], document.undo_stack.count()) == (9, 2)


def test_what_is_half_shown_is_whole_where_it_is_copied(half, document):
    assert (document.mask_snapshot().plane() == 9).all()


def test_what_is_half_shown_can_be_dropped(half, document, work, qtbot):
    work.drop()
    assert not work.is_computing
    qtbot.wait(1)
    assert (values(document), document.undo_stack.count()) == ([0], 0)


def test_what_is_half_shown_makes_way_for_a_newer_preview(half, document, work, qtbot):
    with qtbot.waitSignal(work.shown):
        work.preview("Grow", lambda base, report: filled(base.max() + 3)(base, report))
    work.keep()
    assert values(document) == [3]
    document.undo()
    assert values(document) == [0]


def test_only_the_newest_preview_is_shown(document, work, qtbot):
    begun, go_on = Event(), Event()

    def slow(base, report):
        begun.set()
        go_on.wait(10)
        report(0.9)
        raise AssertionError("not wanted any more")

    work.preview("Grow", slow)
    begun.wait(10)
    with qtbot.waitSignal(work.shown):
        work.preview("Grow", filled(7))
        go_on.set()
    work.keep()
    assert values(document) == [7]


def test_dropping_leaves_the_mask_as_it_was(document, work, qtbot):
    with qtbot.waitSignal(work.shown):
        work.preview("Grow", filled(9))
    work.drop()
    assert (values(document), document.undo_stack.count()) == ([0], 0)


def test_a_stroke_keeps_what_is_shown(document, work, qtbot):
    with qtbot.waitSignal(work.shown):
        work.preview("Grow", filled(9))
    with qtbot.waitSignal(work.ended), document.stroke(Brush(size=20)) as stroke:
        stroke.extend(Sample(50, 50))
    assert document.undo_stack.count() == 2
    assert not work.is_trying


def test_undo_takes_back_what_is_shown_and_nothing_else(document, work, qtbot):
    document.invert()
    with qtbot.waitSignal(work.shown):
        work.preview("Grow", filled(9))
    document.undo()
    assert (values(document), document.undo_stack.index()) == ([255], 1)


def test_another_title_keeps_what_the_one_before_shows(document, work, qtbot):
    with qtbot.waitSignal(work.shown):
        work.preview("Grow", filled(9))
    with qtbot.waitSignal(work.shown):
        work.preview("Shrink", filled(4))
    work.drop()
    assert (values(document), document.undo_stack.count()) == ([9], 1)


def test_nothing_begins_during_a_stroke(document, work):
    with document.stroke(Brush(size=20)) as stroke:
        stroke.extend(Sample(50, 50))
        work.run("Grow", filled(9))
        assert not work.is_trying
    assert document.undo_stack.count() == 1


def test_a_failure_is_told_and_leaves_the_mask_as_it_was(document, work, qtbot):
    def fail(base, report):
        raise InvalidInput("mask", "empty")

    with qtbot.waitSignal(work.failed) as told:
        work.run("Grow", fail)
    assert isinstance(told.args[0], InvalidInput)
    assert not work.is_busy
    assert document.undo_stack.count() == 0


def test_opening_another_picture_ends_it(document, work, qtbot):
    with qtbot.waitSignal(work.shown):
        work.preview("Grow", filled(9))
    with qtbot.waitSignal(work.ended):
        document.open(flat(50, 50))
    assert values(document) == [0]
    document.undo()
    assert values(document) == [9]


def test_the_newest_step_can_be_made_in_another_way(document, work, qtbot):
    with document.stroke(Brush(size=20, hardness=1)) as stroke:
        stroke.extend(Sample(50, 50))
    before = document.mask.plane.copy()
    with qtbot.waitSignal(work.ended):
        work.run("Grow", filled(9))
    shown = []
    document.mask_changed.connect(lambda _rect: shown.append(document.mask.plane[150, 250]))
    with qtbot.waitSignal(work.shown):
        assert work.retry(document.undo_stack.newest(), filled(7))
        assert values(document) == [9]
    work.keep()
    assert set(shown) == {7}  # never what was before
    assert (values(document), document.undo_stack.count()) == ([7], 2)
    document.undo()
    assert (document.mask.plane == before).all()


def test_work_that_changes_less_the_second_time_puts_the_rest_back(document, work, qtbot):
    with document.stroke(Brush(size=20, hardness=1)) as stroke:
        stroke.extend(Sample(50, 50))
    expected = document.mask.plane.copy()
    with qtbot.waitSignal(work.ended):
        work.run("Grow", filled(9))
    qtbot.waitUntil(lambda: document._packer.is_idle)
    corner = Rect(0, 0, 5, 5)
    with qtbot.waitSignal(work.shown):
        work.retry(
            document.undo_stack.newest(),
            lambda base, report: difference(base, base[corner.slices] + 3, corner),
        )
    work.keep()
    expected[corner.slices] += 3
    assert (document.mask.plane == expected).all()
    document.undo()
    expected[corner.slices] -= 3
    assert (document.mask.plane == expected).all()


def test_dropping_what_is_tried_again_takes_the_step_back(document, work, qtbot):
    with qtbot.waitSignal(work.ended):
        work.run("Grow", filled(9))
    with qtbot.waitSignal(work.shown):
        work.retry(document.undo_stack.newest(), filled(7))
    work.drop()
    assert (values(document), document.undo_stack.count()) == ([0], 0)


def test_only_the_newest_step_of_the_mask_is_made_again(document, work, qtbot):
    with qtbot.waitSignal(work.ended):
        work.run("Grow", filled(9))
    step = document.undo_stack.newest()
    document.invert()
    assert not work.retry(step, filled(7))
    assert not work.retry(document.undo_stack.newest(), filled(7))
    assert (values(document), document.undo_stack.count()) == ([246], 2)


def test_what_comes_then_waits_for_what_is_to_be_kept(document, work, qtbot):
    gate, seen = Event(), []

    def slow(base, report):
        gate.wait(10)
        return filled(9)(base, report)

    work.run("Grow", slow)
    work.then(lambda: seen.append(values(document)))
    work.then(document.invert)
    assert seen == []
    gate.set()
    qtbot.waitUntil(lambda: document.undo_stack.count() == 2)
    assert seen == [[9]]
    assert values(document) == [246]


def test_what_comes_then_comes_at_once_if_nothing_is_computed(document, work, qtbot):
    with qtbot.waitSignal(work.shown):
        work.preview("Grow", filled(9))
    work.then(document.invert)
    assert (values(document), document.undo_stack.count()) == ([246], 2)


def test_another_picture_leaves_nothing_to_come(document, work, qtbot):
    gate = Event()

    def slow(base, report):
        gate.wait(10)
        return filled(9)(base, report)

    work.run("Grow", slow)
    work.then(document.invert)
    document.open(flat(20, 10))
    gate.set()
    work.run("Grow", lambda base, report: {})
    qtbot.waitUntil(lambda: not work.is_busy)
    assert document.mask_is_empty
