"""What is looked up all around each pixel: in numpy, and compiled."""

from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.kernels import surroundings

sides = st.integers(1, 200)


@pytest.fixture(scope="session")
def highest(kernels: ModuleType):
    return getattr(kernels, "highest", surroundings.highest)


@pytest.fixture(scope="session")
def gaussian(kernels: ModuleType):
    return getattr(kernels, "gaussian", surroundings.gaussian)


def noise(seed: int, height: int, width: int) -> np.ndarray:
    """Some pixels of a larger plane."""
    plane = np.random.default_rng(seed).integers(0, 256, (height + 3, width + 5), np.uint8)
    return plane[1 : 1 + height, 2 : 2 + width]


def bell(reach: int, seed: int = 0) -> np.ndarray:
    """Weights that make up a half."""
    shares = np.random.default_rng(seed).random(reach + 1)
    sums = np.rint(np.cumsum(shares) / shares.sum() * 32768).astype(np.uint16)
    return np.diff(sums, prepend=np.uint16(0))


def plainly(source: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The means, not rounded."""
    half = weights / 65536
    kernel = np.concatenate([half[:0:-1], 2 * half[:1], half[1:]])
    wide = source.astype(float)
    for axis in (0, 1):
        wide = np.apply_along_axis(np.convolve, axis, wide, kernel, mode="valid")
    return wide


@given(st.integers(0, 9), sides, sides, st.integers(0, 20))
def test_the_highest_value_in_a_disc(highest, seed, width, height, radius):
    source = noise(seed, height + 2 * radius, width + 2 * radius)
    expected = np.zeros((height, width), np.uint8)
    for dy in range(-radius, radius + 1):
        for dx in range(-radius, radius + 1):
            if dx * dx + dy * dy <= radius * radius:
                top, left = radius + dy, radius + dx
                seen = source[top : top + height, left : left + width]
                np.maximum(expected, seen, out=expected)
    target = np.full((height, width), 99, np.uint8)
    highest(target, source, radius)
    assert (target == expected).all()


@pytest.mark.parametrize("radius", [63, 250])
def test_a_large_disc_around_a_point(highest, radius):
    source = np.zeros((700 + 2 * radius, 900 + 2 * radius), np.uint8)
    source[radius + 300, radius + 400] = 77
    target = np.empty((700, 900), np.uint8)
    highest(target, source, radius)
    y, x = np.ogrid[:700, :900]
    inside = (x - 400) ** 2 + (y - 300) ** 2 <= radius**2
    assert (target == np.where(inside, 77, 0)).all()


@given(st.integers(0, 9), sides, sides, st.integers(0, 62))
def test_means_are_rounded_to_the_nearest_or_nearly(gaussian, seed, width, height, reach):
    source = noise(seed, height + 2 * reach, width + 2 * reach)
    weights = bell(reach, seed)
    target = np.empty((height, width), np.uint8)
    gaussian(target, source, weights.tobytes())
    assert np.abs(target - plainly(source, weights)).max() < 0.75


@given(st.integers(0, 9), sides, sides, st.integers(0, 62))
def test_means_are_the_same_wherever_they_are_worked_out(kernels, seed, width, height, reach):
    source = noise(seed, height + 2 * reach, width + 2 * reach)
    weights = bell(reach, seed).tobytes()
    found = []
    for work in (surroundings.gaussian, getattr(kernels, "gaussian", surroundings.gaussian)):
        target = np.empty((height, width), np.uint8)
        work(target, source, weights)
        found.append(target)
    assert (found[0] == found[1]).all()


@pytest.mark.parametrize("reach", [0, 1, 2, 30, 61, 62])
def test_what_is_even_stays_so(gaussian, reach):
    for value in range(256):
        source = np.full((3 + 2 * reach, 5 + 2 * reach), value, np.uint8)
        target = np.empty((3, 5), np.uint8)
        gaussian(target, source, bell(reach, value).tobytes())
        assert (target == value).all()


def test_a_source_of_another_size_is_refused(highest, gaussian):
    target = np.zeros((4, 5), np.uint8)
    for shape in ((8, 8), (7, 9), (4, 5), (9, 9)):
        with pytest.raises(ValueError):
            highest(target, np.zeros(shape, np.uint8), 2)
        with pytest.raises(ValueError):
            gaussian(target, np.zeros(shape, np.uint8), bell(2).tobytes())


def test_what_makes_no_sense_is_refused(drawing):
    target, source = np.zeros((4, 5), np.uint8), np.zeros((8, 9), np.uint8)
    for radius in (-1, 1 << 62):
        with pytest.raises(ValueError):
            drawing.highest(target, source, radius)
    for weights in (b"", b"odd", bytes(2 * 64)):
        with pytest.raises(ValueError):
            drawing.gaussian(target, source, weights)
    for call, good in ((drawing.highest, 2), (drawing.gaussian, bell(2).tobytes())):
        for wrong in ((target, source), (7, source, good), (target, 7, good), (target, source, "")):
            with pytest.raises(TypeError):
                call(*wrong)
