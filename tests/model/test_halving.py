import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import halving


@given(st.integers(1, 70), st.integers(1, 70), st.integers(0, 2**32 - 1))
def test_each_pixel_is_the_mean_of_four(width, height, seed):
    source = np.random.default_rng(seed).integers(0, 256, (height, width), np.uint8)
    target = np.empty((halving.half_size(height), halving.half_size(width)), np.uint8)
    halving.halve(source, target)
    even = np.pad(source, ((0, height & 1), (0, width & 1)), mode="edge").astype(int)
    means = (even[::2, ::2] + even[1::2, ::2] + even[::2, 1::2] + even[1::2, 1::2] + 2) // 4
    assert (target == means).all()


@pytest.mark.parametrize("width", [3, 64, 1001])
def test_blocks_meet_without_a_seam(width, monkeypatch):
    source = np.random.default_rng(5).integers(0, 256, (333, width), np.uint8)
    whole = np.empty((167, halving.half_size(width)), np.uint8)
    halving.halve(source, whole)
    monkeypatch.setattr(halving, "BLOCK", 4 * width)
    blocks = np.empty_like(whole)
    halving.halve(source, blocks)
    assert (blocks == whole).all()


def test_a_full_plane_stays_full():
    target = np.zeros((50, 50), np.uint8)
    halving.halve(np.full((100, 100), 255, np.uint8), target)
    assert (target == 255).all()


def test_a_part_of_a_plane_is_halved_in_place():
    source, target = np.zeros((64, 64), np.uint8), np.zeros((32, 32), np.uint8)
    source[10:20, 30:40] = 200
    halving.halve(source[8:24, 28:44], target[4:12, 14:22])
    assert (target[5:10, 15:20] == 200).all()
    assert int(target.sum()) == 25 * 200
