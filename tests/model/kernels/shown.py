"""Pictures, masks and how they lie in a window, for the tests of what draws them."""

from math import cos, radians, sin

import numpy as np

ONE = 1 << 32
WIDTH, HEIGHT = 300, 90
AREA = 3, 4, 295, 87
AROUND = 0xFF1C2D3E
RED = np.array([value << 24 | value << 16 for value in range(256)], np.uint32)
GREY = np.array([255 << 24 | value * 0x10101 for value in range(256)], np.uint32)

Way = tuple[int, ...]


def noise(seed: int, width: int, height: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 4), np.uint8)


def steps(
    source: np.ndarray, zoom: float, angle: float, mirrored: bool, dx: float, dy: float
) -> Way:
    """From the target's pixels to a source whose middle is `dx`, `dy` beside the target's."""
    along, beside = cos(radians(angle)) / zoom, sin(radians(angle)) / zoom
    if angle % 90 == 0:
        along, beside = round(along * zoom) / zoom, round(beside * zoom) / zoom
    side = -1 if mirrored else 1
    xx, xy, yx, yy = side * along, side * beside, -beside, along
    x, y = 0.5 - WIDTH / 2 - dx, 0.5 - HEIGHT / 2 - dy
    u, v = source.shape[1] / 2 + xx * x + xy * y, source.shape[0] / 2 + yx * x + yy * y
    return tuple(round(each * ONE) for each in (u, xx, xy, v, yx, yy))


def blobs(seed: int, height: int = 37, width: int = 53) -> np.ndarray:
    """A mask with even areas and uneven ones."""
    random = np.random.default_rng(seed)
    mask = np.zeros((height, width), np.uint8)
    mask[:, : width // 3] = 255
    mask[height // 2 :, width // 2 :] = random.integers(
        0, 256, mask[height // 2 :, width // 2 :].shape
    )
    return mask


def known(mask: np.ndarray, side: int = 16, seed: int = 0) -> tuple[np.ndarray, np.ndarray, int]:
    """A mask with notes of its tiles: of some that are even it is not known."""
    height, width = (-(-length // side) for length in mask.shape)
    notes = np.full((height, width), -1, np.int16)
    is_told = np.random.default_rng(seed).random(notes.shape) < 0.7
    for row, column in np.ndindex(height, width):
        tile = mask[row * side : (row + 1) * side, column * side : (column + 1) * side]
        if is_told[row, column] and (tile == tile[0, 0]).all():
            notes[row, column] = tile[0, 0]
    return mask, notes, side
