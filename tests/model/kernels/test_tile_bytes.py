import numpy as np
import pytest


@pytest.mark.parametrize("value", [0, 7, 255])
@pytest.mark.parametrize("shape", [(1, 1), (128, 128), (3, 77)])
def test_an_even_tile_is_one_byte(kernels, value, shape):
    plane = np.full((200, 200), value, np.uint8)
    assert kernels.tile_bytes(plane[10 : 10 + shape[0], 20 : 20 + shape[1]]) == bytes([value])


@pytest.mark.parametrize("place", [(0, 0), (0, 127), (127, 127), (64, 1)])
def test_a_tile_with_one_other_pixel_is_told_whole(kernels, place):
    tile = np.full((300, 300), 9, np.uint8)[100:228, 60:188]
    tile[place] = 10
    assert kernels.tile_bytes(tile) == tile.tobytes()


def test_any_tile_is_told_in_reading_order(kernels):
    tile = np.random.default_rng(1).integers(0, 256, (200, 150), np.uint8)[3:100, 5:90]
    assert kernels.tile_bytes(tile) == tile.tobytes()
