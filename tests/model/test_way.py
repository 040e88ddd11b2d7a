"""The way of a brush between a hand's samples."""

from itertools import pairwise
from math import cos, hypot, pi, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.brush import Sample
from app.model.way import Spot, Way

places = st.floats(-500, 500)
samples = st.builds(Sample, x=places, y=places, pressure=st.just(1.0))
paths = st.lists(samples, min_size=1, max_size=8)


def way_through(samples: list[Sample], spacing: float = 1.0) -> list[Spot]:
    way = Way(lambda _: spacing)
    spots = [spot for sample in samples for spot in way.to(sample)]
    return spots + way.rest()


def distances(spots: list[Spot]) -> list[float]:
    return [hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(spots)]


@given(paths)
def test_it_starts_and_ends_where_the_hand_does(samples):
    spots = way_through(samples)
    assert spots[0] == samples[0]
    assert spots[-1][:2] == pytest.approx(samples[-1][:2], abs=1e-6)


@given(paths, st.sampled_from([0.5, 2.0, 30.0]))
def test_dabs_never_lie_farther_apart_than_the_spacing(samples, spacing):
    assert all(far <= spacing + 1e-6 for far in distances(way_through(samples, spacing)))


@given(paths)
def test_what_was_painted_never_changes(samples):
    whole, part = Way(lambda _: 1.0), Way(lambda _: 1.0)
    before = [spot for sample in samples[:-1] for spot in part.to(sample)]
    after = [spot for sample in samples for spot in whole.to(sample)]
    assert after[: len(before)] == before


@given(st.lists(st.floats(0.1, 90), min_size=1, max_size=8), st.floats(0, 2 * pi))
def test_a_straight_hand_paints_a_straight_line(steps, angle):
    x = y = 7.0
    samples = [Sample(x, y)]
    for step in steps:
        x, y = x + step * cos(angle), y + step * sin(angle)
        samples.append(Sample(x, y))
    for spot in way_through(samples, 3.0):
        off = (spot[0] - 7) * sin(angle) - (spot[1] - 7) * cos(angle)
        assert abs(off) < 1e-6


@pytest.mark.parametrize("turn", [90, 120, 180])
def test_a_corner_stays_a_corner(turn):
    angle = turn * pi / 180
    samples = [Sample(0, 0), Sample(40, 0), Sample(40 + 40 * cos(angle), 40 * sin(angle))]
    for x, y, _ in way_through(samples):
        on_first = abs(y) < 1e-9 and -1e-9 <= x <= 40 + 1e-9
        on_second = abs((x - 40) * sin(angle) - y * cos(angle)) < 1e-9
        assert on_first or on_second


@pytest.mark.parametrize("radius", [30, 120, 400])
def test_a_fast_hand_that_draws_a_circle_paints_a_circle(radius):
    step = min(0.7, 45 / radius)
    hand = [
        Sample(radius * cos(n * step), radius * sin(n * step)) for n in range(int(2 * pi / step))
    ]
    straight = radius * (1 - cos(step / 2))
    # The first piece cannot know better than to be straight.
    off = [
        abs(hypot(x, y) - radius) for x, y, _ in way_through(hand) if x * sin(step) < y * cos(step)
    ]
    assert max(off) < max(0.3, straight / 6)


def test_a_hand_that_trembles_before_a_long_move_does_not_bend_it():
    spots = way_through([Sample(0, 0), Sample(0.7, 0.7), Sample(40, 0)])
    assert max(abs(y) for _, y, _ in spots) < 1.2


def test_pressure_goes_evenly_from_sample_to_sample():
    spots = way_through([Sample(0, 0, 0.2), Sample(10, 0, 0.6), Sample(20, 0, 0.6)], 1.0)
    assert [spot[2] for spot in spots[:11]] == pytest.approx([0.2 + 0.04 * n for n in range(11)])
    assert {spot[2] for spot in spots[11:]} == {0.6}


def test_spacing_follows_the_pressure():
    way = Way(lambda pressure: 1 + 9 * pressure)
    spots = way.to(Sample(0, 0, 0.0)) + way.to(Sample(200, 0, 1.0))
    far = distances(spots)
    assert far[0] == pytest.approx(1)
    assert all(low < high for low, high in pairwise(far))


def test_a_hand_that_rests_adds_nothing():
    way = Way(lambda _: 2.0)
    way.to(Sample(5, 5))
    assert way.to(Sample(5, 5)) == []
    assert way.rest() == []
    way.to(Sample(6, 5))
    assert way.rest() == [(6, 5, 1.0)]
    assert way.rest() == []


def test_nothing_rests_where_nothing_began():
    assert Way(lambda _: 1.0).rest() == []


@pytest.mark.parametrize("far", [1e-7, 1e-160, 1e-200, 5e-324])
def test_a_move_of_next_to_nothing_ends_whatever_the_pressure_does(far):
    way = Way(lambda _: 1.0, grain=0.01)
    way.to(Sample(0.0, 0.0, 0.2))
    assert len(way.to(Sample(far, 0.0, 0.9))) <= 71
    assert way.to(Sample(4.0, 0.0, 0.9))
