"""Masks read from pictures are exact, and fit as the artist chose."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from app.model.geometry import Size
from app.model.mask_source import (
    Reading,
    fitted,
    from_alpha,
    from_luminance,
    mask_of,
    placed,
    read,
    scaled,
    suggested,
)
from app.model.picture import Picture, Plane

SIDES = st.integers(1, 40)
SIZES = st.builds(Size, SIDES, SIDES)
PLANES = st.tuples(SIDES, SIDES).flatmap(lambda shape: arrays(np.uint8, shape))


def grey(plane: Plane, alpha: Plane | None = None) -> Picture:
    pixels = np.dstack([plane] * 3 + [np.full_like(plane, 255)])
    return Picture(pixels=np.ascontiguousarray(pixels), alpha=alpha)


@given(PLANES)
def test_a_grey_picture_is_its_own_mask(plane: Plane) -> None:
    assert np.array_equal(from_luminance(grey(plane)), plane)
    assert np.array_equal(mask_of(grey(plane)), plane)


@given(PLANES)
def test_inverse_is_the_other_side(plane: Plane) -> None:
    picture = grey(plane, alpha=plane)
    for by in ("luminance", "alpha"):
        there = read(picture, Reading(by=by))
        assert np.array_equal(read(picture, Reading(by=by, inverse=True)), 255 - there)


def test_transparency_means_the_opaque_parts_unless_there_is_none() -> None:
    plane = np.array([[0, 90], [200, 255]], np.uint8)
    holes = np.array([[255, 0], [128, 7]], np.uint8)
    assert suggested(grey(plane, alpha=holes)) == "alpha"
    assert np.array_equal(mask_of(grey(plane, alpha=holes)), holes)
    solid = np.full_like(plane, 255)
    assert suggested(grey(plane, alpha=solid)) == "luminance"
    assert np.array_equal(mask_of(grey(plane, alpha=solid)), plane)
    assert (from_alpha(grey(plane)) == 255).all()


def test_colours_count_as_bright_as_they_look() -> None:
    pixels = np.array([[[255, 0, 0, 255], [0, 255, 0, 255], [0, 0, 255, 255]]], np.uint8)
    assert from_luminance(Picture(pixels=pixels)).tolist() == [[29, 150, 76]]


@given(PLANES)
def test_a_mask_of_the_right_size_is_left_alone(plane: Plane) -> None:
    height, width = plane.shape
    for fit in ("scale", "centre", "refuse"):
        assert fitted(plane, Size(width, height), fit) is plane


@given(PLANES, SIZES)
def test_another_size_is_what_was_chosen(plane: Plane, size: Size) -> None:
    if plane.shape == (size.height, size.width):
        return
    for fit in ("scale", "centre"):
        result = fitted(plane, size, fit)
        assert result is not None
        assert result.shape == (size.height, size.width)
    assert fitted(plane, size, "refuse") is None


@given(PLANES, SIZES)
def test_scaling_never_leaves_the_values_that_are_there(plane: Plane, size: Size) -> None:
    result = scaled(plane, size)
    assert plane.min() <= result.min()
    assert result.max() <= plane.max()


@given(st.integers(0, 255), SIZES, SIZES)
def test_scaling_keeps_what_is_even(value: int, before: Size, after: Size) -> None:
    plane = np.full((before.height, before.width), value, np.uint8)
    assert (scaled(plane, after) == value).all()


@given(PLANES, st.integers(0, 20), st.integers(0, 20))
def test_placed_in_a_larger_picture_and_back_nothing_is_lost(
    plane: Plane, wider: int, taller: int
) -> None:
    height, width = plane.shape
    # An odd difference is rounded down there, and down here too: even ones come back exactly.
    large = placed(plane, Size(width + 2 * wider, height + 2 * taller))
    assert np.array_equal(placed(large, Size(width, height)), plane)
    assert int(large.sum()) == int(plane.sum())


@given(PLANES, SIZES)
def test_placing_only_moves_and_cuts(plane: Plane, size: Size) -> None:
    result = placed(plane, size)
    height, width = plane.shape
    left, top = (size.width - width) // 2, (size.height - height) // 2
    for (y, x), value in np.ndenumerate(result):
        inside = 0 <= y - top < height and 0 <= x - left < width
        assert value == (plane[y - top, x - left] if inside else 0)


@pytest.mark.parametrize("stored", [{}, {"by": 7, "fit": "stretch", "inverse": "yes"}])
def test_what_makes_no_sense_is_the_default(stored: dict[str, object]) -> None:
    assert Reading.from_json(stored) == Reading()


def test_a_choice_is_remembered_whole() -> None:
    choice = Reading(by="alpha", inverse=True, fit="centre")
    assert Reading.from_json(choice.to_json()) == choice
