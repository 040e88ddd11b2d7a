from hypothesis import given
from hypothesis import strategies as st

from app.canvas.stale import MOST, Stale, joined
from app.model.geometry import Rect

rectangles = st.builds(
    lambda left, top, width, height: Rect(left, top, left + width, top + height),
    st.integers(-20, 3000), st.integers(-20, 3000), st.integers(1, 200), st.integers(1, 200),
)  # fmt: skip


@given(st.lists(rectangles, max_size=80))
def test_it_covers_all_that_was_added_with_few(added):
    stale = Stale()
    for rect in added:
        stale.add(rect)
    assert bool(stale) == bool(added)
    taken = stale.take()
    assert len(taken) <= MOST
    assert all(any(each.contains(rect) for each in taken) for rect in added)
    assert not stale
    assert stale.take() == []


def test_one_alone_stays_as_it_is():
    stale = Stale()
    stale.add(Rect(3, 4, 50, 60))
    assert stale.take() == [Rect(3, 4, 50, 60)]


def test_neighbours_are_joined_and_strangers_are_not():
    assert joined(Rect(0, 0, 10, 10), Rect(5, 5, 15, 15)) == Rect(0, 0, 15, 15)
    assert joined(Rect(0, 0, 10, 10), Rect(90, 90, 99, 99)) is None
