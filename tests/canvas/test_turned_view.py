"""However the picture is zoomed, turned and mirrored: it is hit where it is shown."""

from math import floor

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from app.canvas import scene
from app.canvas.view import MAX_ZOOM, MIN_ZOOM, View
from tests.canvas.pushing import pushed_apart
from tests.support.easel import Easel, flat, noise
from tests.support.golden import dabbed, window_of

ANGLES = (0, 90, 180, 270, 12, 45, 137.5, 251.3)
ZOOMS = (MIN_ZOOM, 0.07, 0.25, 0.43, 1, 1.7, 3, 16, MAX_ZOOM)
PIXELS = ((200, 150), (37, 281), (399, 0))


def turn(easel: Easel, angle: float, *, mirrored: bool) -> View:
    if mirrored:
        easel.canvas.mirror()
    easel.canvas.turn_to(angle)
    view = easel.canvas._view
    assert view
    return view


def bring(easel: Easel, pixel: tuple[int, int]) -> View:
    """Push a pixel of the picture into the middle of the window."""
    view = easel.canvas._view
    assert view
    x, y = view.place(pixel[0] + 0.5, pixel[1] + 0.5)
    easel.canvas.move_picture(view.window.width / 2 - x, view.window.height / 2 - y)
    view = easel.canvas._view
    assert view
    return view


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("angle", ANGLES)
@pytest.mark.parametrize("zoom", ZOOMS)
def test_a_click_changes_what_the_brush_says(easel: Easel, zoom, angle, mirrored):
    easel.open(flat(400, 300), zoom)
    turn(easel, angle, mirrored=mirrored)
    for pixel in PIXELS:
        view = bring(easel, pixel)
        place = easel.on(*pixel)
        for size in (1, 30):
            easel.tools.edit(size=size, hardness=0.7)
            easel.drag([place])
            x, y = floor(place.x()), floor(place.y())
            expected = dabbed(easel.document.mask.size, easel.tools.brush, view, x, y)
            assert (easel.document.mask.plane == expected).all()
            easel.document.clear()


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("angle", ANGLES)
@pytest.mark.parametrize("zoom", [zoom for zoom in ZOOMS if zoom >= 1])
def test_the_pixel_that_is_clicked_on_is_painted_most(easel: Easel, zoom, angle, mirrored):
    easel.open(flat(400, 300), zoom)
    turn(easel, angle, mirrored=mirrored)
    easel.tools.edit(size=1, hardness=1)
    for column, row in PIXELS:
        bring(easel, (column, row))
        easel.drag([easel.on(column, row)])
        plane = easel.document.mask.plane
        if angle % 90 == 0 or zoom >= 1.7:  # else a device pixel may lie between two
            assert plane[row, column] == plane.max() >= 64
        if zoom == 1 and angle % 90 == 0:
            assert easel.document.mask_box() == (column, row, column + 1, row + 1)
        easel.document.clear()


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("angle", ANGLES)
@pytest.mark.parametrize("zoom", [1, 2, 3, 16])
def test_every_device_pixel_shows_the_pixel_that_it_hits(easel: Easel, zoom, angle, mirrored):
    askew = angle % 90 != 0
    if zoom == 1 and askew:
        return  # drawn smoothly: each shows a mixture
    picture = noise(300, 200)
    easel.open(picture, zoom)
    view = turn(easel, angle, mirrored=mirrored)
    easel.leave()
    shown = easel.shot()[..., :3]
    x, y = window_of(view)
    inside = (x >= 0.5) & (x < 299.5) & (y >= 0.5) & (y < 199.5)
    expected = picture.pixels[y[inside].astype(int), x[inside].astype(int), :3]
    right = (shown[inside] == expected).all(axis=1).mean()
    assert right == 1 if not askew else right > 0.99  # Qt steps askew by rounded fractions
    far = (x < -1) | (x > 301) | (y < -1) | (y > 201)
    assert (shown[far] == 0x1C).all()


@pytest.mark.parametrize("zoom", [0.11, 0.4, 1, 1.5, 3, 8])
@pytest.mark.parametrize(("angle", "mirrored"), [(0, True), (90, False), (30, False), (201, True)])
def test_what_is_painted_bit_by_bit_looks_like_what_is_painted_whole(
    easel: Easel, zoom, angle, mirrored
):
    easel.open(noise(801, 601), zoom)
    turn(easel, angle, mirrored=mirrored)
    easel.tools.edit(size=60 / zoom, hardness=0.5)
    easel.drag([QPointF(60 + 17 * n, 80 + (n * 37) % 140) for n in range(16)])
    easel.leave()
    QApplication.processEvents()
    little = easel.shot().astype(int)
    easel.canvas._scene.spoil()
    whole = easel.shot().astype(int)
    # How Qt rounds depends on where a row begins; at the edge of a square that is another pixel.
    assert (np.abs(little - whole).max(axis=2) > 24).mean() <= (0.004 if angle % 90 else 0)


@pytest.mark.parametrize(("angle", "mirrored"), [(0, True), (180, False), (33, False), (301, True)])
@pytest.mark.parametrize("zoom", [0.3, 1, 5])
def test_pushing_it_shows_the_same_as_drawing_it_there(easel: Easel, zoom, angle, mirrored):
    easel.open(noise(801, 601), zoom)
    turn(easel, angle, mirrored=mirrored)
    easel.tools.edit(size=120 / zoom)
    easel.drag([QPointF(150, 100), QPointF(250, 200)])
    easel.leave()
    easel.shot()
    for apart in pushed_apart(easel):
        if angle % 90 == 0:
            assert apart.max() <= 3
        else:  # Qt rounds at each row's beginning, which is elsewhere when a part is drawn
            assert (apart > 24).mean() < 0.004


@pytest.mark.parametrize(("angle", "mirrored"), [(0, True), (270, False), (33, False), (301, True)])
@pytest.mark.parametrize("zoom", [0.3, 1, 1.3, 5])
def test_a_large_window_looks_like_many_small_areas(
    easel: Easel, monkeypatch, zoom, angle, mirrored
):
    easel.canvas.resize(800, 600)
    easel.open(noise(801, 601), zoom)
    turn(easel, angle, mirrored=mirrored)
    easel.tools.edit(size=120 / zoom)
    easel.drag([QPointF(350, 200), QPointF(450, 400)])
    easel.leave()
    easel.canvas._scene.spoil()
    large = easel.shot()
    monkeypatch.setattr(scene, "LARGE", 800 * 600 + 1)
    easel.canvas._scene.spoil()
    assert (large == easel.shot()).all()


@pytest.mark.parametrize("angle", [0, 45, 90, 222])
def test_turning_and_mirroring_are_drawn_anew(easel: Easel, angle):
    easel.open(noise(800, 600), 1)
    easel.shot()
    turn(easel, angle, mirrored=True)
    shown = easel.shot()
    easel.canvas._scene.spoil()
    assert (shown == easel.shot()).all()


@pytest.mark.parametrize("angle", [0, 90, 40])
@pytest.mark.parametrize("zoom", [0.3, 1.3, 4])
def test_a_full_mask_covers_the_picture_and_nothing_else(easel: Easel, zoom, angle):
    easel.open(flat(401, 301, 100), zoom)
    easel.document.invert()
    view = turn(easel, angle, mirrored=False)
    shown = easel.shot()[..., :3].astype(int)
    x, y = window_of(view)
    margin = 1.5 / zoom
    inside = (x > margin) & (x < 401 - margin) & (y > margin) & (y < 301 - margin)
    near = (x > -margin) & (x < 401 + margin) & (y > -margin) & (y < 301 + margin)
    assert np.abs(shown[inside] - [50, 50, 178]).max() <= 1
    assert (shown[~near] == 0x1C).all()


def test_a_mirrored_picture_that_was_fitted_stays_fitted(easel: Easel):
    easel.open(flat(1000, 500))
    easel.canvas.mirror()
    easel.canvas.resize(800, 300)
    assert easel.canvas.zoom == pytest.approx(252 / 500)


def test_a_turned_picture_that_was_zoomed_keeps_its_zoom(easel: Easel):
    easel.open(flat(1000, 500), 2)
    middle = easel.canvas._view.to_picture(200, 150)
    easel.canvas.turn_by(15)
    assert easel.canvas.angle == 15
    assert easel.canvas.zoom == 2
    assert easel.canvas._view.to_picture(200, 150) == pytest.approx(middle, abs=0.5)
    easel.canvas.turn_to(0)
    assert easel.canvas.angle == 0


def test_fill_and_fit_mask(easel: Easel):
    easel.open(flat(1000, 500))
    easel.canvas.fill()
    assert easel.canvas.zoom == pytest.approx(300 / 500)
    easel.canvas.fit_mask()
    assert easel.canvas.zoom == pytest.approx(352 / 1000)  # nothing is painted
    easel.tools.edit(size=100, hardness=1)
    easel.drag([easel.on(700, 300)])
    easel.canvas.fit_mask()
    box = easel.document.mask_box()
    assert easel.canvas.zoom == pytest.approx(252 / box.height, rel=0.01)
    assert easel.canvas._view.to_picture(200, 150) == pytest.approx((700, 300), abs=1)
