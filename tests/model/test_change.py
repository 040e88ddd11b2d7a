from contextlib import contextmanager
from itertools import islice

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model import change as changes
from app.model.change import Rewrite, combine, difference
from app.model.geometry import Rect, Size
from app.model.mask import Mask
from app.model.selecting import MODES

SIZE = Size(300, 200)


def noise(seed, size=SIZE):
    random = np.random.default_rng(seed)
    plane = random.integers(0, 256, (size.height, size.width), np.uint8)
    plane[random.random(plane.shape) < 0.5] = 0
    plane[:, : random.integers(0, size.width)] = 0
    return plane


@contextmanager
def pieces_of(tiles):
    before, changes.PIECE = changes.PIECE, tiles
    yield
    changes.PIECE = before


def made(base, change):
    mask = Mask.of(base)
    Rewrite(mask).show(change)
    assert mask.is_empty == (not mask.plane.any())
    return mask.plane


@st.composite
def places(draw):
    left, top = draw(st.integers(-80, 320)), draw(st.integers(-80, 220))
    return Rect(left, top, left + draw(st.integers(1, 400)), top + draw(st.integers(1, 300)))


@settings(max_examples=60)
@given(seed=st.integers(0, 99), rect=places(), mode=st.sampled_from(MODES))
def test_joining_an_area_is_what_a_whole_plane_of_it_would_give(seed, rect, mode):
    base, area = noise(seed), noise(seed + 1, rect.size)
    whole = np.zeros((900, 1100), np.uint8)
    whole[rect.moved(300, 300).slices] = area
    whole = whole[300 : 300 + SIZE.height, 300 : 300 + SIZE.width]
    expected = {
        "add": np.maximum(base, whole),
        "subtract": np.minimum(base, 255 - whole),
        "intersect": np.minimum(base, whole),
        "replace": whole,
    }[mode]
    assert (made(base, combine(base, area, rect, mode)) == expected).all()


@given(seed=st.integers(0, 99))
def test_a_difference_names_only_tiles_that_differ(seed):
    before = noise(seed)
    after = before.copy()
    after[150, 140] ^= 1
    change = difference(before, after, Rect.of(SIZE))
    assert list(change) == [4]
    assert (made(before, change) == after).all()


def test_one_change_takes_the_place_of_the_other_and_leaves_no_trace_when_cancelled():
    base = noise(3)
    mask = Mask.of(base)
    rewrite = Rewrite(mask)
    rewrite.show({0: b"\xff", 1: b"\x07"})
    rewrite.show({1: b"\x09"})
    assert (mask.tile(0) == base[:128, :128]).all()
    assert (mask.tile(1) == 9).all()
    rewrite.cancel()
    assert (mask.plane == base).all()
    assert rewrite.finish().is_empty


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3)), max_size=4), st.booleans())
def test_a_change_that_is_half_shown_can_be_left_for_another(steps, is_cancelled):
    mask, base = Mask.of(noise(3)), noise(3)
    rewrite = Rewrite(mask)
    shown = base
    with pieces_of(2):
        for seed, bits in steps:
            change = difference(base, noise(seed), Rect.of(SIZE))
            list(islice(rewrite.showing(change), bits))
        if not is_cancelled:
            change = difference(base, noise(7), Rect.of(SIZE))
            rewrite.show(change)
            shown = noise(7)
        else:
            rewrite.cancel()
    assert (mask.plane == shown).all()
    rewrite.finish().undo_into(mask)
    assert (mask.plane == base).all()


@pytest.mark.parametrize("mode", MODES)
def test_an_area_wholly_outside_counts_as_none(mode):
    base = noise(5)
    change = combine(base, noise(6, Size(10, 10)), Rect(400, 0, 410, 10), mode)
    expected = base if mode in ("add", "subtract") else np.zeros_like(base)
    assert (made(base, change) == expected).all()
