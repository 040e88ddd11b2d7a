"""Connected parts, against a plain search from pixel to pixel."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from app.model.components import NOWHERE, Components

SIDES = ((0, 1), (1, 0), (0, -1), (-1, 0))
CORNERS = ((1, 1), (1, -1), (-1, 1), (-1, -1))

planes = arrays(np.bool_, array_shapes(min_dims=2, max_dims=2, max_side=12))


def plain_parts(is_set: np.ndarray, *, diagonal: bool) -> list[set[tuple[int, int]]]:
    """The parts in reading order, each as its pixels."""
    todo = {(int(y), int(x)) for y, x in np.argwhere(is_set)}
    parts = []
    for start in sorted(todo):
        part, front = set(), [start] if start in todo else []
        while front:
            y, x = front.pop()
            if (y, x) in todo:
                todo.remove((y, x))
                part.add((y, x))
                steps = SIDES + CORNERS if diagonal else SIDES
                front += [(y + dy, x + dx) for dy, dx in steps]
        if part:
            parts.append(part)
    return parts


@given(planes, st.booleans())
def test_they_are_what_a_plain_search_finds(is_set, diagonal):
    parts = plain_parts(is_set, diagonal=diagonal)
    found = Components(is_set, diagonal=diagonal)
    height, width = is_set.shape
    assert found.count == len(parts)
    assert found.areas.tolist() == [len(part) for part in parts]
    for number, part in enumerate(parts):
        rows, columns = zip(*part, strict=True)
        box = min(columns), min(rows), max(columns) + 1, max(rows) + 1
        assert found.box(number) == box
        assert found.touches_border[number] == (
            box[0] == 0 or box[1] == 0 or box[2] == width or box[3] == height
        )
        assert {(int(y), int(x)) for y, x in np.argwhere(found.part(number))} == part


@given(planes, st.booleans(), st.data())
def test_a_pixel_knows_its_part(is_set, diagonal, data):
    height, width = is_set.shape
    x, y = data.draw(st.integers(0, width - 1)), data.draw(st.integers(0, height - 1))
    number = Components(is_set, diagonal=diagonal).at(x, y)
    parts = plain_parts(is_set, diagonal=diagonal)
    at = [index for index, part in enumerate(parts) if (y, x) in part]
    assert [number] == (at or [NOWHERE])


@given(planes, st.data())
def test_any_choice_of_parts_becomes_a_plane(is_set, data):
    found = Components(is_set)
    chosen = np.array(
        data.draw(st.lists(st.booleans(), min_size=found.count, max_size=found.count)), np.bool_
    )
    expected = np.zeros_like(is_set)
    for number in np.flatnonzero(chosen):
        expected |= found.part(number)
    plane = found.plane(chosen)
    assert plane.shape == is_set.shape
    assert (plane == expected).all()


@pytest.mark.parametrize("size", [64, 257])
def test_a_way_to_and_fro_is_one_part(size):
    """The longest way between two ends, which naive joining takes many rounds for."""
    is_set = np.zeros((size, size), np.bool_)
    is_set[::2] = True
    is_set[1::4, -1] = is_set[3::4, 0] = True
    assert Components(is_set).count == 1
    assert Components(is_set.T).count == 1


def test_parts_that_meet_late_are_one():
    """Teeth of combs that are joined at the other end."""
    comb = np.tile(np.array([True, False]), (9, 20))
    for row in (0, 8):
        is_set = comb.copy()
        is_set[row] = True
        assert Components(is_set).count == 1
