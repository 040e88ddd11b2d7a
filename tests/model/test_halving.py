import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import halving
from app.model.halving import halve, halved


def made(source: np.ndarray, times: int = 1) -> np.ndarray:
    target = np.empty([halved(length, times) for length in source.shape], np.uint8)
    halve(source, target, times)
    return target


@given(st.integers(1, 150), st.integers(1, 150), st.integers(1, 6), st.integers(0, 2**32 - 1))
def test_each_pixel_is_the_mean_of_those_it_stands_for(width, height, times, seed):
    source = np.random.default_rng(seed).integers(0, 256, (height, width), np.uint8)
    step = 1 << times
    whole = np.pad(source, ((0, -height % step), (0, -width % step)), mode="edge").astype(int)
    squares = whole.reshape(halved(height, times), step, halved(width, times), step)
    means = (squares.sum(axis=(1, 3)) + step * step // 2) // (step * step)
    assert (made(source, times) == means).all()


@pytest.mark.parametrize("times", [1, 2, 3])
@pytest.mark.parametrize("width", [3, 64, 1001])
def test_blocks_meet_without_a_seam(width, times, monkeypatch):
    source = np.random.default_rng(5).integers(0, 256, (333, width), np.uint8)
    whole = made(source, times)
    monkeypatch.setattr(halving, "BLOCK", 20 * width)
    assert (made(source, times) == whole).all()


@pytest.mark.parametrize("times", range(1, 7))
def test_a_full_plane_stays_full(times):
    assert (made(np.full((200, 200), 255, np.uint8), times) == 255).all()


def test_a_part_of_a_plane_is_halved_in_place():
    source, target = np.zeros((64, 64), np.uint8), np.zeros((32, 32), np.uint8)
    source[10:20, 30:40] = 200
    halve(source[8:24, 28:44], target[4:12, 14:22])
    assert (target[5:10, 15:20] == 200).all()
    assert int(target.sum()) == 25 * 200
