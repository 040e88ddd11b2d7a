"""The way of a brush in C, to the last bit that of numpy's side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.kernels import pure

places = st.tuples(st.floats(-3000, 9000), st.floats(-3000, 9000))
bows = st.tuples(st.floats(-40, 40), st.floats(-40, 40))


@given(places, bows, places, st.integers(1, 12), st.floats(0, 50), st.floats(0.4, 400))
def test_dabs_fall_on_the_same_places(drawing, start, bow, end, pieces, ahead, spacing):
    way = start, bow, end, pieces, 0.7, ahead, spacing
    assert drawing.walk(*way) == pure.walk(*way)


def test_dabs_are_a_spacing_apart_on_a_straight_line(kernels):
    spots, ahead = kernels.walk((10.0, 5.0), (0.0, 0.0), (40.0, 5.0), 1, 1.0, 2.0, 8.0)
    assert spots == [(12.0, 5.0, 1.0), (20.0, 5.0, 1.0), (28.0, 5.0, 1.0), (36.0, 5.0, 1.0)]
    assert ahead == 4.0


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_leads_nowhere_is_refused(drawing, number):
    with pytest.raises(ValueError):
        drawing.walk((0.0, number), (0.0, 0.0), (1.0, 1.0), 1, 1.0, 0.0, 1.0)
    with pytest.raises(ValueError):
        drawing.walk((0.0, 0.0), (0.0, 0.0), (1.0, 1.0), 1, 1.0, 0.0, 0.0)
