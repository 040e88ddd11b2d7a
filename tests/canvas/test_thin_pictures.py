"""Pictures with a side that is shorter than one pixel of the screen are seen all the same."""

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from app.model import kernels
from app.model.picture import Picture
from tests.support.easel import flat

THIN = [(1, 4000), (4000, 1), (2, 4000), (4000, 2)]


@pytest.fixture(params=THIN, ids=lambda size: "{}x{}".format(*size))
def thin(easel, request):
    """A white picture at Fit."""
    easel.open(flat(*request.param, 255))
    easel.canvas.fit()
    assert min(request.param) * easel.canvas.zoom < 0.5
    return easel


def seen(easel) -> np.ndarray:
    """Where the canvas shows something other than its ground."""
    QApplication.processEvents()
    shot = easel.shot()
    return (shot != shot[0, 0]).any(axis=2)


def assert_line(shown: np.ndarray, easel) -> None:
    """One device pixel thin, and as long as the picture is."""
    rows, columns = np.nonzero(shown)
    long, short = sorted((np.ptp(rows) + 1, np.ptp(columns) + 1), reverse=True)
    assert short == 1
    assert abs(long - 4000 * easel.canvas.zoom) <= 1
    assert len(rows) == long


@pytest.mark.parametrize("mode", ["overlay", "mono", "ants", "hidden"])
@pytest.mark.parametrize("quarters", range(4))
def test_a_thin_picture_is_a_line_of_one_device_pixel(thin, mode, quarters):
    thin.document.fill()
    thin.display.edit(mode=mode)
    thin.canvas.turn_to(90 * quarters)
    thin.canvas.fit()
    thin.leave()
    assert_line(seen(thin), thin)


def test_a_thin_picture_with_transparency_is_seen_too(easel):
    picture = flat(1, 4000, 255)
    easel.open(Picture(pixels=picture.pixels, alpha=np.full((4000, 1), 255, np.uint8)))
    easel.canvas.fit()
    easel.leave()
    assert_line(seen(easel), easel)


def test_without_the_compiled_loops_it_is_the_same(thin, monkeypatch):
    monkeypatch.setattr(kernels, "IS_COMPILED", False)
    thin.document.fill()
    thin.leave()
    assert_line(seen(thin), thin)


def test_askew_something_of_it_is_seen(thin):
    thin.canvas.turn_to(30)
    thin.leave()
    assert seen(thin).sum() > 1000 * thin.canvas.zoom


def test_a_click_on_the_line_paints_where_it_is_and_is_seen(thin):
    width, height = thin.document.picture.size
    thin.tools.edit(size=40, hardness=1, opacity=1)
    thin.display.edit(mode="mono")
    column, row = width // 2, height // 2
    thin.drag([thin.on(column, row)])
    thin.leave()
    painted = thin.document.mask.plane
    assert painted[row, column] == 255
    along = painted.max(axis=0 if width > height else 1)
    assert abs(np.flatnonzero(along).mean() - 2000) <= 0.5 / thin.canvas.zoom + 1
    assert thin.shown(column + 0.5, row + 0.5) == (255, 255, 255)
    assert thin.shown(0, 0) == (0, 0, 0)
