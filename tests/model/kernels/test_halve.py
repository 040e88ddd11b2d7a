import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st


@given(st.integers(1, 150), st.integers(1, 150), st.integers(1, 6), st.integers(0, 2**32 - 1))
def test_each_pixel_is_the_mean_of_those_it_stands_for(kernels, width, height, times, seed):
    source = np.random.default_rng(seed).integers(0, 256, (height, width), np.uint8)
    assert (halved(kernels, source, times) == means(source, times)).all()


@pytest.mark.parametrize("times", range(1, 7))
@pytest.mark.parametrize("value", [1, 255])
def test_an_even_plane_stays_even(kernels, times, value):
    source = np.full((300, 5000), value, np.uint8)
    assert (halved(kernels, source, times) == value).all()


@pytest.mark.parametrize("times", [1, 2, 3, 6])
def test_long_rows_have_no_seam(kernels, times):
    source = np.random.default_rng(3).integers(0, 256, (70, 9001), np.uint8)
    assert (halved(kernels, source, times) == means(source, times)).all()


def test_a_part_of_a_plane_is_halved_in_place(kernels):
    source, target = np.zeros((64, 64), np.uint8), np.zeros((32, 32), np.uint8)
    source[10:20, 30:40] = 200
    kernels.halve(source[8:24, 28:44], target[4:12, 14:22], 1)
    assert (target[5:10, 15:20] == 200).all()
    assert int(target.sum()) == 25 * 200


def halved(kernels, source: np.ndarray, times: int) -> np.ndarray:
    target = np.empty([-(-length >> times) for length in source.shape], np.uint8)
    kernels.halve(source, target, times)
    return target


def means(source: np.ndarray, times: int) -> np.ndarray:
    step = 1 << times
    height, width = source.shape
    whole = np.pad(source, ((0, -height % step), (0, -width % step)), mode="edge").astype(int)
    squares = whole.reshape(whole.shape[0] // step, step, -1, step)
    return (squares.sum(axis=(1, 3)) + step * step // 2) // (step * step)
