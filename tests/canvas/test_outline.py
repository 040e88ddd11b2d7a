"""The smart outline in the hand."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt

from app.model.picture import Picture
from tests.support.easel import Easel
from tests.support.masks import disc

SIZE, MIDDLE, RADIUS = 300, (150.0, 140.0), 60.0
TRUTH = disc(SIZE, MIDDLE, RADIUS, 1)


@pytest.fixture
def ready(easel: Easel) -> Easel:
    """A reddish disc on a noisy grey ground, at 100 %."""
    noise = np.random.default_rng(2).normal(0, 6, (SIZE, SIZE, 1))
    share = TRUTH[..., None] / 255
    ground, thing = np.array([120.0, 110, 100]), np.array([40.0, 60, 190])
    pixels = np.full((SIZE, SIZE, 4), 255, np.uint8)
    pixels[:, :, :3] = np.clip(ground * (1 - share) + thing * share + noise, 0, 255)
    easel.open(Picture(pixels=pixels), 1)
    easel.tools.choose("outline")
    return easel


def around(easel: Easel, radius: float = 80.0) -> list[QPointF]:
    turns = np.linspace(0, 2 * np.pi, 30)
    places = MIDDLE[0] + radius * np.cos(turns), MIDDLE[1] + radius * np.sin(turns)
    return [easel.at(x, y) for x, y in zip(*places, strict=True)]


def is_the_disc(plane: np.ndarray) -> bool:
    """To two pixels."""
    inner, outer = (disc(SIZE, MIDDLE, RADIUS + more) for more in (-2, 2))
    return bool((plane[inner == 255] > 127).all() and (plane[outer == 0] < 128).all())


def test_rough_line_becomes_the_objects_own(ready: Easel, qtbot):
    ready.drag(around(ready))
    assert ready.work.is_busy
    qtbot.waitUntil(lambda: not ready.work.is_busy)
    assert is_the_disc(ready.document.mask.plane)
    history = ready.document.undo_stack
    assert (history.count(), history.undoText()) == (1, "Smart Outline")
    ready.document.undo()
    assert ready.document.mask_is_empty


def test_right_button_takes_the_object_away(ready: Easel, qtbot):
    ready.document.fill()
    ready.drag(around(ready), Qt.MouseButton.RightButton)
    qtbot.waitUntil(lambda: not ready.work.is_busy)
    assert is_the_disc(255 - ready.document.mask.plane)


def test_escape_on_the_way_leaves_no_trace(ready: Easel):
    places = around(ready)
    ready.press(places[0])
    for place in places[1:20]:
        ready.move(place)
    assert not ready.canvas.overlay.is_empty
    ready.tap(Qt.Key.Key_Escape)
    ready.release(places[20])
    assert ready.canvas.overlay.is_empty
    assert not ready.work.is_trying
    assert ready.document.undo_stack.count() == 0


def test_search_can_be_called_off(ready: Easel, qtbot):
    ready.drag(around(ready))
    ready.document.undo()  # takes back what is not there yet
    assert not ready.work.is_busy
    ready.drag(around(ready, 75))
    qtbot.waitUntil(lambda: not ready.work.is_busy)
    assert is_the_disc(ready.document.mask.plane)
    assert ready.document.undo_stack.count() == 1


def test_click_selects_nothing(ready: Easel):
    ready.drag(around(ready)[:1])
    assert not ready.work.is_trying
    assert ready.document.undo_stack.count() == 0
