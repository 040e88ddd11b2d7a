"""A painted mask can go along to the next picture, and is never lost."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.model.brush import Brush, Sample
from app.model.mask_source import scaled
from app.session.work import MaskWork
from app.shell.masks.carrying import Carrying
from app.shell.messages import Message
from tests.shell.conftest import make_picture


class Room:
    def __init__(self, qtbot, window, document) -> None:
        self.qtbot, self.window, self.document = qtbot, window, document
        self.work = MaskWork(document)
        self.carrying = Carrying(window, document, self.work)

    @property
    def notice(self) -> QWidget:
        return self.window.stage.notice

    @property
    def is_offered(self) -> bool:
        return self.notice.isVisible()

    def text(self) -> str:
        return self.notice.findChild(QWidget, "notice_text").text()

    def accept(self) -> None:
        QTest.mouseClick(self.notice.findChild(QWidget, "notice_action"), Qt.MouseButton.LeftButton)
        self.qtbot.waitUntil(lambda: not self.work.is_computing)

    @property
    def mask(self) -> np.ndarray:
        return self.document.mask.plane.copy()

    @property
    def steps(self) -> list[str]:
        stack = self.document.undo_stack
        return [stack.text(at) for at in range(stack.count())]


@pytest.fixture
def room(qtbot, shown, document):
    document.open(make_picture("lake.png", 60, 40))
    room = Room(qtbot, shown, document)
    with document.stroke(Brush(size=12, hardness=1, opacity=1)) as stroke:
        stroke.extend(Sample(10, 10, 1.0))
        stroke.extend(Sample(40, 30, 1.0))
    yield room
    room.work.close()


def test_on_a_picture_of_the_same_size_the_mask_is_kept_as_it_is(room):
    before = room.mask
    room.document.open(make_picture("sea.png", 60, 40))
    assert room.document.mask_is_empty
    assert room.is_offered
    room.accept()
    assert np.array_equal(room.mask, before)
    assert room.steps == ["Brush Stroke", "Open Picture", "Keep Mask"]
    assert not room.is_offered


@pytest.mark.parametrize("way", ["open", "use_as_picture"])
def test_on_a_picture_of_another_size_it_is_scaled_and_says_so(room, way):
    before = room.mask
    getattr(room.document, way)(make_picture("sea.png", 90, 50))
    assert "scaled from 60 × 40 to 90 × 50" in room.text().replace("\u00a0", " ")
    room.accept()
    assert np.array_equal(room.mask, scaled(before, room.document.mask.size))


def test_used_as_picture_in_the_same_size_the_mask_stays_anyway(room):
    before = room.mask
    room.document.use_as_picture(make_picture("result.png", 60, 40))
    assert np.array_equal(room.mask, before)
    assert not room.is_offered


@pytest.mark.parametrize("way", ["open", "use_as_picture"])
def test_it_is_offered_too_after_something_was_undone(room, way):
    room.document.invert()
    room.document.undo()
    getattr(room.document, way)(make_picture("sea.png", 90, 50))
    assert room.is_offered


def test_undo_brings_picture_and_mask_back_and_withdraws_the_offer(room):
    before = room.mask
    room.document.open(make_picture("sea.png", 60, 40))
    room.document.undo()
    assert np.array_equal(room.mask, before)
    assert room.document.picture.name == "lake.png"
    assert not room.is_offered


def test_kept_or_not_all_of_it_can_be_undone(room):
    before = room.mask
    room.document.open(make_picture("sea.png", 90, 50))
    room.accept()
    room.document.undo()
    assert room.document.mask_is_empty
    room.document.undo()
    assert np.array_equal(room.mask, before)


def test_painting_on_the_new_picture_withdraws_the_offer(room):
    room.document.open(make_picture("sea.png", 60, 40))
    with room.document.stroke(Brush(size=5, hardness=1, opacity=1)) as stroke:
        stroke.extend(Sample(5, 5, 1.0))
    assert not room.is_offered


def test_without_paint_nothing_is_offered(room):
    room.document.clear()
    room.document.open(make_picture("sea.png", 60, 40))
    assert not room.is_offered


def test_an_offer_goes_with_the_next_picture(room):
    room.document.open(make_picture("sea.png", 60, 40))
    room.document.open(make_picture("sky.png", 60, 40))
    assert not room.is_offered


def test_what_is_told_in_its_place_stays(room):
    room.document.open(make_picture("sea.png", 60, 40))
    room.notice.tell(Message("Something else", ""), "warn")
    with room.document.stroke(Brush(size=5, hardness=1, opacity=1)) as stroke:
        stroke.extend(Sample(5, 5, 1.0))
    assert room.notice.isVisible()
