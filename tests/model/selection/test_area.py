"""Selected areas: their shapes, soft edges and strength."""

from math import pi

import numpy as np
import pytest

from app.model.geometry import Rect, Size
from app.model.selecting import Selecting
from app.model.selection.area import area_of, change_by
from app.model.selection.shapes import Ellipse, Polygon, Rectangle

SIZE = Size(60, 50)
SQUARE = Rectangle(Rect(20, 10, 40, 30))


def whole(shape, size: Size = SIZE, **selecting) -> np.ndarray:
    """The area on a plane of the picture's size."""
    area = area_of(shape, Selecting(**selecting), size)
    plane = np.zeros((size.height, size.width), np.uint8)
    plane[area.rect.slices] = area.coverage
    return plane


def test_a_rectangle_is_whole_pixels():
    plane = whole(SQUARE)
    assert (plane[10:30, 20:40] == 255).all()
    assert plane.sum() == 20 * 20 * 255


def test_a_rectangle_ends_with_the_picture():
    plane = whole(Rectangle(Rect(-10, 40, 5, 90)))
    assert (plane[40:, :5] == 255).all()
    assert plane.sum() == 50 * 255


@pytest.mark.parametrize("box", [Rect(3, 4, 43, 44), Rect(2, 3, 53, 24), Rect(5, 5, 6, 40)])
def test_an_ellipse_has_its_area_and_fits_its_box(box):
    plane = whole(Ellipse(box)).astype(float) / 255
    assert plane.sum() == pytest.approx(pi / 4 * box.width * box.height, rel=0.002)
    rows, columns = np.flatnonzero(plane.any(1)), np.flatnonzero(plane.any(0))
    assert (columns[0], rows[0], columns[-1] + 1, rows[-1] + 1) == box


@pytest.mark.parametrize("box", [Rect(3, 4, 43, 44), Rect(2, 3, 53, 24), Rect(0, 0, 7, 7)])
def test_an_ellipse_is_the_same_from_all_sides(box):
    plane = whole(Ellipse(box))[box.slices].astype(int)
    assert np.abs(plane - plane[::-1]).max() <= 1
    assert np.abs(plane - plane[:, ::-1]).max() <= 1
    if box.width == box.height:
        assert np.abs(plane - plane.T).max() <= 1


def test_a_small_circle_is_known_by_heart():
    assert whole(Ellipse(Rect(0, 0, 2, 2)))[:2, :2].tolist() == [[200, 200], [200, 200]]
    assert whole(Ellipse(Rect(0, 0, 4, 4)))[0, :4].tolist() == [80, 233, 233, 80]


def test_a_line_goes_round_its_pixels():
    shape = Polygon(((0.5, 0.5), (3.5, 0.5), (3.5, 3.0), (0.5, 3.0)))
    assert shape.box == Rect(0, 0, 4, 3)
    assert whole(shape)[:4, :5].tolist() == [
        [64, 128, 128, 64, 0],
        [128, 255, 255, 128, 0],
        [128, 255, 255, 128, 0],
        [0, 0, 0, 0, 0],
    ]


@pytest.mark.parametrize(
    "shape",
    [
        Rectangle(Rect(5, 5, 5, 20)),
        Ellipse(Rect(9, 9, 3, 20)),
        Polygon(()),
        Polygon(((1, 1), (9, 9))),
        Rectangle(Rect(100, 0, 120, 20)),
        Ellipse(Rect(-40, 0, -20, 20)),
    ],
)
def test_nothing_is_selected_by_nothing_or_elsewhere(shape):
    base = np.full((50, 60), 9, np.uint8)
    for feather in (0, 4):
        assert not whole(shape, feather=feather).any()
        assert not change_by(shape, Selecting(feather=feather), "add", base, print)


def test_a_feather_fades_as_far_on_either_side():
    plane = whole(SQUARE, feather=3).astype(int)
    middle = plane[20]
    assert middle[30] >= 254
    assert middle[19] + middle[20] == pytest.approx(255, abs=2)
    assert middle[20 - 6] < 12
    assert middle[20 + 6] > 243
    assert (np.diff(middle[:30]) >= 0).all()
    assert plane.sum() == pytest.approx(400 * 255, rel=0.01)


def test_a_feather_does_not_fade_at_the_pictures_edge():
    """What is drawn beyond the edge is as strong there as if the picture went on."""
    plane = whole(Rectangle(Rect(-30, -30, 30, 30)), feather=5)
    assert plane[0, 0] == 255
    assert plane[0, 15] == plane[10, 15]


def test_the_opacity_is_the_most_that_is_painted():
    assert whole(SQUARE, opacity=0.5).max() == 128
    soft, faint = whole(SQUARE, feather=3), whole(SQUARE, feather=3, opacity=0.3)
    assert np.abs(faint - soft * 0.3).max() <= 0.5


def test_the_change_is_what_the_mode_says():
    base = np.full((50, 60), 100, np.uint8)
    change = change_by(SQUARE, Selecting(), "intersect", base, lambda _: None)
    plane = np.frombuffer(change[0], np.uint8).reshape(50, 60)
    assert (plane[10:30, 20:40] == 100).all()
    assert plane.sum() == 400 * 100
