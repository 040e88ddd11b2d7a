"""A picture at another size, against the same worked out pixel by pixel."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

ONE = 1 << 32
WIDTH, HEIGHT = 300, 30

zooms = st.sampled_from([0.51, 0.75, 1.01, 1.6, -1.3])


def steps(zoom: float, left: float, top: float) -> tuple[int, ...]:
    """From the target's pixels to the source's; a negative zoom mirrors."""
    down = 1 / abs(zoom)
    places = ((0.5 - left) / zoom, 1 / zoom, 0, (0.5 - top) * down, 0, down)
    return tuple(round(each * ONE) for each in places)


def mixed(one: np.ndarray, other: np.ndarray, part: int) -> np.ndarray:
    return (one.astype(int) * (256 - part) + other.astype(int) * part + 128) >> 8


def expected(source: np.ndarray, way: tuple[int, ...], x: int, y: int) -> list[int]:
    """The mean of the four pixels around a place, rounded after each direction."""
    u, v = way[0] + way[1] * x - ONE // 2, way[3] + way[5] * y - ONE // 2
    columns = np.clip([u >> 32, (u >> 32) + 1], 0, source.shape[1] - 1)
    rows = np.clip([v >> 32, (v >> 32) + 1], 0, source.shape[0] - 1)
    left, right = (
        mixed(source[rows[0], column], source[rows[1], column], v >> 24 & 255) for column in columns
    )
    return mixed(left, right, u >> 24 & 255).tolist()


@given(
    st.integers(0, 2**32 - 1), zooms, st.floats(-40, 40), st.floats(-9, 9),
    st.integers(1, 400), st.integers(1, 40),
)  # fmt: skip
def test_each_pixel_is_the_mean_around_its_middle(drawing, seed, zoom, left, top, width, height):
    source = np.random.default_rng(seed).integers(0, 256, (height, width, 4), np.uint8)
    if zoom < 0:
        left += WIDTH
    target, way = np.zeros((HEIGHT, WIDTH), np.uint32), steps(zoom, left, top)
    area = 3, 4, 295, 27
    drawing.resample(target, source.view(np.uint32)[..., 0], way, area)
    shown = target.view(np.uint8).reshape(HEIGHT, WIDTH, 4)
    for y in (4, 15, 26):
        for x in range(3, 295, 7):
            assert shown[y, x].tolist() == expected(source, way, x, y)
    target[4:27, 3:295] = 0
    assert not target.any()


def test_what_it_cannot_draw_is_refused(drawing):
    target, source = np.zeros((9, 9), np.uint32), np.zeros((5, 5), np.uint32)
    with pytest.raises(ValueError, match="area"):
        drawing.resample(target, source, steps(1, 0, 0), (0, 0, 10, 9))
    with pytest.raises(ValueError, match="steps"):
        drawing.resample(target, source, steps(0.3, 0, 0), (0, 0, 9, 9))
