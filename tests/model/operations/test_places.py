import numpy as np

from app.model.geometry import Rect, Size
from app.model.operations import places


def test_blocks_cover_the_wanted_tiles_and_keep_to_the_plane():
    wanted = np.zeros((5, 20), np.bool_)
    wanted[1, 2:9] = wanted[4, 19] = True
    found = places.blocks(wanted, Size(2500, 600), tall=2, wide=4)
    assert found == [
        Rect(256, 0, 768, 256), Rect(768, 0, 1152, 256), Rect(2432, 512, 2500, 600)
    ]  # fmt: skip


def test_extremes_are_those_of_each_tile_at_the_edge_too():
    plane = np.zeros((300, 200), np.uint8)
    plane[299, 199], plane[0, 0] = 9, 7
    low, high = places.extremes(plane)
    assert not low.any()
    assert high.tolist() == [[7, 0], [0, 0], [0, 9]]
