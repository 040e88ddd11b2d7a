from collections import deque

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.operations.mending import fill_holes, remove_specks
from app.model.operations.settings import FillHoles, RemoveSpecks
from tests.support.masks import Stop, changed, disc, planes, silent, stop_after

SIDES = ((0, 1), (0, -1), (1, 0), (-1, 0))
CORNERS = ((1, 1), (1, -1), (-1, 1), (-1, -1))


def parts(is_set, steps):
    """Each connected part of what is set, as a list of its pixels."""
    left = {(int(y), int(x)) for y, x in zip(*np.nonzero(is_set), strict=True)}
    while left:
        part, waiting = [], deque([left.pop()])
        while waiting:
            y, x = waiting.popleft()
            part.append((y, x))
            near = {(y + dy, x + dx) for dy, dx in steps} & left
            left -= near
            waiting.extend(near)
        yield part


def without_specks(plane, area):
    found = plane.copy()
    for part in parts(plane > 0, SIDES + CORNERS):
        if len(part) < area:
            found[tuple(zip(*part, strict=True))] = 0
    return found


def without_holes(plane, area):
    height, width = plane.shape
    found = plane.copy()
    for level in np.unique(plane)[np.unique(plane) > 0]:
        for part in parts(plane < level, SIDES):
            open_ = any(y in (0, height - 1) or x in (0, width - 1) for y, x in part)
            if not open_ and len(part) < area:
                pixels = tuple(zip(*part, strict=True))
                found[pixels] = np.maximum(found[pixels], level)
    return found


@st.composite
def spotted(draw):
    """A small plane of a few levels, each pixel by itself."""
    width, height = draw(st.tuples(st.integers(1, 24), st.integers(1, 24)))
    chance = draw(st.floats(0.1, 0.9))
    rng = np.random.default_rng(draw(st.integers(0, 1000)))
    levels = rng.choice(np.array([80, 128, 255], np.uint8), (height, width))
    return np.where(rng.random((height, width)) < chance, levels, 0).astype(np.uint8)


@given(spotted(), st.integers(2, 30))
def test_specks_are_parts_of_too_few_pixels(plane, area):
    found = changed(plane, remove_specks(plane, RemoveSpecks(area=area), silent))
    assert np.array_equal(found, without_specks(plane, area))


@given(spotted(), st.integers(2, 30))
def test_holes_are_raised_to_what_is_around_them(plane, area):
    found = changed(plane, fill_holes(plane, FillHoles(area=area), silent))
    assert np.array_equal(found, without_holes(plane, area))


@given(spotted())
def test_holes_of_any_size_are_filled_when_asked(plane):
    found = changed(plane, fill_holes(plane, FillHoles(area=2, any_size=True), silent))
    assert np.array_equal(found, without_holes(plane, plane.size + 1))


@given(planes())
def test_mending_only_takes_specks_away_and_adds_in_holes(plane):
    assert (changed(plane, remove_specks(plane, RemoveSpecks(), silent)) <= plane).all()
    assert (changed(plane, fill_holes(plane, FillHoles(), silent)) >= plane).all()


def test_gaps_between_soft_strokes_are_filled_as_far_as_these_go():
    left, right = disc(300, (110, 150), 60, soft=80), disc(300, (190, 150), 60, soft=80)
    ring = np.maximum(np.maximum(left, right), 255 - disc(300, (150, 150), 90, soft=40))
    found = changed(ring, fill_holes(ring, FillHoles(any_size=True), silent))
    assert (found >= ring).all()
    inside = found[60:240, 60:240]
    assert inside.min() > ring[60:240, 60:240].min()


def test_a_mask_without_paint_has_nothing_to_mend():
    plane = np.zeros((200, 200), np.uint8)
    assert not remove_specks(plane, RemoveSpecks(), silent)
    assert not fill_holes(plane, FillHoles(any_size=True), silent)


def test_only_tiles_that_change_are_told():
    plane = disc(512, (400, 400), 80)
    plane[3, 3] = 255
    plane[400, 400] = 0
    assert set(remove_specks(plane, RemoveSpecks(), silent)) == {0}
    assert set(fill_holes(plane, FillHoles(), silent)) == {15}


@pytest.mark.parametrize(
    ("operation", "settings"), [(remove_specks, RemoveSpecks()), (fill_holes, FillHoles())]
)
def test_it_ends_as_soon_as_it_is_not_wanted(operation, settings):
    with pytest.raises(Stop):
        operation(disc(256, (100, 100), 60), settings, stop_after(0))
