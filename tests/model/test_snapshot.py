"""Snapshots: the mask as it was, whatever happens to it before they are looked at."""

import numpy as np
import pytest

from app.model.geometry import Rect, Size
from app.model.mask import Mask
from app.model.tiles import TILE


@pytest.fixture
def mask():
    """A mask of all that tiles can be: empty, even, mixed, and cut off at the edges."""
    plane = np.zeros((3 * TILE + 7, 4 * TILE - 9), np.uint8)
    plane[:TILE, TILE:] = 255
    plane[TILE:, :TILE] = 90
    plane[2 * TILE - 5 :, 2 * TILE + 3 :] = np.random.default_rng(3).integers(0, 256, (140, 244))
    return Mask.of(plane)


def test_a_snapshot_gives_the_values_of_its_moment(mask):
    before, snapshot = mask.plane.copy(), mask.snapshot()
    mask.fill(7)
    assert (snapshot.plane() == before).all()


def test_a_stroke_under_way_is_in_it(mask):
    mask.keep_tiles(Rect(0, 0, 9, 9), {})
    mask.plane[2:9, 3:9] = 31
    before, snapshot = mask.plane.copy(), mask.snapshot()
    mask.plane[2:9, 3:9] = 0
    assert (snapshot.plane() == before).all()


def test_its_plane_is_read_only(mask):
    with pytest.raises(ValueError):
        mask.snapshot().plane()[0, 0] = 1


def test_only_what_differs_is_held():
    mask = Mask(Size(40 * TILE, 40 * TILE))
    mask.fill(255)
    mask.keep_tiles(Rect(5, 5, 6, 6), {})
    mask.plane[5, 5] = 1
    copies = [value for _, value in mask.snapshot().parts if isinstance(value, np.ndarray)]
    assert [copy.shape for copy in copies] == [(TILE, TILE)]
