"""The wand: areas of one colour, to the pixel."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from app.model.mask import Mask
from app.model.picture import Picture
from app.model.selecting import Selecting
from app.model.wand import Wand
from tests.support.masks import plain_search


def picture(gray: np.ndarray, alpha: np.ndarray | None = None) -> Picture:
    pixels = np.repeat(gray[..., None], 4, axis=2).astype(np.uint8)
    pixels[..., 3] = 255
    return Picture(pixels=np.ascontiguousarray(pixels), alpha=alpha)


def selected(wand: Wand, shape: tuple[int, int], **selecting) -> np.ndarray:
    mask = Mask.of(np.zeros(shape, np.uint8))
    change = wand.change(Selecting(**selecting), "add", mask.plane, lambda _share: None)
    mask.swap_tiles(dict(change))
    return mask.plane


colors = arrays(
    np.uint8,
    array_shapes(min_dims=2, max_dims=2, max_side=10).map(lambda shape: (*shape, 4)),
    elements=st.sampled_from([0, 1, 5, 90, 100, 250, 255]),
)


@given(colors, st.integers(0, 255), st.booleans(), st.data())
def test_it_finds_what_a_plain_search_finds(pixels, tolerance, is_contiguous, data):
    height, width = pixels.shape[:2]
    x, y = data.draw(st.integers(0, width - 1)), data.draw(st.integers(0, height - 1))
    alpha = pixels[..., 3].copy() if data.draw(st.booleans()) else None
    pixels[..., 3] = 255
    image = Picture(pixels=pixels, alpha=alpha)
    channels = pixels if alpha is None else np.dstack((pixels, alpha))
    difference = np.abs(channels.astype(int) - channels[y, x].astype(int)).max(axis=2)
    fits = difference <= tolerance
    region = plain_search(fits, x, y) if is_contiguous else fits
    plane = selected(Wand(image, x, y), fits.shape, tolerance=tolerance, contiguous=is_contiguous)
    assert ((plane == 255) == region).all()


def test_straight_edges_stay_sharp():
    gray = np.zeros((30, 40))
    gray[10:20, 5:35] = 200
    plane = selected(Wand(picture(gray), 20, 15), gray.shape)
    assert (plane == np.where(gray > 0, 255, 0)).all()


def test_a_diagonal_edge_is_antialiased_beside_it():
    rows, columns = np.mgrid[:20, :20]
    region = rows + columns < 20
    plane = selected(Wand(picture(region * 200), 0, 0), region.shape)
    assert plane[region].min() == 255
    beside = rows + columns == 20
    assert (np.abs(plane[beside][1:-1].astype(int) - 255 / 8) <= 1).all()
    assert plane[rows + columns > 20].max() == 0


def test_single_pixels_stay_themselves():
    gray = np.zeros((9, 9))
    gray[4, 4] = 200
    assert selected(Wand(picture(gray), 4, 4), gray.shape).sum() == 255


def test_a_feather_is_as_strong_at_the_pictures_edge():
    gray = np.zeros((60, 60))
    gray[:, 30:] = 200
    plane = selected(Wand(picture(gray), 50, 30), gray.shape, feather=4)
    assert plane[0, 59] == 255
    assert abs(int(plane[0, 29]) + int(plane[0, 30]) - 255) <= 3
    assert plane[30, 18] == 0
