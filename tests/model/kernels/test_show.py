"""A picture and the mask over it, drawn together, against one drawn after the other."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.kernels.shown import (
    AREA,
    AROUND,
    GREY,
    HEIGHT,
    ONE,
    RED,
    WIDTH,
    blobs,
    known,
    noise,
    steps,
)

seeds = st.integers(0, 2**32 - 1)
zooms = st.sampled_from([0.51, 0.97, 1, 1.6, 3, 4.7])
angles = st.sampled_from([0, 90, 180, 270, 30, 45, 211.5])
lengths = st.integers(1, 400)
shifts = st.floats(-60, 60)
paints = st.sampled_from([AREA, (60, 20, 190, 71), (120, 5, 125, 6), (0, 0, 0, 0)])


@given(seeds, zooms, angles, st.booleans(), shifts, shifts, lengths, lengths, paints)
def test_the_mask_lies_over_the_picture(
    drawing, seed, zoom, angle, mirrored, dx, dy, width, height, painted
):
    source, smooth, fade = noise(seed, width, height).view(np.uint32)[..., 0], zoom < 2, angle % 90
    way = steps(source[..., np.newaxis], zoom, angle, mirrored, dx, dy)
    mask, table = known(blobs(seed, height, width)), (RED, GREY)[seed % 2]
    one, other = np.zeros((2, HEIGHT, WIDTH), np.uint32)
    drawing.show(one, source, mask, table, way, AREA, painted, smooth, AROUND, fade)
    drawing.resample(other, source, way, AREA, smooth, AROUND)
    drawing.tint(other, other, mask, table, way, painted, smooth, fade)
    assert (one == other).all()


def test_what_it_cannot_draw_is_refused(drawing):
    image, source = np.zeros((9, 9), np.uint32), np.zeros((5, 5), np.uint32)
    mask, way, whole = (
        known(np.zeros((5, 5), np.uint8)),
        (0, ONE, 0, 0, 0, ONE),
        (0, 0, 9, 9),
    )
    for area, painted in ((whole, (0, 0, 10, 9)), ((0, 0, 9, 10), whole)):
        with pytest.raises(ValueError, match="area"):
            drawing.show(image, source, mask, RED, way, area, painted, True, AROUND, False)
    with pytest.raises(TypeError):
        drawing.show(image, source, mask, RED, way, whole, whole, True, AROUND)
