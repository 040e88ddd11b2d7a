from functools import partial

import numpy as np
from hypothesis import given

from app.model.edits import added, fill, invert
from app.model.mask import Mask
from tests.support.masks import changed, planes


@given(planes())
def test_edits_can_be_taken_back_and_made_again(plane):
    for edit, after in (
        (invert, 255 - plane),
        (fill, np.full_like(plane, 255)),
        (partial(fill, value=0), np.zeros_like(plane)),
    ):
        mask = Mask.of(plane)
        patch = edit(mask)
        assert np.array_equal(mask.plane, after)
        patch.undo_into(mask)
        assert np.array_equal(mask.plane, plane)
        patch.redo_into(mask)
        assert np.array_equal(mask.plane, after)


@given(planes(), planes())
def test_paint_that_is_added_is_as_strong_as_the_stronger(plane, other):
    height, width = (min(sides) for sides in zip(plane.shape, other.shape, strict=True))
    plane, other = (np.ascontiguousarray(each[:height, :width]) for each in (plane, other))
    mask = Mask.of(other)
    paint = fill(mask, 0).before(mask)
    found = changed(plane, added(Mask.of(plane), paint))
    assert np.array_equal(found, np.maximum(plane, other))
