"""Tiles kept, looked at and put back, against whole copies."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

SIDE = 8
WIDTH, HEIGHT = 45, 29  # six columns and four rows of tiles, the last ones cut off
MIXED = -1

seeds = st.integers(0, 2**32 - 1)
blocks = st.tuples(st.integers(0, 5), st.integers(0, 3)).flatmap(
    lambda start: st.tuples(
        *map(st.just, start), st.integers(start[0], 6), st.integers(start[1], 4)
    )
)


def blotched(seed: int) -> np.ndarray:
    """A plane with even tiles and uneven ones."""
    random = np.random.default_rng(seed)
    plane = np.kron(random.integers(0, 3, (4, 6), np.uint8), np.ones((SIDE, SIDE), np.uint8))
    plane = plane[:HEIGHT, :WIDTH].copy()
    plane[random.integers(0, HEIGHT, 9), random.integers(0, WIDTH, 9)] = 9
    return plane


def unknown() -> np.ndarray:
    return np.full((4, 6), MIXED, np.int16)


def rows_of(tile: int) -> tuple[slice, slice]:
    row, column = divmod(tile, 6)
    return slice(row * SIDE, (row + 1) * SIDE), slice(column * SIDE, (column + 1) * SIDE)


def told(plane: np.ndarray, tile: int) -> bytes:
    data = plane[rows_of(tile)].tobytes()
    return data[:1] if len(set(data)) == 1 else data


@given(seeds, blocks, blocks)
def test_tiles_are_kept_once_as_they_were(kernels, seed, first, second):
    plane, notes, before = blotched(seed), unknown(), {}
    original = plane.copy()
    kernels.keep_tiles(plane, notes, SIDE, first, before)
    plane[...] = 77
    kernels.keep_tiles(plane, notes, SIDE, second, before)
    in_first = {r * 6 + c for r in range(first[1], first[3]) for c in range(first[0], first[2])}
    in_second = {
        r * 6 + c for r in range(second[1], second[3]) for c in range(second[0], second[2])
    }
    assert before.keys() == in_first | in_second
    for tile, data in before.items():
        assert data == told(original if tile in in_first else plane, tile)


@given(seeds)
def test_what_is_noted_is_not_looked_at(kernels, seed):
    notes, before = unknown(), {}
    notes[1, 2] = 200
    kernels.keep_tiles(blotched(seed), notes, SIDE, (2, 1, 3, 2), before)
    assert before == {8: b"\xc8"}
    assert notes[1, 2] == MIXED


@given(seeds, seeds)
def test_settling_tells_what_changed_and_notes_what_is_there(kernels, seed, other):
    plane, notes, before = blotched(seed), unknown(), {}
    kernels.keep_tiles(plane, notes, SIDE, (0, 0, 6, 4), before)
    original = plane.copy()
    plane[:, 10:] = blotched(other)[:, 10:]
    changed, around = kernels.settle_tiles(plane, notes, SIDE, before)
    assert changed == {tile: data for tile, data in before.items() if told(plane, tile) != data}
    assert around == around_all(plane != original)
    assert_noted(plane, notes)


@given(seeds, st.integers(0, WIDTH - 1), st.integers(0, HEIGHT - 1))
def test_settling_tells_where_single_pixels_changed(kernels, seed, x, y):
    plane, notes, before = blotched(seed), unknown(), {}
    original = plane.copy()
    kernels.keep_tiles(plane, notes, SIDE, (0, 0, 6, 4), before)
    plane[y, x] += 1
    plane[HEIGHT - 1 - y, WIDTH // 2] += 1
    _, around = kernels.settle_tiles(plane, notes, SIDE, before)
    assert around == around_all(plane != original)
    notes[...] = MIXED
    kernels.keep_tiles(plane, notes, SIDE, (0, 0, 6, 4), again := {})
    assert kernels.settle_tiles(plane, notes, SIDE, again) == ({}, (0, 0, 0, 0))


def around_all(differs: np.ndarray) -> tuple[int, ...]:
    rows, columns = np.nonzero(differs)
    if not rows.size:
        return 0, 0, 0, 0
    return columns.min(), rows.min(), columns.max() + 1, rows.max() + 1


@given(seeds, seeds)
def test_swapping_twice_changes_nothing(kernels, seed, other):
    plane, notes = blotched(seed), unknown()
    tiles = {tile: told(blotched(other), tile) for tile in range(0, 24, 2)}
    original = plane.copy()
    before = kernels.swap_tiles(plane, notes, SIDE, tiles)
    for tile in range(24):
        expected = tiles.get(tile, told(original, tile))
        assert told(plane, tile) == expected
        assert tile not in tiles or before[tile] == told(original, tile)
    assert_noted(plane, notes, tiles)
    assert kernels.swap_tiles(plane, notes, SIDE, before) == tiles
    assert (plane == original).all()


@pytest.mark.parametrize("tiles", [{24: b"\0"}, {-1: b"\0"}, {0: b"too short"}])
def test_bytes_that_fit_no_tile_are_refused(kernels, tiles):
    with pytest.raises(ValueError):
        kernels.swap_tiles(blotched(1), unknown(), SIDE, tiles)


def assert_noted(plane: np.ndarray, notes: np.ndarray, tiles=range(24)) -> None:
    for tile in tiles:
        data = told(plane, tile)
        assert notes.flat[tile] == (data[0] if len(data) == 1 else MIXED)


@pytest.mark.parametrize(
    "rect", [(0, 0, 300, 200), (130, 5, 131, 6), (100, 100, 300, 140), (128, 0, 256, 128)]
)
def test_only_tiles_that_differ_are_told_with_all_that_they_hold_then(kernels, rect):
    random = np.random.default_rng(1)
    before = random.integers(0, 3, (200, 300), np.uint8)
    left, top, right, bottom = rect
    after = before[top:bottom, left:right].copy()
    assert kernels.changed_tiles(before, after, 128, rect) == {}
    after[-1, -1] = 77
    whole = before.copy()
    whole[top:bottom, left:right] = after
    tile = (bottom - 1) // 128 * 3 + (right - 1) // 128
    held = whole[tile // 3 * 128 :, tile % 3 * 128 :][:128, :128]
    assert kernels.changed_tiles(before, after, 128, rect) == {tile: held.tobytes()}


def test_a_tile_that_becomes_even_is_one_byte(kernels):
    before = np.random.default_rng(1).integers(0, 3, (200, 300), np.uint8)
    after = np.full((100, 200), 9, np.uint8)
    before[:128, :128] = 9
    before[50, 50] = 8
    changed = kernels.changed_tiles(before, after, 128, (0, 0, 200, 100))
    assert changed[0] == b"\x09"
    assert len(changed[1]) == 128 * 128


@pytest.mark.parametrize("rect", [(0, 0, 301, 200), (-1, 0, 299, 200), (0, 0, 299, 200)])
def test_a_place_outside_the_plane_is_refused(kernels, rect):
    plane = np.zeros((200, 300), np.uint8)
    with pytest.raises(ValueError):
        kernels.changed_tiles(plane, plane, 128, rect)
