"""Going round an area, freehand."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF

from app.model.picture import Picture
from app.model.selection.polygon import cover_polygon
from tests.canvas.areas import ALT, WHOLE, painted, ready
from tests.support.easel import Easel, flat


@pytest.mark.parametrize("zoom", [0.5, 1, 3])
def test_the_lasso_covers_what_the_hand_went_round(easel: Easel, zoom):
    ready(easel, "lasso", zoom)
    places = [easel.on(*place) for place in ((180, 130), (230, 140), (215, 180), (185, 170))]
    easel.drag(places)
    half = QPointF(0.5, 0.5)
    samples = [
        easel.canvas._view.to_picture(place.x(), place.y())
        for place in (place + half for place in places)
    ]
    assert (easel.document.mask.plane == cover_polygon(samples, WHOLE)).all()


def test_alt_pressed_on_the_way_draws_the_lasso_straight(easel: Easel):
    ready(easel, "lasso")
    easel.press(easel.at(100, 100))
    easel.move(easel.at(200, 100))
    easel.hold(ALT)
    easel.move(easel.at(230, 300))
    easel.move(easel.at(200, 200))
    easel.let_go(ALT)
    easel.move(easel.at(100, 200))
    easel.release(easel.at(100, 200))
    middle = np.array([(100.5, 100.5), (200.5, 100.5), (200.5, 200.5), (100.5, 200.5)])
    assert (easel.document.mask.plane == cover_polygon(middle.tolist(), WHOLE)).all()


def test_a_lasso_may_go_beyond_the_picture(easel: Easel):
    ready(easel, "lasso")
    easel.canvas.zoom_by(0.5)
    easel.drag([easel.at(-50, -50), easel.at(100, -50), easel.at(100, 500), easel.at(-50, 500)])
    assert painted(easel)[1::2] == (0, 300)


def test_the_smart_outline_keeps_to_the_object_inside(easel: Easel, qtbot):
    picture = flat(400, 300, 40)
    pixels = picture.pixels.copy()
    pixels[100:180, 120:220, :3] = 220
    easel.open(Picture(pixels=pixels), 1)
    easel.tools.choose("outline")
    easel.drag([easel.at(*place) for place in ((100, 80), (240, 84), (236, 200), (104, 196))])
    qtbot.waitUntil(lambda: not easel.work.is_busy)
    assert easel.document.undo_stack.undoText() == "Smart Outline"
    plane = easel.document.mask.plane
    assert plane[105:175, 125:215].min() == 255
    assert plane[:95].max() == plane[185:].max() == 0
