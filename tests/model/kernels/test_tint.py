"""The mask's colours over a picture, against the same worked out pixel by pixel."""

from math import cos, floor, radians, sin

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

ONE = 1 << 32
WIDTH, HEIGHT = 90, 40
RED = np.array([value << 24 | value << 16 for value in range(256)], np.uint32)
GREY = np.array([255 << 24 | value * 0x10101 for value in range(256)], np.uint32)

seeds = st.integers(0, 2**32 - 1)
zooms = st.sampled_from([0.4, 0.9, 1.0, 1.7, 2.0, 5.3])
places = st.floats(-30, 30)


def steps(zoom: float, angle: float, left: float, top: float) -> tuple[int, ...]:
    """From the window's pixels to the mask's."""
    along, across = cos(radians(angle)) / zoom, sin(radians(angle)) / zoom
    u = (along * (0.5 - left) + across * (0.5 - top), along, across)
    v = (-across * (0.5 - left) + along * (0.5 - top), -across, along)
    return tuple(round(each * ONE) for each in (*u, *v))


def blobs(seed: int, height: int = 37, width: int = 53) -> np.ndarray:
    """A mask with even areas and uneven ones."""
    random = np.random.default_rng(seed)
    mask = np.zeros((height, width), np.uint8)
    mask[:, : width // 3] = 255
    mask[height // 2 :, width // 2 :] = random.integers(
        0, 256, mask[height // 2 :, width // 2 :].shape
    )
    return mask


def picture(seed: int) -> np.ndarray:
    pixels = np.random.default_rng(seed).integers(0, 2**24, (HEIGHT, WIDTH), np.uint32)
    return pixels | np.uint32(255 << 24)


def value(mask: np.ndarray, u: int, v: int, smooth: bool, fade: bool) -> int:
    def at(column: int, row: int) -> int:
        x, y = min(max(column, 0), mask.shape[1] - 1), min(max(row, 0), mask.shape[0] - 1)
        return 0 if fade and (x, y) != (column, row) else int(mask[y, x])

    if not smooth:
        return at(u >> 32, v >> 32)
    u, v = u - ONE // 2, v - ONE // 2
    column, row, across, down = u >> 32, v >> 32, u >> 24 & 255, v >> 24 & 255
    above = at(column, row) * (256 - across) + at(column + 1, row) * across
    below = at(column, row + 1) * (256 - across) + at(column + 1, row + 1) * across
    return floor((above * (256 - down) + below * down) / 65536 + 0.5)


def over(color: int, below: int) -> int:
    result, rest = 0, 255 - (color >> 24)
    for bits in (0, 8, 16, 24):
        result |= (color >> bits & 255) + round((below >> bits & 255) * rest / 255) << bits
    return result


@given(seeds, zooms, st.sampled_from([0, 90, 180, 270, 31]), places, places, st.data())
def test_each_pixel_shows_the_mask_at_its_middle(drawing, seed, zoom, angle, left, top, data):
    smooth, fade = data.draw(st.booleans()), data.draw(st.booleans())
    table = data.draw(st.sampled_from([RED, GREY]))
    mask, ground = blobs(seed), picture(seed)
    way = steps(zoom, angle, left, top)
    image = np.zeros_like(ground)
    drawing.tint(image, ground, mask, table, way, (3, 2, 83, 39), smooth, fade)
    expected = np.zeros_like(ground)
    for y in range(2, 39):
        for x in range(3, 83):
            u, v = (way[n] + way[n + 1] * x + way[n + 2] * y for n in (0, 3))
            color = int(table[value(mask, u, v, smooth, fade)])
            expected[y, x] = over(color, int(ground[y, x]))
    assert (image == expected).all()


@pytest.mark.parametrize("smooth", [False, True])
def test_an_empty_mask_shows_the_picture(drawing, smooth):
    ground = picture(1)
    image = np.zeros_like(ground)
    whole = (0, 0, WIDTH, HEIGHT)
    drawing.tint(
        image, ground, np.zeros((9, 9), np.uint8), RED, steps(4, 0, 0, 0), whole, smooth, False
    )
    assert (image == ground).all()


def test_nothing_is_drawn_outside_the_area(drawing):
    image = np.zeros((HEIGHT, WIDTH), np.uint32)
    area = (5, 6, 20, 9)
    drawing.tint(image, picture(2), blobs(2), GREY, steps(1, 0, 0, 0), area, False, False)
    assert image[6:9, 5:20].all()
    image[6:9, 5:20] = 0
    assert not image.any()


@pytest.mark.parametrize("smooth", [False, True])
def test_the_image_may_be_its_own_ground(drawing, smooth):
    ground, whole = picture(4), (0, 0, WIDTH, HEIGHT)
    image, other = ground.copy(), np.zeros_like(ground)
    drawing.tint(image, image, blobs(3), RED, steps(1.7, 0, 2, 3), whole, smooth, False)
    drawing.tint(other, ground, blobs(3), RED, steps(1.7, 0, 2, 3), whole, smooth, False)
    assert (image == other).all()
