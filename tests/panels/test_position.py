"""The pixel under the pointer, as it is told."""

import pytest

from app.look.theme import Theme
from app.panels.position import Position


@pytest.fixture
def position(qtbot) -> Position:
    position = Position(Theme())
    qtbot.addWidget(position)
    return position


def test_first_place_is_told_at_once(position):
    position.tell((742, 521))
    assert position.text() == "742, 521"


def test_pointer_on_the_move_is_followed_now_and_again(position, qtbot):
    told = []
    for column in range(40):
        position.tell((column, 0))
        told.append(position.text())
    assert set(told) == {"0, 0"}
    qtbot.waitUntil(lambda: position.text() == "39, 0")


def test_nothing_is_left_of_a_pointer_that_went_away(position, qtbot):
    position.tell((1, 2))
    position.tell(None)
    qtbot.waitUntil(lambda: position.text() == "")


def test_pointer_that_rests_costs_nothing(position, qtbot):
    position.tell((1, 2))
    qtbot.waitUntil(lambda: not position._pace.isActive())
    position.tell((1, 2))
    assert not position._pace.isActive()


def test_room_is_the_same_for_any_place(position):
    before = position.sizeHint().expandedTo(position.minimumSize())
    position.tell((9999, 9999))
    assert position.sizeHint().expandedTo(position.minimumSize()) == before
