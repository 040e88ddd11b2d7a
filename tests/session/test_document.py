"""The document: strokes, operations, pictures, and one history of all of them."""

import numpy as np
import pytest

from app.model.brush import Brush, Sample
from app.model.geometry import EMPTY, Rect, Size
from app.model.picture import Picture
from app.model.stroke import Stroke
from app.session.document import Document


def picture(width: int = 300, height: int = 200, value: int = 90) -> Picture:
    pixels = np.full((height, width, 4), value, np.uint8)
    pixels[..., 3] = 255
    return Picture(pixels=pixels)


@pytest.fixture
def document(qapp):
    document = Document()
    document.open(picture())
    return document


def paint(document: Document, *points: tuple[float, float], size: float = 40, erase=False) -> None:
    with document.stroke(Brush(size=size), erase=erase) as stroke:
        for point in points:
            stroke.extend(Sample(*point))


def test_nothing_is_open_at_first(qapp):
    document = Document()
    assert (document.picture, document.mask, document.mask_box()) == (None, None, EMPTY)
    assert document.mask_is_empty
    document.invert()
    document.clear()
    assert document.undo_stack.count() == 0
    with pytest.raises(RuntimeError):
        document.mask_snapshot().plane()


def test_opening_begins_anew(document):
    paint(document, (100, 100))
    document.undo_stack.undo()
    told = []
    document.picture_changed.connect(lambda: told.append(document.picture))
    other = picture(50, 60)
    document.open(other)
    assert told == [other]
    assert (document.mask.size, document.mask_is_empty) == (Size(50, 60), True)
    assert document.undo_stack.count() == 0


def test_a_picture_is_told_of_before_it_is_open(document):
    before, told = document.picture, []
    document.picture_coming.connect(lambda: told.append(document.picture))
    document.open(picture(50, 60))
    assert told == [before]


def test_a_picture_is_opened_with_the_mask_that_belongs_to_it(document):
    mask = np.arange(60 * 50, dtype=np.uint16).astype(np.uint8).reshape(60, 50)
    document.open(picture(50, 60), mask)
    assert np.array_equal(document.mask_snapshot().plane(), mask)
    assert document.mask_box() == Rect(0, 0, 50, 60)
    assert document.undo_stack.count() == 0
    document.clear()
    document.undo()
    assert np.array_equal(document.mask_snapshot().plane(), mask)


def test_what_was_opened_is_told_apart_from_what_is_made_of_it(document):
    paint(document, (100, 100))
    first = document.origin
    document.use_as_picture(picture())
    assert document.origin is first
    document.open(picture(50, 60))
    assert document.origin is not first
    document.undo()
    assert document.origin is first
    document.close()
    assert document.origin is None


def test_opening_over_a_painted_mask_can_be_undone(document):
    paint(document, (100, 100))
    painted, before = document.mask_snapshot().plane(), document.picture
    document.open(picture(50, 60))
    assert document.mask_is_empty
    assert document.undo_stack.undoText() == "Open Picture"
    document.undo_stack.undo()
    assert document.picture is before
    assert np.array_equal(document.mask_snapshot().plane(), painted)
    document.undo_stack.undo()
    assert document.mask_is_empty
    document.undo_stack.setIndex(2)
    assert document.mask.size == Size(50, 60)


def test_closing_lets_everything_go(document):
    paint(document, (100, 100))
    document.close()
    assert document.picture is None
    assert document.mask is None
    assert document.undo_stack.count() == 0


def test_a_stroke_is_one_step(document):
    paint(document, (100, 100), (200, 100))
    painted = document.mask_snapshot().plane()
    assert document.undo_stack.undoText() == "Brush Stroke"
    document.undo_stack.undo()
    assert document.mask_is_empty
    assert not document.mask.plane.any()
    document.undo_stack.redo()
    assert (document.mask.plane == painted).all()


def test_every_bit_of_a_stroke_is_announced_as_it_happens(document):
    told = []
    document.mask_changed.connect(told.append)
    with document.stroke(Brush(size=20)) as stroke:
        stroke.extend(Sample(50, 50))
        assert len(told) == 1
        assert told[0].contains(Rect(40, 40, 60, 60))
        assert told[0].width < 25
        stroke.extend(Sample(80, 50))
        assert len(told) == 2
        assert document.mask_is_empty  # a stroke counts from its end on
    assert not document.mask_is_empty
    assert told[-1] == EMPTY


def test_an_exception_takes_the_stroke_back(document):
    paint(document, (50, 50))
    before, told = document.mask_snapshot().plane(), []
    with pytest.raises(ZeroDivisionError):
        fail(document, (60, 60), size=90, told=told)
    assert (document.mask.plane == before).all()
    assert document.undo_stack.count() == 1
    assert told[0].contains(Rect(15, 15, 105, 105))


@pytest.mark.parametrize("end", ["complete", "finish"])
def test_a_stroke_that_cannot_end_is_taken_back(document, monkeypatch, end):
    def fail(stroke):
        raise MemoryError

    monkeypatch.setattr(Stroke, end, fail)
    with pytest.raises(MemoryError):
        paint(document, (50, 50), (80, 50))
    assert not document.is_painting
    assert not document.undo_stack.is_held
    assert document.undo_stack.count() == 0
    assert not document.mask.plane.any()


def fail(document: Document, *points: tuple[float, float], size: float, told: list[Rect]) -> None:
    """A stroke in the middle of which something goes wrong."""
    with document.stroke(Brush(size=size)) as stroke:
        for point in points:
            stroke.extend(Sample(*point))
        document.mask_changed.connect(told.append)
        raise ZeroDivisionError


def test_a_stroke_that_changes_nothing_is_no_step(document):
    paint(document, (-200, -200))
    paint(document, (100, 100), erase=True)
    assert document.undo_stack.count() == 0


def test_nothing_comes_between_the_bits_of_a_stroke(document):
    paint(document, (250, 150))
    with document.stroke(Brush(size=20)) as stroke:
        stroke.extend(Sample(50, 50))
        document.undo_stack.undo()
        document.invert()
        document.clear()
        stroke.extend(Sample(80, 50))
    assert document.undo_stack.count() == 2
    assert document.mask.plane[50, 65] == 255
    assert document.mask.plane[150, 250] == 255


@pytest.mark.parametrize("act", ["open", "close", "use_as_picture"])
def test_another_picture_ends_a_stroke_without_a_trace(document, act):
    mask, pictures = document.mask, [] if act == "close" else [picture(value=3)]
    with document.stroke(Brush(size=20)) as stroke:
        stroke.extend(Sample(50, 50))
        getattr(document, act)(*pictures)
        stroke.extend(Sample(80, 50))
    assert not mask.plane.any()
    assert document.mask_is_empty


def test_operations_are_steps(document):
    paint(document, (100, 100))
    painted = document.mask_snapshot().plane()
    document.invert()
    assert (document.mask.plane == 255 - painted).all()
    document.clear()
    assert document.mask_is_empty
    assert [document.undo_stack.text(n) for n in range(3)] == [
        "Brush Stroke", "Invert Mask", "Clear Mask",
    ]  # fmt: skip
    document.undo_stack.setIndex(1)
    assert (document.mask.plane == painted).all()


def test_clearing_an_empty_mask_is_no_step(document):
    document.clear()
    assert document.undo_stack.count() == 0


def test_a_result_of_the_same_size_keeps_the_mask(document):
    paint(document, (100, 100))
    first, mask, other = document.picture, document.mask, picture(value=200)
    document.use_as_picture(other)
    assert (document.picture, document.mask) == (other, mask)
    document.undo_stack.undo()
    assert document.picture is first
    document.undo_stack.redo()
    assert document.picture is other


def test_a_result_of_another_size_has_a_mask_of_its_own_in_the_same_step(document):
    paint(document, (100, 100))
    first, painted = document.picture, document.mask_snapshot().plane()
    document.use_as_picture(picture(80, 80))
    assert (document.mask.size, document.mask_is_empty) == (Size(80, 80), True)
    document.undo_stack.undo()
    assert document.picture is first
    assert (document.mask.plane == painted).all()
    document.undo_stack.undo()
    assert document.mask_is_empty


def test_pictures_count_in_the_weight_of_the_history(document):
    document.use_as_picture(picture(80, 80))
    assert document.undo_stack.nbytes == 300 * 200 * 5


def test_the_history_stays_below_its_cap(document, qtbot):
    document.undo_stack._most_bytes = 20_000
    for n in range(40):
        paint(document, (20 + n * 6, 100), size=60)
        qtbot.waitUntil(lambda: document._packer.is_idle)
    assert 2 < document.undo_stack.count() < 40
    assert document.undo_stack.nbytes <= 20_000


def test_two_hundred_steps_are_kept_and_small(document, qtbot):
    document.undo_stack._most_bytes = 16 << 20
    for n in range(200):
        paint(document, (n % 300, n % 200), (150, 100), size=60)
    qtbot.waitUntil(lambda: document._packer.is_idle)
    assert document.undo_stack.count() == 200
    assert document.undo_stack.nbytes < 200 * 6 * 128 * 128 / 4
    document.undo_stack.setIndex(0)
    assert document.mask_is_empty


def test_the_newest_steps_are_not_packed(document, qtbot):
    stack = document.undo_stack
    stack._most_bytes = 16 * 100_000
    loose = []
    for n in range(20):
        paint(document, (n * 10, 20), (150, 100), size=60)
        loose.append(stack.newest().nbytes)
    qtbot.waitUntil(lambda: document._packer.is_idle)
    now = [step.nbytes for step in stack._steps]
    assert now[-1] == loose[-1]
    assert now[5] < loose[5] / 4
    assert sum(now) < sum(loose) / 2


def test_an_edit_is_announced_when_it_is_finished(document):
    told = []
    document.mask_edited.connect(lambda: told.append(document.mask_is_empty))
    paint(document, (100, 100))
    document.undo_stack.undo()
    document.undo_stack.redo()
    document.clear()
    assert told == [False, True, False, True]


def test_redo_leaves_what_is_tried_out_alone(document):
    paint(document, (100, 100))
    document.undo()
    begun = []
    document.trial_begun.connect(lambda: begun.append(document.can_redo))
    trial = document.trial("Grow Mask")
    assert begun == [False]
    trial.show({0: b"\x07"})
    document.redo()
    assert trial.is_live
    assert document.mask.plane[0, 0] == 7
    assert document.redo_text == ""
    trial.drop()
    assert document.redo_text == "Brush Stroke"
    document.redo()
    assert document.undo_stack.index() == 1


def test_undo_announces_what_it_changes_and_not_the_whole(qapp):
    document = Document()
    document.open(picture(2000, 1000))
    paint(document, (300, 300), size=60)
    told = []
    document.mask_changed.connect(told.append)
    document.undo_stack.undo()
    assert told == [Rect(270, 270, 330, 330), EMPTY]
