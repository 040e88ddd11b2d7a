"""The line that shows what a tool is about to select."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QApplication

from app.canvas.overlay import Overlay
from app.canvas.view import View
from app.model.geometry import Rect, Size
from tests.support.easel import Easel, flat


def rectangle(left: float, top: float, width: float, height: float) -> QPainterPath:
    path = QPainterPath()
    path.addRect(left, top, width, height)
    return path


def drawn(easel: Easel) -> np.ndarray:
    """The device pixels that are not the picture's grey."""
    easel.leave()
    QApplication.processEvents()
    return (easel.shot()[..., :3] != 100).any(axis=2)


@pytest.mark.parametrize("ground", [0, 100, 255])
def test_it_is_black_and_white_in_turn(easel: Easel, ground):
    easel.open(flat(800, 600, ground), 1)
    easel.canvas.overlay.show(rectangle(350, 250, 100, 100))
    QApplication.processEvents()
    values, counts = np.unique(easel.shot()[..., 0], return_counts=True)
    assert {0, 255} <= set(values.tolist()) <= {0, ground, 255}
    if ground == 100:
        assert 0.5 < counts[0] / counts[-1] < 2


@pytest.mark.parametrize("zoom", [0.5, 1, 4])
@pytest.mark.parametrize(("angle", "mirrored"), [(0, False), (90, False), (33, True)])
def test_it_lies_where_the_picture_shows_it(easel: Easel, zoom, angle, mirrored):
    easel.open(flat(4000, 3000), zoom)
    if mirrored:
        easel.canvas.mirror()
    easel.canvas.turn_to(angle)
    easel.canvas.overlay.show(rectangle(1980, 1490, 40, 20))
    shown = drawn(easel)
    rows, columns = np.nonzero(shown)
    view = easel.canvas._view
    places = [view.place(x, y) for x in (1980, 2020) for y in (1490, 1510)]
    for found, wanted in ((columns, [x for x, _ in places]), (rows, [y for _, y in places])):
        assert abs(found.min() - max(min(wanted), 0)) <= 1.5
        assert abs(found.max() - max(wanted)) <= 1.5


def test_it_follows_the_view_and_leaves_nothing_behind(easel: Easel):
    easel.open(flat(4000, 3000), 1)
    easel.canvas.overlay.show(rectangle(1990, 1490, 40, 20))
    before = drawn(easel)
    easel.canvas.move_picture(50, 30)
    assert (drawn(easel)[30:, 50:] == before[:-30, :-50]).all()
    easel.canvas.overlay.show(rectangle(1890, 1490, 40, 20))
    assert drawn(easel).sum() <= before.sum()
    easel.canvas.overlay.show()
    assert not drawn(easel).any()


def test_only_paths_that_are_new_or_gone_are_painted():
    painted = []
    overlay = Overlay(painted.append)
    overlay.look(View(picture=Size(400, 300), window=Size(400, 300)))
    stays, goes, comes = (rectangle(x, 20, 40, 40) for x in (20, 120, 220))
    overlay.show(stays, goes)
    painted.clear()
    overlay.show(stays, comes)
    assert sorted(painted) == [Rect(118, 18, 162, 62), Rect(218, 18, 262, 62)]


@pytest.mark.parametrize("tool", ["polygon", "lasso"])
def test_however_long_an_outline_is_only_its_end_is_painted_anew(easel: Easel, tool):
    easel.open(flat(800, 600), 0.5)
    easel.tools.choose(tool)
    places = [easel.at(30 + 20 * (n % 30), 30 + 20 * (n // 30)) for n in range(600)]
    if tool == "polygon":
        for place in places:
            easel.press(place)
            easel.release(place)
    else:
        easel.press(places[0])
        for place in places[1:]:
            easel.move(place)
    painted = []
    easel.canvas.overlay._repaint = painted.append
    easel.move(places[-1] + QPointF(9, 9))
    assert painted
    assert max(area.size.area for area in painted) < 300 * 60


def test_it_goes_with_the_picture(easel: Easel):
    easel.open(flat(800, 600), 1)
    easel.canvas.overlay.show(rectangle(350, 250, 100, 100))
    easel.document.close()
    QApplication.processEvents()
    assert np.unique(easel.shot()[..., 0]).tolist() == [0x1C]
