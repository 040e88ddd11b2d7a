"""Any edits, undone and redone in any order, against copies of the whole plane."""

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from app.model import edits
from app.model.brush import Brush, Sample
from app.model.geometry import Rect, Size
from app.model.mask import MIXED, Mask
from app.model.patch import Patch, packed
from app.model.recorder import Recorder
from app.model.stroke import Stroke

SIZE = Size(290, 200)
points = st.tuples(st.integers(-40, 330), st.integers(-40, 240))


class Edits(RuleBasedStateMachine):
    """A mask with its patches, beside a list of whole planes."""

    def __init__(self) -> None:
        super().__init__()
        self.mask = Mask(SIZE)
        self.patches: list[Patch] = []
        self.planes = [self.mask.plane.copy()]
        self.at = 0

    def did(self, patch: Patch) -> None:
        del self.patches[self.at :], self.planes[self.at + 1 :]
        self.patches.append(patch)
        self.planes.append(self.mask.plane.copy())
        self.at += 1

    @rule(
        size=st.sampled_from([3, 30, 150]),
        hardness=st.sampled_from([0.2, 1]),
        opacity=st.sampled_from([0.5, 1]),
        erase=st.booleans(),
        path=st.lists(points, min_size=1, max_size=3),
    )
    def stroke(self, size, hardness, opacity, erase, path):
        stroke = Stroke(
            self.mask, Brush(size=size, hardness=hardness, opacity=opacity), erase=erase
        )
        for x, y in path:
            stroke.extend(Sample(x, y))
        self.did(stroke.finish())

    @rule(path=st.lists(points, min_size=1, max_size=3), erase=st.booleans())
    def cancelled_stroke(self, path, erase):
        stroke = Stroke(self.mask, Brush(size=50), erase=erase)
        for x, y in path:
            stroke.extend(Sample(x, y))
            self.knows_only_what_is_true()
        stroke.cancel()

    @rule()
    def invert(self):
        self.did(edits.invert(self.mask))
        assert (self.planes[-1] == 255 - self.planes[-2]).all()

    @rule()
    def invert_twice(self):
        self.invert()
        self.invert()
        assert (self.planes[-1] == self.planes[-3]).all()

    @rule()
    def clear(self):
        self.did(edits.fill(self.mask, 0))
        assert not self.planes[-1].any()

    @rule(value=st.integers(0, 255))
    def fill(self, value):
        self.did(edits.fill(self.mask, value))
        assert (self.planes[-1] == value).all()

    @precondition(lambda self: self.at > 0)
    @rule()
    def undo(self):
        self.at -= 1
        self.told(self.patches[self.at].undo_into(self.mask), self.planes[self.at + 1])

    @precondition(lambda self: self.at < len(self.patches))
    @rule()
    def redo(self):
        self.at += 1
        self.told(self.patches[self.at - 1].redo_into(self.mask), self.planes[self.at - 1])

    @precondition(lambda self: self.patches)
    @rule(seconds=st.sampled_from([0, 1]), data=st.data())
    def pack(self, seconds, data):
        data.draw(st.sampled_from(self.patches)).pack(seconds)

    def told(self, rectangles: list[Rect], before: np.ndarray) -> None:
        changed = self.mask.plane != before
        for rect in rectangles:
            changed[rect.slices] = False
        assert not changed.any()

    @invariant()
    def knows_only_what_is_true(self):
        covered = np.zeros_like(self.mask.plane)
        for rect, value in self.mask.parts(Rect.of(SIZE)):
            covered[rect.slices] += 1
            if value != MIXED:
                assert (self.mask.plane[rect.slices] == value).all()
        assert (covered == 1).all()

    @invariant()
    def knows_after_an_edit_all_that_is_true(self):
        plain = Mask.of(self.mask.plane)
        for value in (0, 255):
            assert self.mask.tiles_without(value) == plain.tiles_without(value)

    @invariant()
    def is_as_it_should_be(self):
        plane = self.planes[self.at]
        assert (self.mask.plane == plane).all()
        assert self.mask.is_empty == (not plane.any())
        assert self.mask.box() == Mask.of(plane).box()


TestEdits = Edits.TestCase
TestEdits.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)


def stroked(mask: Mask, size: float = 60) -> Patch:
    stroke = Stroke(mask, Brush(size=size))
    for x in range(40, 240, 20):
        stroke.extend(Sample(x, 100))
    return stroke.finish()


def test_redoing_what_stands_changes_nothing():
    mask = Mask(SIZE)
    patch = stroked(mask)
    before = mask.plane.copy()
    assert patch.redo_into(mask) == []
    assert (mask.plane == before).all()


def test_undoing_twice_changes_nothing_more():
    mask = Mask(SIZE)
    patch = stroked(mask)
    patch.undo_into(mask)
    assert patch.undo_into(mask) == []
    assert mask.is_empty


def test_an_even_tile_weighs_one_byte():
    mask = Mask(Size(1000, 1000))
    patch = edits.fill(mask, 77)
    assert patch.nbytes == len(mask.tiles)


def test_an_inversion_weighs_nothing_however_uneven_the_mask():
    mask = Mask.of(np.random.default_rng(3).integers(0, 256, (300, 300), np.uint8))
    assert edits.invert(mask).nbytes == 0


def test_packing_makes_a_patch_smaller_and_tells_its_weight():
    mask = Mask(SIZE)
    patch = stroked(mask)
    patch.undo_into(mask)
    loose = patch.nbytes
    assert patch.pack(10)
    assert patch.nbytes < loose / 3
    assert patch.nbytes == sum(map(len, patch._tiles.values()))
    patch.redo_into(mask)
    assert (mask.plane == stroked_plane()).all()


def stroked_plane() -> np.ndarray:
    mask = Mask(SIZE)
    stroked(mask)
    return mask.plane


def test_noise_is_kept_as_it_is():
    noise = np.random.default_rng(3).integers(0, 256, 128 * 128, np.uint8).tobytes()
    assert packed(noise) == noise


def test_an_edit_that_changes_nothing_is_empty():
    mask = Mask(SIZE)
    assert edits.fill(mask, 0).is_empty
    assert edits.fill(mask, 0).is_empty
    assert Recorder(mask).patch().is_empty


@pytest.mark.parametrize("size", [60, 300])
def test_a_patch_keeps_only_tiles_that_changed(size):
    mask = Mask(Size(2000, 2000))
    stroke = Stroke(mask, Brush(size=size))
    stroke.extend(Sample(1000, 1000))
    patch = stroke.finish()
    assert len(patch._tiles) <= (size // 128 + 2) ** 2
