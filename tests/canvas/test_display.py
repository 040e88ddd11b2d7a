"""The ways to show the mask."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from tests.support.easel import Easel, flat, noise


def half_painted(easel: Easel, zoom: float = 1) -> None:
    """A grey picture whose middle is painted to one half."""
    easel.open(flat(400, 300, 100), zoom)
    easel.tools.edit(size=100, hardness=1, opacity=0.5)
    easel.drag([easel.on(200, 150)])
    easel.leave()


def test_the_tint_has_the_colour_and_strength_that_were_chosen(easel: Easel):
    easel.open(flat(400, 300, 100), 1)
    easel.document.invert()
    easel.display.edit(color="#0000ff", opacity=1)
    assert easel.shown(200, 150) == (0, 0, 255)
    easel.display.edit(opacity=0.5)
    assert easel.shown(200, 150) == pytest.approx((50, 50, 178), abs=1)


def test_black_and_white_shows_the_true_values(easel: Easel):
    half_painted(easel)
    easel.display.edit(mode="mono")
    assert easel.shown(200, 150) == pytest.approx((128, 128, 128), abs=1)
    assert easel.shown(20, 20) == (0, 0, 0)
    view = easel.canvas._view
    shown = easel.shot()[view.visible.slices]
    assert (shown[..., 0] == easel.document.mask.plane[view.seen(view.visible).slices]).all()


@pytest.mark.parametrize("angle", [0, 90, 33])
@pytest.mark.parametrize("zoom", [0.3, 1, 3])
def test_black_and_white_covers_the_picture_and_nothing_else(easel: Easel, zoom, angle):
    easel.open(flat(100, 80, 200), zoom)
    easel.display.edit(mode="mono")
    easel.canvas.turn_to(angle)
    easel.leave()
    assert easel.shown(50, 40) == (0, 0, 0)
    shades = np.unique(easel.shot()[..., 0])
    assert {0, 0x1C} <= set(shades.tolist())
    assert shades.max() <= 0x1C  # at the edge a mixture, but nothing of the picture


def test_hidden_shows_the_picture_alone(easel: Easel):
    half_painted(easel)
    easel.display.edit(mode="hidden")
    assert easel.shown(200, 150) == (100, 100, 100)
    easel.display.toggle()
    assert easel.shown(200, 150) == pytest.approx((139, 75, 75), abs=1)


@pytest.mark.parametrize("mode", ["overlay", "mono", "ants", "hidden"])
@pytest.mark.parametrize("zoom", [0.3, 1, 3])
def test_painting_bit_by_bit_looks_like_painting_at_once(easel: Easel, mode, zoom):
    easel.display.edit(mode=mode)
    easel.open(noise(801, 601), zoom)
    easel.tools.edit(size=60 / zoom, hardness=0.5)
    easel.display.edit(mode=mode)
    easel.press(QPointF(60, 80))
    for n in range(1, 16):
        easel.move(QPointF(60 + 17 * n, 80 + (n * 37) % 140))
        QApplication.processEvents()
    easel.release(QPointF(320, 150))
    easel.display.edit(mode=mode)  # painting shows a mask that was hidden
    easel.leave()
    QApplication.processEvents()
    little = easel.shot().astype(int)
    easel.canvas._scene.spoil()
    assert np.abs(little - easel.shot()).max() <= 3


@pytest.mark.parametrize(
    ("angle", "mirrored"), [(0, False), (90, True), (180, False), (270, False)]
)
@pytest.mark.parametrize("size", [(400, 300), (800, 600)])
def test_lines_part_pixels_that_are_shown_large(easel: Easel, size, angle, mirrored):
    easel.canvas.resize(*size)
    easel.open(flat(40, 30, 100), 16)
    if mirrored:
        easel.canvas.mirror()
    easel.canvas.turn_to(angle)
    easel.leave()
    bare = easel.shot()
    easel.display.edit(grid=True)
    view, lined = easel.canvas._view, easel.shot()
    area = view.visible
    changed = (lined != bare).any(axis=2)[area.slices]
    apart = np.flatnonzero(changed.all(axis=0)), np.flatnonzero(changed.all(axis=1))
    for places in apart:
        assert len(places) > 10
        assert (np.diff(places) == 16).all()
    changed[:, apart[0]] = changed[apart[1]] = False
    assert not changed.any()


@pytest.mark.parametrize("angle", [0, 20])
def test_there_are_no_lines_where_pixels_are_small(easel: Easel, angle):
    easel.open(noise(400, 300), 7.9)
    easel.canvas.turn_to(angle)
    easel.leave()
    bare = easel.shot()
    easel.display.edit(grid=True)
    assert (easel.shot() == bare).all()


@pytest.mark.parametrize("angle", [0, 90, 30])
def test_lines_are_pushed_along_with_the_picture(easel: Easel, angle):
    easel.display.edit(grid=True)
    easel.open(flat(400, 300, 100), 10)
    easel.canvas.turn_to(angle)
    easel.leave()
    easel.shot()
    for dx, dy in ((1, 0), (0, 2), (-30, 21)):
        easel.canvas.move_picture(dx, dy)
        pushed = easel.shot().astype(int)
        easel.canvas._scene.spoil()
        assert (np.abs(pushed - easel.shot()).max(axis=2) > 3).mean() < 0.005


def test_lines_are_the_same_after_painting(easel: Easel):
    easel.display.edit(grid=True)
    for angle in (0, 30):
        easel.open(flat(400, 300), 10)
        easel.canvas.turn_to(angle)
        easel.drag([QPointF(100, 100), QPointF(300, 200)])
        easel.leave()
        QApplication.processEvents()
        little = easel.shot().astype(int)
        easel.canvas._scene.spoil()
        assert (np.abs(little - easel.shot()).max(axis=2) > 3).mean() < 0.001
