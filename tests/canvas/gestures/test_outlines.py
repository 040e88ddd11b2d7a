"""Lines from place to place, of which only what is another is made anew."""

from hypothesis import given
from hypothesis import strategies as st

from app.canvas.gestures.outlines import PART, Chain

places = st.tuples(st.integers(0, 99), st.integers(0, 99))
acts = st.one_of(
    st.tuples(st.just("add"), places),
    st.tuples(st.just("move"), st.integers(0, 400), places),
    st.tuples(st.just("pop")),
    st.tuples(st.just("zoom"), st.sampled_from([0.5, 2.0])),
)


def chain_of(count: int) -> Chain:
    chain = Chain()
    chain.restore([(n, n % 7) for n in range(count)])
    return chain


@given(st.integers(0, 3 * PART), st.lists(acts, max_size=30))
def test_it_always_shows_all_its_lines(count, done):
    zoom = [1.0]
    chain = Chain(lambda: zoom[0])
    chain.restore(chain_of(count).places)
    for act, *values in done:
        if act == "add":
            chain.add(values[0])
        elif act == "zoom":
            zoom[0] = values[0]
        elif chain.places and act == "move":
            chain.move(values[0] % len(chain.places), values[1])
        elif chain.places:
            chain.pop()
        anew = Chain(lambda: zoom[0])
        anew.restore(chain.places)
        assert chain.parts() == anew.parts()


def test_what_is_far_from_a_change_is_the_same_path_again():
    chain = chain_of(10 * PART)
    before = chain.parts()
    chain.move(3 * PART, (50, 50))  # where two parts meet
    chain.add((0, 0))
    after = chain.parts()
    assert len(after) == 11
    same = [one is other for one, other in zip(before, after, strict=False)]
    assert same == [True, True, False, False, *[True] * 5, False]
