"""The cut between object and ground is the cheapest one."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.outline.cut import Cut, widened

LENGTH = 8


def energy(shares: np.ndarray, weights: np.ndarray, cost: np.ndarray) -> float:
    return float((weights * np.abs(np.diff(shares))).sum() + (cost * shares).sum())


@settings(max_examples=20)
@given(st.lists(st.integers(-9, 9), min_size=LENGTH, max_size=LENGTH), st.randoms())
def test_row_is_divided_as_cheaply_as_can_be(tenths, random):
    colors = np.array([[random.randrange(256) for _ in range(LENGTH)]] * 3, np.uint8)
    cut = Cut(np.ones((1, LENGTH), np.bool_), colors[:, None])
    cost = np.array(tenths, np.float32) / 10
    shares = cut.solve(np.full(LENGTH, 0.5, np.float32), cost, 1000)
    weights = cut._right_weight[:-1]
    least = min(energy(np.array(each), weights, cost) for each in product((0, 1), repeat=LENGTH))
    assert energy(shares, weights, cost) < least + 0.02


def test_pixels_that_are_not_free_stay():
    free = np.zeros((5, 5), np.bool_)
    free[2, 1:4] = True
    cut = Cut(free, np.zeros((3, 5, 5), np.uint8))
    start = np.where(cut.is_free, 0.5, 1).astype(np.float32)
    shares = cut.solve(start, np.zeros(len(start), np.float32), 300)
    assert (shares[~cut.is_free] == 1).all()
    assert shares[cut.is_free].min() > 0.9  # nothing speaks against doing as the neighbours do


def test_edge_runs_where_colors_differ():
    colors = np.zeros((3, 20, 20), np.uint8)
    colors[:, :, 12:] = 200
    cut = Cut(np.ones((20, 20), np.bool_), colors)
    cost = np.zeros((20, 20), np.float32)
    cost[:, 0], cost[:, 19] = 1, -1  # the ground is known on the left, the object on the right
    shares = cut.solve(np.full(400, 0.5, np.float32), cut.taken(cost), 800)
    plane = np.zeros((20, 20), np.float32)
    cut.put(shares, plane)
    assert (plane[:, :12] < 0.5).all()
    assert (plane[:, 12:] > 0.5).all()


def test_rows_are_no_neighbours_around_the_edge():
    colors = np.zeros((3, 2, 4), np.uint8)
    cut = Cut(np.ones((2, 4), np.bool_), colors)
    assert cut._right_weight[3] == 0
    assert cut._right_weight[7] == 0
    assert (cut._down_weight == [1, 1, 1, 1, 0, 0, 0, 0]).all()


def test_widening_adds_the_four_neighbours():
    flags = np.zeros((4, 4), np.bool_)
    flags[0, 3] = True
    assert np.argwhere(widened(flags)).tolist() == [[0, 2], [0, 3], [1, 3]]
