"""The order of channels: in numpy, and compiled."""

from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.kernels import channels


@pytest.fixture(scope="session")
def blue_first(kernels: ModuleType):
    return getattr(kernels, "blue_first", channels.blue_first)


@given(st.integers(0, 9), st.integers(1, 70), st.integers(1, 5))
def test_red_and_blue_change_places_and_nothing_is_seen_through(blue_first, seed, width, height):
    whole = np.random.default_rng(seed).integers(0, 256, (height, width + 2, 4), np.uint8)
    expected = whole.copy()
    inside = expected[:, 1:-1]
    inside[..., :3] = inside[..., 2::-1].copy()
    inside[..., 3] = 255
    blue_first(whole.view(np.uint32)[:, 1:-1, 0])
    assert (whole == expected).all()


def test_what_makes_no_sense_is_refused(drawing):
    for wrong in (7, np.zeros((2, 3), np.uint8)):
        with pytest.raises(TypeError):
            drawing.blue_first(wrong)
