from threading import Event

import numpy as np
import pytest

import app.model.operations.computing as computing
from app.model.brush import Brush, Sample
from app.model.gaussian import blurred
from app.model.operations.settings import Grow, Shrink
from app.session.document import Document
from app.session.operations import OPERATIONS, Operations
from app.session.work import WAITING
from tests.support.easel import flat, noise

SIDE = 200


@pytest.fixture
def document(qapp):
    document = Document()
    document.open(flat(SIDE, SIDE))
    dab(document)
    return document


def dab(document, x=100, y=100):
    with document.stroke(Brush(size=40)) as stroke:
        stroke.extend(Sample(x, y))


def settled(qtbot, work):
    qtbot.waitUntil(lambda: not work.is_computing)


def test_an_open_operation_shows_what_it_would_do(document, work, operations, qtbot):
    before = document.mask_snapshot().plane()
    with qtbot.waitSignals([operations.opened, work.shown]):
        operations.open("feather")
    assert np.array_equal(document.mask.plane, blurred(before, 8))
    assert document.undo_stack.count() == 1
    operations.edit(radius=3)
    settled(qtbot, work)
    assert np.array_equal(document.mask.plane, blurred(before, 3))


def test_applying_makes_one_step_with_the_operation_s_name(document, work, operations, qtbot):
    before = document.mask_snapshot().plane()
    operations.open("feather")
    operations.edit(radius=5)
    with qtbot.waitSignal(operations.closed):
        operations.apply()
    assert document.undo_stack.undoText() == "Feather Mask"
    assert document.undo_stack.count() == 2
    assert np.array_equal(document.mask.plane, blurred(before, 5))
    document.undo()
    assert np.array_equal(document.mask.plane, before)


def test_cancelling_leaves_no_trace(document, work, operations, qtbot):
    before = document.mask_snapshot().plane()
    with qtbot.waitSignal(work.shown):
        operations.open("grow_by")
    with qtbot.waitSignal(operations.closed):
        operations.cancel()
    assert np.array_equal(document.mask.plane, before)
    assert (operations.current, document.undo_stack.count()) == ("", 1)


def test_settings_are_those_of_last_time(document, work, operations, qtbot):
    operations.open("grow_by")
    operations.edit(radius=3)
    operations.cancel()
    with qtbot.waitSignal(work.shown):
        operations.open("grow_by")
    assert operations.settings == Grow(radius=3)
    again = Operations(document, work)
    again.restore(operations.state())
    assert again.state() == operations.state()


def test_remembered_nonsense_is_left_out(operations):
    operations.restore({"grow_by": {"radius": "far"}, "feather": 7})
    assert operations.state()["grow_by"] == {"radius": 8.0}


def test_other_operations_and_strokes_keep_what_is_tried_out(document, work, operations, qtbot):
    with qtbot.waitSignal(work.shown):
        operations.open("grow_by")
    with qtbot.waitSignal(work.shown):
        operations.open("feather")
    assert operations.current == "feather"
    with qtbot.waitSignal(operations.closed):
        dab(document, 20, 20)
    names = [document.undo_stack.text(step) for step in range(4)]
    assert names == ["Brush Stroke", "Grow Mask", "Feather Mask", "Brush Stroke"]


def test_undo_takes_back_what_is_tried_out_and_closes_it(document, work, operations, qtbot):
    before = document.mask_snapshot().plane()
    with qtbot.waitSignal(work.shown):
        operations.open("grow_by")
    with qtbot.waitSignal(operations.closed):
        document.undo()
    assert np.array_equal(document.mask.plane, before)


def test_steps_made_at_once_come_one_after_the_other(document, work, operations, qtbot):
    before = document.mask_snapshot().plane()
    for _ in range(3):
        operations.make("grow_by", Grow(radius=1))
    operations.make("shrink_by", Shrink(radius=1))
    qtbot.waitUntil(lambda: document.undo_stack.count() == 5)
    document.go_to(1)
    assert np.array_equal(document.mask.plane, before)


def test_a_key_held_down_lets_only_few_wait(document, work, operations, qtbot):
    for _ in range(50):
        operations.make("grow_by", Grow(radius=1))
    qtbot.waitUntil(lambda: not work.is_computing and not work._waiting)
    assert document.undo_stack.count() <= 2 + WAITING


def test_a_step_made_at_once_keeps_what_is_tried_out(document, work, operations, qtbot):
    operations.open("grow_by")
    operations.make("grow_by", Grow(radius=1))
    qtbot.waitUntil(lambda: document.undo_stack.count() == 3)
    assert operations.current == ""


def test_a_preview_under_way_is_shown_and_then_the_newest(
    document, work, operations, qtbot, monkeypatch
):
    begun, go_on, real, seen = Event(), Event(), computing.computed, []

    def slow(base, settings, report, sight):
        seen.append(settings.radius)
        begun.set()
        go_on.wait(10)
        return real(base, settings, report, sight)

    monkeypatch.setattr(computing, "computed", slow)
    operations.open("grow_by")
    begun.wait(10)
    for radius in (3, 5, 9):
        operations.edit(radius=radius)
    go_on.set()
    with qtbot.waitSignal(operations.computing, check_params_cb=lambda on: not on):
        pass
    assert seen == [8, 9]


def test_masks_come_from_the_picture_and_from_a_result(document, work, operations, qtbot):
    result = noise(SIDE, SIDE)
    with qtbot.waitSignal(work.shown):
        operations.open("from_change", result)
    before = document.picture.pixels.astype(int)
    differs = np.abs(result.pixels - before).max(axis=-1) >= 12
    assert np.array_equal(document.mask.plane > 0, differs)


@pytest.mark.parametrize("name", sorted(set(OPERATIONS) - {"from_change"}))
def test_every_operation_can_be_tried_and_taken_back(name, document, work, operations, qtbot):
    before = document.mask_snapshot().plane()
    with qtbot.waitSignal(work.shown):
        operations.open(name)
    operations.cancel()
    assert np.array_equal(document.mask.plane, before)


def test_nothing_begins_in_a_stroke_or_without_a_picture(document, work, operations):
    with document.stroke(Brush(size=10)) as stroke:
        stroke.extend(Sample(5, 5))
        operations.open("grow_by")
        operations.make("grow_by", Grow(radius=1))
    document.close()
    operations.open("grow_by")
    assert not work.is_trying
    assert operations.current == ""
