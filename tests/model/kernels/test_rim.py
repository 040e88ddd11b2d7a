"""A few pixels laid over an image and taken off again."""

import numpy as np
import pytest

SIDE = 20


def ground() -> np.ndarray:
    pixels = np.random.default_rng(3).integers(0, 2**24, (SIDE, SIDE), np.uint32)
    return pixels | np.uint32(255 << 24)


PLACES = np.array([(0, 0), (3, 1), (2, 4), (9, 9)], np.int32)
COLORS = np.array([[0xFF102030, 0x80402010, 0x01000001, 0x80000000]], np.uint32)


@pytest.mark.parametrize("corner", [(4, 5), (-2, -1), (15, 17), (40, 40)])
def test_only_its_own_pixels_are_covered_and_come_back(drawing, corner):
    image, before = ground(), ground()
    below = np.zeros_like(COLORS)
    drawing.lay_rim(image, PLACES, COLORS, below, *corner)
    expected = before.copy()
    for (x, y), color in zip(PLACES + corner, COLORS[0].tolist(), strict=True):
        if 0 <= x < SIDE and 0 <= y < SIDE:
            channels = before[y, x].item().to_bytes(4, "little")
            over = (255 - (color >> 24)) * np.array(list(channels)) / 255
            added = np.array(list(color.to_bytes(4, "little"))) + np.rint(over).astype(int)
            expected[y, x] = int.from_bytes(bytes(added.tolist()), "little")
    assert (image == expected).all()
    drawing.lift_rim(image, PLACES, COLORS, below, *corner)
    assert (image == before).all()


def test_what_does_not_belong_together_is_refused(drawing):
    with pytest.raises(ValueError):
        drawing.lay_rim(ground(), PLACES, COLORS[:, :2], np.zeros_like(COLORS), 0, 0)
