"""The mask's colours over a picture, against the same worked out pixel by pixel."""

from math import cos, floor, radians, sin

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.kernels.shown import GREY, ONE, RED, blobs, known

WIDTH, HEIGHT = 90, 40

seeds = st.integers(0, 2**32 - 1)
zooms = st.sampled_from([0.4, 0.9, 1.0, 1.7, 2.0, 5.3])
places = st.floats(-30, 30)


def steps(zoom: float, angle: float, left: float, top: float) -> tuple[int, ...]:
    """From the window's pixels to the mask's."""
    along, across = cos(radians(angle)) / zoom, sin(radians(angle)) / zoom
    u = (along * (0.5 - left) + across * (0.5 - top), along, across)
    v = (-across * (0.5 - left) + along * (0.5 - top), -across, along)
    return tuple(round(each * ONE) for each in (*u, *v))


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
    side = data.draw(st.sampled_from([1, 7, 16, 128]))
    shown = known(mask, side, seed)
    drawing.tint(image, ground, shown, table, way, (3, 2, 83, 39), smooth, fade)
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
    nothing = known(np.zeros((9, 9), np.uint8))
    drawing.tint(image, ground, nothing, RED, steps(4, 0, 0, 0), whole, smooth, False)
    assert (image == ground).all()


def test_nothing_is_drawn_outside_the_area(drawing):
    image = np.zeros((HEIGHT, WIDTH), np.uint32)
    area = (5, 6, 20, 9)
    drawing.tint(image, picture(2), known(blobs(2)), GREY, steps(1, 0, 0, 0), area, False, False)
    assert image[6:9, 5:20].all()
    image[6:9, 5:20] = 0
    assert not image.any()


@pytest.mark.parametrize("smooth", [False, True])
def test_the_image_may_be_its_own_ground(drawing, smooth):
    ground, whole = picture(4), (0, 0, WIDTH, HEIGHT)
    image, other = ground.copy(), np.zeros_like(ground)
    drawing.tint(image, image, known(blobs(3)), RED, steps(1.7, 0, 2, 3), whole, smooth, False)
    drawing.tint(other, ground, known(blobs(3)), RED, steps(1.7, 0, 2, 3), whole, smooth, False)
    assert (image == other).all()


def test_what_is_noted_is_not_looked_at(drawing):
    ground, whole = picture(5), (0, 0, WIDTH, HEIGHT)
    notes = np.full((1, 1), 9, np.int16)
    for angle in (0, 31, 90):
        image = np.zeros_like(ground)
        way = steps(0.9, angle, 2, 3)
        drawing.tint(image, ground, (blobs(5), notes, 64), GREY, way, whole, True, False)
        assert (image == GREY[9]).all()


def test_what_it_cannot_lay_is_refused(drawing):
    image, mask = picture(6), blobs(6)
    way, whole = steps(1, 0, 0, 0), (0, 0, WIDTH, HEIGHT)
    notes = np.full((5, 6), -1, np.int16)
    for area in ((0, 0, WIDTH + 1, HEIGHT), (-1, 0, 9, 9)):
        with pytest.raises(ValueError, match="area"):
            drawing.tint(image, image, (mask, notes, 9), RED, way, area, True, False)
    for told in ((mask, notes, 8), (mask, notes, 0), (mask[:0], notes, 9)):
        with pytest.raises(ValueError, match="mask"):
            drawing.tint(image, image, told, RED, way, whole, True, False)
    for told in (mask, (mask, notes), (mask, mask, 9)):
        with pytest.raises(TypeError):
            drawing.tint(image, image, told, RED, way, whole, True, False)
