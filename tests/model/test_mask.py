import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.geometry import EMPTY, Rect, Size
from app.model.kernels import tile_bytes
from app.model.mask import MIXED, Mask
from app.model.tiles import TILE, Tiles

SIZE = Size(400, 300)


def test_a_new_mask_is_empty():
    mask = Mask(SIZE)
    assert mask.is_empty
    assert mask.box() == EMPTY
    assert mask.tiles_without(0) == []
    assert mask.plane.flags.c_contiguous


rectangles = st.tuples(
    st.integers(0, 399), st.integers(0, 299), st.integers(1, 400), st.integers(1, 300)
).map(lambda r: Rect(r[0], r[1], r[0] + r[2], r[1] + r[3]).within(Rect.of(SIZE)))


@given(st.lists(rectangles, min_size=1, max_size=3))
def test_the_box_is_as_small_as_can_be(rectangles):
    plane = np.zeros((SIZE.height, SIZE.width), np.uint8)
    around = EMPTY
    for rect in rectangles:
        plane[rect.slices] = 1
        around = around.united(rect)
    mask = Mask.of(plane)
    assert mask.box() == around
    assert not mask.is_empty


@pytest.mark.parametrize("are_many", [False, True])
@pytest.mark.parametrize("seed", [1, 2])
def test_tiles_are_swapped_whether_they_are_many_or_few(seed, are_many):
    random = np.random.default_rng(seed)
    mask = Mask.of(random.integers(0, 256, (18 * TILE - 5, 17 * TILE + 3), np.uint8))
    before, plane = mask.plane.copy(), mask.plane.copy()
    tiles = {}
    for tile in random.permutation(len(mask.tiles))[: 280 if are_many else 20].tolist():
        values = plane[mask.tiles.rect(tile).slices]
        values[...] = random.integers(0, 3) if random.random() < 0.7 else 255 - values
        tiles[tile] = tile_bytes(values)
    held = mask.swap_tiles(tiles)
    assert (mask.plane == plane).all()
    assert all(mask.tile_bytes(tile) == tile_bytes(mask.tile(tile)) for tile in tiles)
    assert held.keys() == tiles.keys()
    assert mask.swap_tiles(held) == tiles
    assert (mask.plane == before).all()


def test_the_parts_of_a_rectangle_end_where_its_tiles_do():
    mask = Mask(Size(10 * TILE, 10 * TILE))
    mask.swap_tiles({33: b"\xff", 34: b"\xff"})
    mask.keep_tiles(mask.tiles.rect(44), {})
    parts = set(mask.parts(Rect(3 * TILE + 1, 3 * TILE, 5 * TILE, 4 * TILE + 1)))
    assert parts == {
        (Rect(3 * TILE + 1, 3 * TILE, 5 * TILE, 4 * TILE), 255),
        (Rect(3 * TILE + 1, 4 * TILE, 4 * TILE, 4 * TILE + 1), 0),
        (Rect(4 * TILE, 4 * TILE, 5 * TILE, 4 * TILE + 1), MIXED),
    }


def test_a_rectangle_of_one_value_is_one_part():
    mask = Mask(Size(10 * TILE, 10 * TILE))
    rect = Rect(TILE + 3, 5, 4 * TILE + 1, 3 * TILE)
    assert list(mask.parts(rect)) == [(rect, 0)]
    mask.keep_tiles(rect, {})
    assert list(mask.parts(rect)) == [(rect, MIXED)]


@given(st.integers(1, 700), st.integers(1, 700), st.data())
def test_merged_tiles_cover_the_tiles_and_nothing_twice(width, height, data):
    tiles = Tiles(Size(width, height))
    chosen = data.draw(st.sets(st.integers(0, len(tiles) - 1)))
    covered = np.zeros((height, width), np.uint8)
    for rect in tiles.merged(chosen):
        covered[rect.slices] += 1
    wanted = np.zeros((height, width), np.uint8)
    for tile in chosen:
        wanted[tiles.rect(tile).slices] = 1
    assert (covered == wanted).all()


def test_a_block_of_tiles_is_one_rectangle():
    tiles = Tiles(Size(10 * TILE, 10 * TILE))
    block = [row * 10 + column for row in (3, 4, 5) for column in (2, 3)]
    assert tiles.merged(block) == [Rect(2 * TILE, 3 * TILE, 4 * TILE, 6 * TILE)]
