"""The outline of the mask."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QWidget

from app.canvas.ants import ACROSS, BLOCK, PERIOD, Ants
from app.canvas.mask_layer import MaskLayer
from app.canvas.style import Style
from app.canvas.view import View
from app.model.geometry import Rect, Size
from app.model.mask import Mask
from tests.support.easel import Easel, flat

SIZE = Size(300, 200)
ANTS = Style(QColor(), 0, QColor(), "ants")


def ants(plane: np.ndarray, **view: object) -> Ants:
    """The outline of a plane at 100 % in a window of its size, or otherwise."""
    return Ants(
        MaskLayer(Mask.of(plane), ANTS.table()),
        View(**{"picture": SIZE, "window": SIZE, **view}),
    )


def line(outline: Ants) -> np.ndarray:
    outline._refresh()
    return outline._line > 0


@pytest.fixture
def block() -> np.ndarray:
    plane = np.zeros((200, 300), np.uint8)
    plane[50:100, 60:160] = 255
    return plane


@pytest.mark.usefixtures("qapp")
def test_it_is_the_outermost_pixels_of_what_is_painted(block):
    expected = block > 0
    expected[51:99, 61:159] = False
    assert (line(ants(block)) == expected).all()


@pytest.mark.usefixtures("qapp")
def test_it_runs_where_the_mask_passes_one_half():
    plane = np.tile(np.linspace(0, 255, 300).astype(np.uint8), (200, 1))
    shown = line(ants(plane))
    first = int((plane[0] >= 128).argmax())
    assert shown[:, first].all()
    assert not shown[:, :first].any()
    assert not shown[1:-1, first + 1 : -1].any()


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("zoom", [0.3, 1, 4])
@pytest.mark.parametrize("angle", [0, 90, 33])
def test_it_closes_along_the_edges_of_the_picture(zoom, angle):
    size = Size(900, 900)
    view = View(picture=SIZE, window=size, zoom=zoom, angle=angle).fitted(50, zoom)
    shown = line(Ants(MaskLayer(Mask.of(np.full((200, 300), 255, np.uint8)), ANTS.table()), view))
    inside = np.zeros((900, 900), bool)
    for x, y in ((0, 0), (299.9, 0), (0, 199.9), (299.9, 199.9), (150, 0), (150, 199.9)):
        column, row = (round(place) for place in view.place(x, y))
        if 3 < row < 896 and 3 < column < 896:
            assert shown[row - 3 : row + 3, column - 3 : column + 3].any()
    middle = view.place(150, 100)
    inside[round(middle[1]), round(middle[0])] = True
    assert not shown[inside].any()


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("shape", ["level", "upright", "rising", "falling"])
def test_it_has_dashes_along_lines_of_any_direction(shape):
    rows, columns = np.mgrid[:200, :300]
    edge = {
        "level": rows < 100,
        "upright": columns < 100,
        "rising": rows + columns < 200,
        "falling": rows < columns,
    }[shape]
    outline = ants(np.where(edge, 255, 0).astype(np.uint8))
    assert line(outline).any()
    middle = outline._line[40:160, 40:160]
    shown = middle[middle > 0] <= PERIOD // 2
    assert 0.35 < shown.mean() < 0.65


@pytest.mark.usefixtures("qapp")
def test_there_is_none_along_the_edge_of_the_window(block):
    shown = line(ants(block, x=-100, y=-70))
    assert not shown[:, 0][1:29].any()
    assert shown[29, :59].all()


@pytest.mark.usefixtures("qapp")
def test_what_is_marked_is_found_anew_and_only_that(block):
    plane = block.copy()
    mask = Mask.of(plane)
    layer = MaskLayer(mask, ANTS.table())
    outline = Ants(layer, View(picture=SIZE, window=SIZE))
    line(outline)
    mask.plane[120:150, 60:160] = 255
    layer.mark(Rect(60, 120, 160, 150))
    outline.mark(Rect(60, 120, 160, 150))
    expected = ants(np.asarray(mask.plane))
    assert (line(outline) == line(expected)).all()


@pytest.mark.usefixtures("qapp")
def test_its_blocks_hold_all_of_it(block):
    outline = ants(block)
    rest = line(outline).copy()
    blocks = list(outline.blocks())
    for part in blocks:
        rest[part.slices] = False
    assert not rest.any()
    assert sum(part.size.area for part in blocks) <= 9 * BLOCK * BLOCK


def painted(easel: Easel) -> np.ndarray:
    """A mid-grey picture with a painted disc, outlined; what of it is black and what white."""
    easel.display.edit(mode="ants")
    easel.open(flat(400, 300, 100), 1)
    easel.tools.edit(size=100, hardness=1)
    easel.drag([easel.on(200, 150)])
    easel.leave()
    QApplication.processEvents()
    return easel.shot()[..., 0]


def test_it_is_black_and_white_in_turn_over_the_picture(easel: Easel):
    shown = painted(easel)
    values, counts = np.unique(shown[20:-20, 30:-30], return_counts=True)
    assert set(values.tolist()) <= {0, 100, 255, 0x1C}
    dark, light = counts[values == 0][0], counts[values == 255][0]
    assert 0.5 < dark / light < 2
    assert shown[150, 200] == 100


def test_it_wanders_and_comes_back(easel: Easel, qtbot):
    before = painted(easel)
    march = easel.canvas._march
    assert march._timer.isActive()
    seen = []
    for _ in range(PERIOD // ACROSS):
        march._step()
        seen.append(easel.shot()[..., 0])
    assert (seen[0] != before).any()
    assert (seen[-1] == before).all()
    assert all(((shot == 100) == (before == 100)).all() for shot in seen)


def test_it_stands_still_where_stillness_is_wanted(easel: Easel, monkeypatch):
    monkeypatch.setattr(type(easel.canvas._theme), "reduced_motion", True)
    painted(easel)
    assert not easel.canvas._march._timer.isActive()


def test_it_stands_still_while_the_window_is_not_active(easel: Easel, qtbot):
    painted(easel)
    timer, other = easel.canvas._march._timer, QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: not timer.isActive())
    easel.canvas.activateWindow()
    qtbot.waitUntil(timer.isActive)


def test_it_stands_still_while_it_is_not_seen(easel: Easel):
    painted(easel)
    easel.canvas.hide()
    easel.canvas._march._step()
    assert not easel.canvas._march._timer.isActive()


def test_there_is_none_in_other_modes_nor_over_a_result(easel: Easel):
    painted(easel)
    easel.canvas.show_result(flat(400, 300, 222))
    assert np.unique(easel.shot()[20:-20, 30:-30, 0]).tolist() == [222]
    easel.canvas.show_result(None)
    assert 255 in easel.shot()[..., 0]
    easel.display.edit(mode="hidden")
    assert np.unique(easel.shot()[20:-20, 30:-30, 0]).tolist() == [100]


@pytest.mark.parametrize("angle", [0, 30])
@pytest.mark.parametrize("zoom", [0.4, 1, 3])
def test_it_follows_the_brush(easel: Easel, zoom, angle):
    easel.display.edit(mode="ants")
    easel.open(flat(801, 601), zoom)
    easel.canvas.turn_to(angle)
    easel.tools.edit(size=60 / zoom, hardness=0.5)
    easel.press(QPointF(60, 80))
    for n in range(1, 16):
        easel.move(QPointF(60 + 17 * n, 80 + (n * 37) % 140))
        QApplication.processEvents()
    easel.release(QPointF(320, 150))
    easel.leave()
    QApplication.processEvents()
    little = easel.shot()
    easel.canvas._march._ants.look(easel.canvas._view)
    assert (little != easel.shot()).any(axis=2).mean() < 0.0005
