import pytest

from app.model.brush import Brush
from app.model.settings import range_of


@pytest.mark.parametrize("name", ["size", "hardness", "opacity"])
def test_each_value_is_held_to_its_range(name):
    low, high = range_of(Brush, name)
    Brush(**{name: low})
    Brush(**{name: high})
    for wrong in (low - 0.001, high + 0.001, float("nan")):
        with pytest.raises(ValueError, match=name):
            Brush(**{name: wrong})


@pytest.mark.parametrize("hardness", [0, 0.2, 0.5, 0.8])
def test_soft_dabs_lie_at_most_a_tenth_of_the_size_apart(hardness):
    assert 20 < Brush(size=500, hardness=hardness).spacing <= 50


@pytest.mark.parametrize(("size", "depth"), [(20, 0.05), (100, 0.022), (500, 0.05)])
def test_hard_dabs_lie_so_close_that_their_edge_is_straight(size, depth):
    brush = Brush(size=size, hardness=1)
    assert brush.spacing**2 / (8 * brush.radius) == pytest.approx(depth, rel=0.05)


@pytest.mark.parametrize(
    ("size", "hardness", "fits"),
    [
        (20, 1, False),
        (200, 1, True),
        (300, 1, False),
        (400, 0.5, True),
        (2000, 0.5, True),
        (2000, 0.95, False),
    ],
)
def test_stamps_are_for_brushes_that_are_neither_small_nor_take_much_room(size, hardness, fits):
    assert Brush(size=size, hardness=hardness).fits_stamps == fits


def test_the_harder_the_brush_the_closer_its_dabs():
    spacings = [Brush(size=300, hardness=n / 20).spacing for n in range(21)]
    assert spacings == sorted(spacings, reverse=True)


def test_the_steeper_the_rim_the_finer_the_places():
    assert Brush(size=1000, hardness=0.5).grid == 1
    assert Brush(size=200, hardness=0.5).grid == 4
    assert Brush(size=1000, hardness=1).grid == 8
