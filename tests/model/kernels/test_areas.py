"""What is of one colour, and edges made smooth: in numpy, and compiled."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from tests.support.masks import plain_search

pictures = arrays(
    np.uint8,
    array_shapes(min_dims=2, max_dims=2, max_side=12).map(lambda shape: (*shape, 4)),
    elements=st.sampled_from([0, 1, 5, 90, 100, 250, 255]),
)
regions = arrays(np.bool_, array_shapes(min_dims=2, max_dims=2, max_side=40))


def flooded(kernels, pixels: np.ndarray, x: int, y: int, tolerance: int = 0) -> np.ndarray:
    """What a flood finds, on a plane of its own."""
    (left, top, right, bottom), flags = kernels.flood(pixels, x, y, tolerance)
    part = np.frombuffer(flags, np.uint8).reshape(bottom - top, right - left)
    assert part.any(axis=0)[[0, -1]].all()
    assert part.any(axis=1)[[0, -1]].all()
    found = np.zeros(pixels.shape, np.bool_)
    found[top:bottom, left:right] = part
    return found


@settings(max_examples=300)
@given(pictures, st.integers(0, 255), st.data())
def test_a_flood_finds_what_a_plain_search_finds(kernels, bytes_, tolerance, data):
    height, width = bytes_.shape[:2]
    x, y = data.draw(st.integers(0, width - 1)), data.draw(st.integers(0, height - 1))
    difference = np.abs(bytes_.astype(int) - bytes_[y, x].astype(int)).max(axis=2)
    expected = plain_search(difference <= tolerance, x, y)
    assert (flooded(kernels, bytes_.view(np.uint32)[..., 0], x, y, tolerance) == expected).all()


@pytest.mark.parametrize("width", [1, 15, 16, 17, 100, 511, 512, 513, 1024, 2000])
@pytest.mark.parametrize("x", [0, 1, 0.5, 1.0])
def test_a_flood_runs_through_rows_of_any_length(kernels, width, x):
    pixels = np.full((5, width), 0xFF102030, np.uint32)
    pixels[2, : width - 1] = 0
    start = min(int(x * width) if isinstance(x, float) else x, width - 1)
    assert (flooded(kernels, pixels, start, 4) == (pixels != 0)).all()


def test_a_flood_finds_its_way_through_a_maze(kernels):
    """To and fro, which needs both ways up and down and many runs at once."""
    pixels = np.zeros((201, 201), np.uint32)
    pixels[::2] = 1
    pixels[1::4, -1] = pixels[3::4, 0] = 1
    for plane in (pixels, np.ascontiguousarray(pixels.T)):
        assert (flooded(kernels, plane, 0, 0) == (plane == 1)).all()


def test_a_flood_finds_what_long_rows_of_noise_hold(kernels):
    pixels = (np.random.default_rng(2).random((40, 1500)) < 0.7).astype(np.uint32)
    y, x = np.argwhere(pixels)[20]
    expected = plain_search(pixels == 1, int(x), int(y))
    assert (flooded(kernels, pixels, int(x), int(y)) == expected).all()


@given(regions)
def test_edges_are_smoothed_by_what_is_around_each_pixel(kernels, region):
    around = np.pad(region.astype(int), 1, mode="edge")
    rows = around[:-2] + 2 * around[1:-1] + around[2:]
    sixteenths = rows[:, :-2] + 2 * rows[:, 1:-1] + rows[:, 2:]
    beside = 31 * np.clip(sixteenths - 4, 0, 8)
    target = np.empty(region.shape, np.uint8)
    kernels.smooth_edges(target, region)
    assert (target == np.where(region, 255, beside)).all()


@pytest.mark.parametrize("part", [np.s_[3:20, 5:30], np.s_[:, 7:8]])
def test_a_part_of_a_plane_is_smoothed_by_itself(kernels, part):
    region = np.random.default_rng(5).random((40, 50)) < 0.5
    target, alone = np.zeros((40, 50), np.uint8), np.empty(region[part].shape, np.uint8)
    kernels.smooth_edges(target[part], region[part])
    kernels.smooth_edges(alone, np.ascontiguousarray(region[part]))
    assert (target[part] == alone).all()
    target[part] = 0
    assert not target.any()


def test_what_makes_no_sense_is_refused(drawing):
    """By the compiled ones, which would else reach beyond their arrays."""
    found, pixels = np.zeros((4, 5), np.bool_), np.zeros((4, 5), np.uint32)
    for x, y, tolerance in ((5, 0, 0), (0, 4, 0), (-1, 0, 0), (0, 0, 256)):
        with pytest.raises(ValueError):
            drawing.flood(pixels, x, y, tolerance)
    with pytest.raises(ValueError):
        drawing.smooth_edges(np.zeros((4, 4), np.uint8), found)
    with pytest.raises(TypeError):
        drawing.flood(pixels.view(np.uint8), 0, 0, 0)
    with pytest.raises(TypeError):
        drawing.smooth_edges(found)
