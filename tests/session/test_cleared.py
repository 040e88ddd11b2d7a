import numpy as np
import pytest

from app.model.brush import Brush, Sample
from app.session.document import Document
from tests.support.easel import flat


@pytest.fixture
def document(qapp):
    document = Document()
    document.open(flat(300, 200))
    dab(document, 100, 100)
    return document


@pytest.fixture
def cleared(document):
    return document.cleared


def dab(document, x, y, size=60):
    with document.stroke(Brush(size=size)) as stroke:
        stroke.extend(Sample(x, y))


def test_what_was_cleared_comes_back_as_one_step(document, cleared, qtbot):
    before = document.mask_snapshot().plane()
    with qtbot.waitSignal(cleared.changed):
        document.clear()
    assert document.mask_is_empty
    cleared.reselect()
    assert np.array_equal(document.mask.plane, before)
    assert (document.undo_stack.count(), document.undo_stack.undoText()) == (3, "Reselect")
    document.undo()
    assert document.mask_is_empty


def test_it_comes_on_top_of_what_was_painted_since(document, cleared):
    before = document.mask_snapshot().plane()
    document.clear()
    dab(document, 120, 110)
    now = document.mask_snapshot().plane()
    cleared.reselect()
    assert np.array_equal(document.mask.plane, np.maximum(before, now))


def test_clearing_an_empty_mask_forgets_nothing(document, cleared):
    before = document.mask_snapshot().plane()
    document.clear()
    document.clear()
    cleared.reselect()
    assert np.array_equal(document.mask.plane, before)


def test_what_is_tried_out_is_kept_and_cleared_with_the_rest(document, cleared):
    document.trial("Grow Mask").show({0: b"\xff"})
    shown = document.mask_snapshot().plane()
    document.clear()
    assert document.mask_is_empty
    cleared.reselect()
    assert np.array_equal(document.mask.plane, shown)


def test_a_picture_of_another_size_forgets_it(document, cleared, qtbot):
    document.clear()
    document.use_as_picture(flat(300, 200, 9))
    with qtbot.waitSignal(cleared.changed, check_params_cb=lambda on: not on):
        document.use_as_picture(flat(50, 50))
    cleared.reselect()
    assert document.mask_is_empty


def test_nothing_is_cleared_in_a_stroke(document, cleared):
    with document.stroke(Brush(size=10)) as stroke:
        stroke.extend(Sample(5, 5))
        document.clear()
    assert not document.mask_is_empty
