"""How near colours are, against the same worked out pixel by pixel."""

from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.kernels import nearness

SHARES = bytes(max(0, 255 - 3 * difference) for difference in range(256))
levels = st.integers(0, 255)


@pytest.fixture(scope="session")
def near(kernels: ModuleType):
    return getattr(kernels, "near", nearness.near)


@st.composite
def areas(draw: st.DrawFn) -> tuple[int, int, tuple[int, int, int, int]]:
    """Width and height of a picture, and an area of it."""
    width, height = draw(st.integers(1, 40)), draw(st.integers(1, 40))
    left, top = draw(st.integers(0, width - 1)), draw(st.integers(0, height - 1))
    right, bottom = draw(st.integers(left + 1, width)), draw(st.integers(top + 1, height))
    return width, height, (left, top, right, bottom)


def pixels(seed: int, width: int, height: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 4), np.uint8)


@given(st.integers(0, 99), areas(), st.tuples(levels, levels, levels))
def test_it_is_what_it_says_and_nothing_else_changes(near, seed, area, color):
    width, height, (left, top, right, bottom) = area
    picture = pixels(seed, width, height)
    share = np.empty((height, width))
    for y in range(height):
        for x in range(width):
            most = max(abs(int(a) - b) for a, b in zip(picture[y, x, :3], color, strict=True))
            share[y, x] = SHARES[most]
    wide = np.pad(share, 1, mode="edge")
    expected = np.full((height, width), 7, np.uint8)
    for y in range(top, bottom):
        for x in range(left, right):
            around = wide[y : y + 3, x : x + 3]
            mixed = (around * np.outer((1, 2, 1), (1, 2, 1))).sum()
            expected[y, x] = (mixed + 8) // 16
    limit = np.full((height, width), 7, np.uint8)
    near(limit, picture.view(np.uint32)[..., 0], area[2], color, SHARES)
    assert (limit == expected).all()


def test_what_makes_no_sense_is_refused(drawing):
    limit, picture = np.zeros((5, 6), np.uint8), np.zeros((5, 6), np.uint32)
    sane = limit, picture, (0, 0, 6, 5), (1, 2, 3), SHARES
    drawing.near(*sane)
    for at, wrong in (
        (0, np.zeros((5, 5), np.uint8)),
        (2, (0, 0, 7, 5)),
        (2, (-1, 0, 6, 5)),
        (2, (3, 3, 3, 4)),
        (4, b"short"),
    ):
        with pytest.raises(ValueError):
            drawing.near(*sane[:at], wrong, *sane[at + 1 :])
    for at, wrong in ((0, 7), (1, limit), (2, "area"), (3, (1, 2)), (4, "text")):
        with pytest.raises(TypeError):
            drawing.near(*sane[:at], wrong, *sane[at + 1 :])
    with pytest.raises(TypeError):
        drawing.near(limit)
