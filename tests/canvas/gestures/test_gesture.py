"""The hand: what it tells a gesture, and when."""

import pytest

from app.canvas.gestures.gesture import Fresh, Gesture, Hand, Keys, Pointer
from app.model.brush import Sample

SHIFT, ALT, BOTH = Keys(shift=True), Keys(alt=True), Keys(shift=True, alt=True)


def at(x: float, **more) -> Pointer:
    return Pointer(x, 0, Sample(x, 0), **more)


def noted(told: list, drags: int = 1) -> Gesture:
    """Notes all that it is told, for so many drags."""
    try:
        while drags:
            pointer = yield
            told.append(pointer and (pointer.x, pointer.act, pointer.keys))
            drags -= pointer is None
    except GeneratorExit:
        told.append("closed")
        raise


@pytest.fixture
def told() -> list:
    return []


@pytest.fixture
def hand() -> Hand:
    return Hand()


def test_a_drag_is_pressed_moved_and_let_go_of(hand, told):
    hand.press(noted(told), at(1))
    assert hand.is_busy
    hand.move(at(2))
    hand.release()
    assert told == [(1, "press", Keys()), (2, "move", Keys()), None]
    assert not hand.is_busy
    assert not hand.is_waiting


def test_other_keys_are_told_where_the_hand_is(hand, told):
    hand.press(noted(told), at(1))
    hand.hold(SHIFT)
    hand.hold(SHIFT)
    hand.hold(Keys())
    assert told[1:] == [(1, "move", SHIFT), (1, "move", Keys())]


def test_a_drag_that_is_dropped_is_closed(hand, told):
    hand.press(noted(told), at(1))
    hand.drop()
    hand.move(at(2))
    hand.release()
    assert told == [(1, "press", Keys()), "closed"]


def test_a_new_press_drops_the_drag_before(hand, told):
    hand.press(noted(told), at(1))
    hand.press(noted([]), at(2))
    assert told[-1] == "closed"


def test_a_gesture_may_last_and_is_told_all_until_it_returns(hand, told):
    hand.press(noted(told, drags=2), at(1))
    hand.release()
    assert (hand.is_busy, hand.is_waiting) == (False, True)
    hand.move(at(2))
    hand.say("back")
    hand.resume(at(3))
    assert (hand.is_busy, hand.is_waiting) == (True, False)
    hand.say("finish")  # not while something is held
    hand.release()
    acts = [step and step[:2] for step in told]
    assert acts == [(1, "press"), None, (2, "move"), (2, "back"), (3, "press"), None]
    assert not hand.is_waiting


def test_what_waits_waits_on_while_another_drag_is_made(hand, told):
    hand.press(noted(told, drags=2), at(1))
    hand.release()
    other: list = []
    hand.press(noted(other), at(5))
    hand.move(at(6))
    hand.release()
    assert len(told) == 2
    assert len(other) == 3
    assert hand.is_waiting


def test_dropping_takes_the_drag_before_what_waits(hand, told):
    hand.press(noted(told, drags=2), at(1))
    hand.release()
    other: list = []
    hand.press(noted(other), at(5))
    hand.drop()
    assert other[-1] == "closed"
    assert hand.is_waiting
    hand.drop()
    assert told[-1] == "closed"
    assert not hand.is_waiting


def test_what_waits_can_be_dropped_alone_or_with_all(hand, told):
    for drop in (hand.drop_waiting, hand.drop_all):
        hand.press(noted(told, drags=2), at(1))
        hand.release()
        other: list = []
        hand.press(noted(other), at(5))
        drop()
        assert told[-1] == "closed"
        assert not hand.is_waiting
        assert hand.is_busy == (drop == hand.drop_waiting)
        hand.drop_all()


def test_a_gesture_that_wants_nothing_is_over_at_once(hand):
    def unwilling() -> Gesture:
        yield

    hand.press(unwilling(), at(1))
    assert not hand.is_busy


def test_keys_that_were_held_count_once_they_are_pressed_anew():
    fresh = Fresh(SHIFT)
    assert fresh(SHIFT) == Keys()
    assert fresh(BOTH) == ALT
    assert fresh(ALT) == ALT
    assert fresh(BOTH) == BOTH


def test_a_part_of_a_gesture_is_taken_back_and_the_rest_waits_on(hand, told):
    hand.press(noted(told, drags=3), at(1))
    hand.release()
    hand.resume(at(2))
    hand.take_back()
    assert told[-1] == (2, "unpress", Keys())
    assert (hand.is_busy, hand.is_waiting) == (False, True)


def test_a_gesture_that_was_only_begun_is_taken_back_as_a_whole(hand, told):
    hand.press(noted(told, drags=3), at(1))
    hand.take_back()
    assert told[-1] == "closed"
    assert (hand.is_busy, hand.is_waiting) == (False, False)
