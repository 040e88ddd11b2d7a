"""A picture at another size, mirrored or turned, against the same worked out in numpy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.kernels.shown import AREA, AROUND, HEIGHT, ONE, WIDTH, Way, noise, steps

seeds = st.integers(0, 2**32 - 1)
zooms = st.sampled_from([0.51, 0.75, 1.01, 1.6])
larges = st.sampled_from([1, 2, 3, 4.7, 64])
quarters = st.sampled_from([0, 90, 180, 270])
angles = st.one_of(st.sampled_from([45, 0.01, 89.9]), st.floats(1, 359).filter(lambda a: a % 90))
lengths = st.one_of(st.integers(1, 4), st.integers(5, 400))
shifts = st.floats(-60, 60)


def places(way: Way) -> tuple[np.ndarray, np.ndarray]:
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    return way[0] + way[1] * x + way[2] * y, way[3] + way[4] * x + way[5] * y


def nearest(source: np.ndarray, u: np.ndarray, v: np.ndarray) -> np.ndarray:
    height, width = source.shape[:2]
    return source[np.clip(v >> 32, 0, height - 1), np.clip(u >> 32, 0, width - 1)]


def mixed(one: np.ndarray, other: np.ndarray, part: np.ndarray) -> np.ndarray:
    part = (part >> 24 & 255)[..., np.newaxis]
    return (one.astype(int) * (256 - part) + other.astype(int) * part + 128) >> 8


def expected(source: np.ndarray, way: Way, smooth: bool) -> np.ndarray:
    """The mean of the four pixels around each place, or the one there."""
    u, v = places(way)
    if not smooth:
        return nearest(source, u, v)
    u, v = u - ONE // 2, v - ONE // 2
    left = mixed(nearest(source, u, v), nearest(source, u, v + ONE), v)
    right = mixed(nearest(source, u + ONE, v), nearest(source, u + ONE, v + ONE), v)
    return mixed(left, right, u)


def covered(source: np.ndarray, way: Way) -> np.ndarray:
    """How much of each pixel the source covers, counted at 24 × 24 places."""
    (u, v), (height, width) = places(way), source.shape[:2]
    count = np.zeros(u.shape)
    for dy in (np.arange(24) - 11.5) / 24:
        for dx in (np.arange(24) - 11.5) / 24:
            at_u, at_v = u + dx * way[1] + dy * way[2], v + dx * way[4] + dy * way[5]
            count += (at_u >= 0) & (at_u < width * ONE) & (at_v >= 0) & (at_v < height * ONE)
    return count / 24**2


def drawn(drawing, source, way, smooth, *areas) -> np.ndarray:
    target = np.zeros((HEIGHT, WIDTH), np.uint32)
    for area in areas or (AREA,):
        drawing.resample(target, source.view(np.uint32)[..., 0], way, area, smooth, AROUND)
    return target.view(np.uint8).reshape(HEIGHT, WIDTH, 4)


def within(pixels: np.ndarray) -> np.ndarray:
    return pixels[AREA[1] : AREA[3], AREA[0] : AREA[2]]


@given(seeds, zooms, quarters, st.booleans(), shifts, shifts, lengths, lengths)
def test_each_pixel_is_the_mean_around_its_middle(
    drawing, seed, zoom, angle, mirrored, dx, dy, width, height
):
    source = noise(seed, width, height)
    way = steps(source, zoom, angle, mirrored, dx, dy)
    shown = drawn(drawing, source, way, True)
    if angle % 180:  # each column is mixed first, be it of the source or not
        source, way = source.swapaxes(0, 1), way[3:] + way[:3]
    assert (within(shown) == within(expected(source, way, smooth=True))).all()
    within(shown)[:] = 0
    assert not shown.any()


@given(seeds, larges, quarters, st.booleans(), shifts, shifts, lengths, lengths)
def test_each_pixel_is_the_one_at_its_middle(
    drawing, seed, zoom, angle, mirrored, dx, dy, width, height
):
    source = noise(seed, width, height)
    way = steps(source, zoom, angle, mirrored, dx, dy)
    shown = drawn(drawing, source, way, False)
    assert (within(shown) == within(expected(source, way, smooth=False))).all()
    within(shown)[:] = 0
    assert not shown.any()


@given(seeds, st.one_of(zooms, larges), angles, st.booleans(), shifts, shifts, lengths, lengths)
def test_a_picture_that_is_turned_askew_fades_at_its_edge(
    drawing, seed, zoom, angle, mirrored, dx, dy, width, height
):
    source, smooth = noise(seed, width, height), zoom < 2
    way = steps(source, zoom, angle, mirrored, dx, dy)
    shown = within(drawn(drawing, source, way, smooth)).astype(int)
    colors, share = within(expected(source, way, smooth)), within(covered(source, way))
    (u, v), margin = map(within, places(way)), round((1 + 1 / zoom) * ONE)
    inside = (u >= margin) & (u <= width * ONE - margin)
    inside &= (v >= margin) & (v <= height * ONE - margin)
    assert (shown[inside] == colors[inside]).all()
    around = np.array([AROUND], np.uint32).view(np.uint8)
    share = share[..., np.newaxis]
    # The places that are counted lie in rows, of which an edge may take one or not.
    assert np.abs(shown - colors * share - around * (1 - share)).max() <= 14


@given(seeds, st.one_of(zooms, larges), st.one_of(quarters, angles), st.booleans())
def test_parts_of_an_area_fit_together(drawing, seed, zoom, angle, mirrored):
    source, smooth = noise(seed, 200, 150), zoom < 2
    way = steps(source, zoom, angle, mirrored, 7.3, -20.6)
    parts = (3, 4, 100, 50), (100, 4, 295, 50), (3, 50, 32, 87), (32, 50, 295, 87)
    whole = drawn(drawing, source, way, smooth)
    assert (whole == drawn(drawing, source, way, smooth, *parts)).all()


def test_what_it_cannot_draw_is_refused(drawing):
    target, source = np.zeros((9, 9), np.uint32), np.zeros((5, 5), np.uint32)
    as_it_is = (0, ONE, 0, 0, 0, ONE)
    with pytest.raises(ValueError, match="area"):
        drawing.resample(target, source, as_it_is, (0, 0, 10, 9), True, AROUND)
    for at in (1, 2, 4, 5):
        way = (*as_it_is[:at], 2 * ONE + 1, *as_it_is[at + 1 :])
        with pytest.raises(ValueError, match="steps"):
            drawing.resample(target, source, way, (0, 0, 9, 9), False, AROUND)
    with pytest.raises(TypeError):
        drawing.resample(target, source, as_it_is, (0, 0, 9, 9), False, None)
