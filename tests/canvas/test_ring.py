import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.canvas.pixels import Sheet
from app.canvas.ring import LARGEST_KEPT, Ring, RingImage
from app.model import kernels
from app.model.geometry import Size
from tests.support.easel import Easel, flat

NONE = Qt.MouseButton.NoButton


def drawn(ring: Ring, ground: int, side: int = 200, at: float = 100.5) -> np.ndarray:
    """Grey values of a ring on an even ground."""
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(ground * 0x010101)
    painter = QPainter(image)
    RingImage().draw(painter, ring, at, at)
    painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(side, side, 4)
    return pixels[..., 1].astype(int)


@pytest.mark.parametrize("ground", [0, 60, 128, 200, 255])
@pytest.mark.parametrize("radius", [1, 6, 40, 90])
def test_it_reads_on_any_grey(radius, ground):
    shown = drawn(Ring(radius, 0, erases=False), ground)
    assert np.abs(shown - ground).max() >= 100


def test_black_lies_inside_and_white_around_it():
    across = drawn(Ring(40.3, 0, erases=False), 128)[100, 100:160]
    assert across[40] < 50
    assert across[41] > 200
    assert across[:40].tolist() == [128] * 40
    assert across[42:].tolist() == [128] * 18


def test_a_second_dashed_ring_shows_the_hardness():
    shown = drawn(Ring(80, 40, erases=False), 128)
    y, x = np.mgrid[:200, :200]
    near = np.abs(np.hypot(x - 100, y - 100) - 40) < 0.5
    assert (shown[near] < 90).any()
    assert (shown[near] > 170).any()
    hard = drawn(Ring(80, 80, erases=False), 128)
    assert (hard[near] == 128).all()


def test_a_tiny_brush_has_a_crosshair():
    shown = drawn(Ring(1.4, 0, erases=False), 128)
    assert shown[100, 100] == 128
    assert shown[100, 96] > 200
    assert shown[96, 100] > 200
    assert drawn(Ring(2, 0, erases=False), 128)[100, 96] == 128


def test_the_eraser_has_a_minus():
    assert drawn(Ring(40, 0, erases=True), 128)[100, 97:104].min() > 200
    assert (drawn(Ring(40, 0, erases=False), 128)[100, 97:104] == 128).all()


@pytest.mark.parametrize("radius", [1, 30, 77.3, LARGEST_KEPT])
def test_it_stays_within_its_area(radius):
    ring = Ring(radius, radius / 2, erases=True)
    side = 2 * ring.reach + 41
    shown = drawn(ring, 128, side, side / 2)
    area = ring.area(side / 2, side / 2)
    shown[area.slices] = 128
    assert (shown == 128).all()


def test_a_large_ring_is_kept_only_when_it_is_laid_again():
    images, sheet = RingImage(), Sheet(Size(40, 40))
    painter = QPainter(sheet.image)
    small, large, largest = (Ring(radius, 0, erases=False) for radius in (90, 400, 900))
    for ring, kept in ((small, [True, True]), (large, [False, True]), (largest, [False, False])):
        for is_kept in kept:
            images.lay(sheet, ring, 20, 20)
            images.lift()
            images.draw(painter, ring, 20, 20)
            assert (images._image is not None) == is_kept
    painter.end()


@pytest.mark.parametrize("ground", [0, 90, 255])
def test_laid_over_a_sheet_it_looks_as_it_is_drawn(ground):
    if not kernels.IS_COMPILED:
        pytest.skip("the kernels are not compiled here")
    ring, images, sheet = Ring(60, 30, erases=True), RingImage(), Sheet(Size(200, 200))
    sheet.pixels.fill(0xFF000000 | ground * 0x010101)
    before = sheet.pixels.copy()
    assert images.lay(sheet, ring, 100.5, 100.5)
    laid = sheet.pixels.view(np.uint8).reshape(200, 200, 4)[..., 1].astype(int)
    assert np.abs(laid - drawn(ring, ground)).max() <= 1
    images.lift()
    assert (sheet.pixels == before).all()


def ring_is_shown(easel: Easel) -> bool:
    QApplication.processEvents()
    return bool((easel.shot()[..., 1] != 100).any())


def test_it_follows_the_pointer_and_leaves_nothing_behind(easel: Easel):
    easel.open(flat(400, 300), 4)
    easel.tools.edit(size=20)
    easel.move(QPointF(100, 100), held=NONE)
    assert ring_is_shown(easel)
    assert easel.canvas.cursor().shape() == Qt.CursorShape.BlankCursor
    easel.move(QPointF(300, 200), held=NONE)
    QApplication.processEvents()
    assert (easel.shot()[50:150, 50:150, 1] == 100).all()
    easel.leave()
    assert not ring_is_shown(easel)


def test_it_follows_size_and_zoom(easel: Easel):
    easel.open(flat(400, 300), 4)
    easel.move(QPointF(200, 150), held=NONE)
    for size, zoom in ((20, 4), (30, 4), (30, 5)):
        easel.tools.edit(size=size)
        easel.canvas.zoom_by(zoom / easel.canvas.zoom, QPointF(200, 150))
        QApplication.processEvents()
        row = easel.shot()[150, 200:, 1].astype(int)
        assert abs(int(row.argmin()) - size * zoom / 2) <= 1


def test_it_hides_while_the_picture_is_pushed(easel: Easel):
    easel.open(flat(400, 300), 4)
    easel.move(QPointF(200, 150), held=NONE)
    QTest.keyPress(easel.canvas, Qt.Key.Key_Space)
    assert not ring_is_shown(easel)
    QTest.keyRelease(easel.canvas, Qt.Key.Key_Space)
    assert ring_is_shown(easel)
