"""An easel with its canvas on the screen."""

import pytest

from app.model.geometry import Size
from tests.support.devices import Clock
from tests.support.easel import Easel, set_up


@pytest.fixture
def easel(qtbot) -> Easel:
    easel = set_up()
    qtbot.addWidget(easel.canvas)
    qtbot.waitExposed(easel.canvas)
    qtbot.waitUntil(easel.canvas.isActiveWindow)
    return easel


@pytest.fixture
def clock(easel: Easel) -> Clock:
    """By which pen and fingers go; it stands until a test says otherwise."""
    clock = Clock()
    easel.canvas._tablet._clock = easel.canvas._touch._clock = clock
    return clock


@pytest.fixture
def measured(easel: Easel) -> list[Size | None]:
    """The sizes that are told while something is drawn."""
    told: list[Size | None] = []
    easel.canvas.measured.connect(told.append)
    return told
