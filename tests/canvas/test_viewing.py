"""What the canvas shows, and where."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QPaintEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.canvas.canvas import Canvas
from app.look.theme import Theme
from app.model.picture import Picture
from app.session.document import Document
from app.session.tools import Tools
from tests.canvas.pushing import pushed_apart
from tests.support.easel import Easel, flat, noise

MIDDLE = Qt.MouseButton.MiddleButton


def wheel(easel: Easel, at: QPointF, angle: int = 0, pixels: int = 0) -> None:
    event = QWheelEvent(
        at, easel.canvas.mapToGlobal(at), QPoint(0, pixels), QPoint(0, angle),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(easel.canvas, event)


def test_it_can_be_found_by_tests_and_screen_readers(easel: Easel):
    assert easel.canvas.objectName() == "canvas"
    assert easel.canvas.accessibleName() == "Canvas"


def test_at_100_percent_the_picture_is_shown_pixel_for_pixel(easel: Easel):
    picture = noise(300, 200)
    easel.open(picture, 1)
    view = easel.canvas._view
    shown = easel.shot()[view.top : view.top + 200, view.left : view.left + 300]
    assert (shown[..., :3] == picture.pixels[..., :3]).all()


def test_far_zoomed_in_a_pixel_is_a_square(easel: Easel):
    picture = noise(300, 200)
    easel.open(picture, 16)
    blue, green, red = picture.pixels[100, 150, :3]
    for x, y in ((150.05, 100.05), (150.95, 100.05), (150.5, 100.5), (150.95, 100.95)):
        assert easel.shown(x, y) == (red, green, blue)


@pytest.mark.parametrize("zoom", [0.139, 0.1391, 0.1395, 0.27, 0.333, 0.5003, 0.77, 1.3, 2.1, 7.3])
def test_the_last_column_and_row_show_the_picture_or_nothing(easel: Easel, zoom):
    """Where less than half of a device pixel is left for the picture, it is not drawn there."""
    easel.open(flat(600, 400, 255), zoom)
    easel.canvas.move_picture(300 - 600 * zoom, 200 - 400 * zoom)
    easel.leave()
    colours = np.unique(easel.shot()[..., :3].reshape(-1, 3), axis=0).tolist()
    assert [0xFF] * 3 in colours
    assert all(colour in ([0x1C] * 3, [0xFF] * 3) for colour in colours)


def test_around_the_picture_is_the_canvas_colour(easel: Easel):
    easel.open(flat(100, 100), 1)
    assert easel.shot()[5, 5, :3].tolist() == [0x1C, 0x1C, 0x1C]


def test_a_picture_opened_after_another_tells_its_own_zoom(easel: Easel):
    told: list[float] = []
    easel.canvas.zoom_changed.connect(told.append)
    for size in (3000, 250, 2000, 240):
        easel.open(flat(size, size))
        assert (told or [1.0])[-1] == easel.canvas.zoom
    assert easel.canvas.zoom == 1


@pytest.mark.parametrize("zoom", [0.11, 0.25, 0.4, 0.8, 1, 1.5, 3, 8])
def test_what_is_painted_bit_by_bit_looks_like_what_is_painted_whole(easel: Easel, zoom):
    easel.open(noise(801, 601), zoom)
    easel.tools.edit(size=60 / zoom, hardness=0.5)
    easel.drag([QPointF(60 + 17 * n, 80 + (n * 37) % 140) for n in range(16)])
    easel.leave()
    QApplication.processEvents()
    little = easel.shot().astype(int)
    easel.canvas._scene.spoil()
    whole = easel.shot().astype(int)
    assert np.abs(little - whole).max() <= 3  # how Qt rounds depends on where a row begins
    assert (little != whole).mean() < 0.02


@pytest.mark.parametrize("zoom", [0.1, 0.3, 0.7, 1, 2.5, 20])
def test_a_full_mask_is_half_red_over_the_whole_picture(easel: Easel, zoom):
    easel.open(flat(401, 301, 100), zoom)
    easel.document.invert()
    view = easel.canvas._view
    inside = view.frame.within(view.area)
    shown = easel.shot()
    half = np.array([50, 50, 178])
    assert np.abs(shown[inside.grown(-1).slices][..., :3] - half).max() <= 1
    outside = np.ones(shown.shape[:2], bool)
    outside[inside.slices] = False
    assert (shown[outside][:, :3] == 0x1C).all()


def test_a_half_painted_pixel_is_a_quarter_red(easel: Easel):
    easel.open(flat(400, 300, 100), 1)
    easel.tools.edit(size=100, hardness=1, opacity=0.5)
    easel.drag([easel.on(200, 150)])
    easel.leave()
    red, green, blue = easel.shown(200, 150)
    assert (red, green, blue) == pytest.approx((139, 75, 75), abs=1)


def test_the_tint_can_be_made_fainter_and_still_follows_the_mask(easel: Easel):
    easel.open(flat(400, 300, 100), 1)
    easel.document.invert()
    easel.display.edit(opacity=0.2)
    assert easel.shown(200, 150) == pytest.approx((131, 80, 80), abs=1)
    easel.document.clear()
    assert easel.shown(200, 150) == (100, 100, 100)


def test_what_is_transparent_is_a_checkerboard(easel: Easel):
    pixels = np.zeros((300, 400, 4), np.uint8)
    pixels[..., 3] = 255
    alpha = np.zeros((300, 400), np.uint8)
    alpha[:, 200:] = 255
    for zoom in (0.3, 1, 3):
        easel.open(Picture(pixels=pixels, alpha=alpha), zoom)
        shown = easel.shot()
        view = easel.canvas._view
        left = view.frame.within(view.area)._replace(right=view.left + int(195 * zoom))
        right = view.frame.within(view.area)._replace(left=view.left + int(205 * zoom))
        assert np.unique(shown[left.grown(-1).slices][..., :3]).tolist() == [0x80, 0x99]
        assert np.unique(shown[right.grown(-1).slices][..., :3]).tolist() == [0]


def test_a_result_is_shown_without_the_mask(easel: Easel):
    easel.open(flat(400, 300, 100), 1)
    easel.document.invert()
    easel.canvas.show_result(flat(400, 300, 222))
    assert easel.shown(200, 150) == (222, 222, 222)
    easel.canvas.show_result(None)
    assert easel.shown(200, 150) == (178, 50, 50)


def test_the_mask_is_right_after_it_changed_behind_a_result(easel: Easel):
    easel.open(flat(400, 300, 100), 0.4)
    easel.shot()
    easel.canvas.show_result(flat(400, 300, 222))
    easel.document.invert()
    easel.shot()
    easel.canvas.show_result(None)
    assert easel.shown(200, 150) == (178, 50, 50)


def test_a_result_taken_as_picture_keeps_view_and_mask(easel: Easel):
    easel.open(flat(400, 300, 100), 3)
    easel.document.invert()
    easel.canvas.move_picture(40, 20)
    view = easel.canvas._view
    easel.document.use_as_picture(flat(400, 300, 200))
    assert easel.canvas._view == view
    assert easel.shown(200, 150) == (228, 100, 100)


def test_closing_shows_nothing(easel: Easel):
    easel.open(noise(400, 300), 1)
    easel.document.close()
    assert (easel.shot()[..., :3] == 0x1C).all()


def test_a_picture_opens_whole_and_never_larger_than_it_is(easel: Easel):
    easel.open(flat(1000, 300))
    assert easel.canvas.zoom == pytest.approx(352 / 1000)
    easel.open(flat(200, 130))
    assert easel.canvas.zoom == 1
    easel.canvas.fit()
    assert easel.canvas.zoom == pytest.approx(352 / 200)


def test_a_fitted_picture_stays_fitted_until_it_is_zoomed(easel: Easel):
    easel.open(flat(1000, 900))
    easel.canvas.resize(800, 600)
    assert easel.canvas.zoom == pytest.approx(552 / 900)
    easel.canvas.zoom_by(2)
    zoom = easel.canvas.zoom
    easel.canvas.resize(500, 400)
    assert easel.canvas.zoom == zoom


@pytest.mark.parametrize(("angle", "pixels"), [(120, 0), (-240, 0), (15, 0), (0, 30)])
def test_the_wheel_zooms_at_the_pointer(easel: Easel, angle, pixels):
    easel.open(flat(1000, 900), 0.7)
    place = QPointF(123, 77)
    before, zoom = easel.canvas._view.to_picture(123, 77), easel.canvas.zoom
    wheel(easel, place, angle, pixels)
    after = easel.canvas._view.to_picture(123, 77)
    assert (easel.canvas.zoom > zoom) == (angle + pixels > 0)
    assert after == pytest.approx(before, abs=1 / min(zoom, easel.canvas.zoom))


def test_the_wheel_goes_as_smoothly_as_it_turns(easel: Easel):
    easel.open(flat(1000, 900), 0.7)
    for _ in range(8):
        wheel(easel, QPointF(200, 150), 15)
    assert easel.canvas.zoom == pytest.approx(0.7 * 1.2)


def test_zoom_is_announced(easel: Easel):
    told = []
    easel.canvas.zoom_changed.connect(told.append)
    easel.open(flat(400, 300), 2)
    easel.canvas.actual_size()
    assert told[-2:] == [2, 1]


@pytest.mark.parametrize("way", ["middle", "space"])
def test_a_drag_pushes_the_picture(easel: Easel, way):
    easel.open(noise(800, 600), 1)
    before = easel.canvas._view
    if way == "space":
        QTest.keyPress(easel.canvas, Qt.Key.Key_Space)
        assert easel.canvas.cursor().shape() == Qt.CursorShape.OpenHandCursor
    button = MIDDLE if way == "middle" else Qt.MouseButton.LeftButton
    easel.press(QPointF(200, 150), button)
    assert easel.canvas.cursor().shape() == Qt.CursorShape.ClosedHandCursor
    easel.move(QPointF(160, 200), button)
    easel.move(QPointF(150, 180), button)
    easel.release(QPointF(150, 180), button)
    after = easel.canvas._view
    assert (after.x - before.x, after.y - before.y) == (-50, 30)
    assert easel.document.mask_is_empty


@pytest.mark.parametrize("zoom", [0.37, 1, 5])
def test_pushing_looks_like_drawing_anew(easel: Easel, zoom):
    easel.open(noise(800, 600), zoom)
    easel.tools.edit(size=120 / zoom)
    easel.drag([QPointF(150, 100), QPointF(250, 200)])
    easel.leave()
    easel.shot()
    assert all(apart.max() <= 3 for apart in pushed_apart(easel))


@pytest.mark.parametrize("way", ["opened", "resized"])
def test_pushed_before_it_was_painted_it_is_drawn_whole(easel: Easel, way):
    easel.open(noise(800, 600), 1)
    easel.leave()
    easel.shot()
    if way == "opened":
        easel.document.open(noise(900, 700))
    else:
        easel.canvas.resize(500, 400)
    easel.canvas.move_picture(-30, 20)
    pushed = easel.shot().astype(int)
    easel.canvas._scene.spoil()
    assert np.abs(pushed - easel.shot()).max() <= 3


def test_the_pixel_under_the_pointer_is_told(easel: Easel, qtbot):
    told = []
    easel.canvas.pointer_moved.connect(told.append)
    easel.open(flat(100, 100), 1)
    for place in ((10, 20), (10, 20), (99, 99), (100, 50), (-1, 50)):
        easel.move(easel.on(*place), held=Qt.MouseButton.NoButton)
        qtbot.waitUntil(lambda: not easel.canvas._telling._is_fresh)
    assert told == [(10, 20), (99, 99), None]
    easel.move(easel.on(5, 5), held=Qt.MouseButton.NoButton)
    easel.leave()
    assert told[-2:] == [(5, 5), None]


def test_of_quick_moves_the_first_and_the_last_are_told(easel: Easel, qtbot):
    told = []
    easel.canvas.pointer_moved.connect(told.append)
    easel.open(flat(100, 100), 1)
    for column in (10, 20, 30, 40):
        easel.move(easel.on(column, 20), held=Qt.MouseButton.NoButton)
    assert told == [(10, 20)]
    qtbot.waitUntil(lambda: told == [(10, 20), (40, 20)])


def test_a_large_picture_is_there_at_once_and_better_soon(easel: Easel, qtbot):
    pixels = np.full((3000, 4000, 4), 60, np.uint8)
    pixels[..., 3] = 255
    pixels[::2] = 180
    easel.document.open(Picture(pixels=pixels))
    QApplication.processEvents()
    assert easel.shot().shape == (300, 400, 4)
    qtbot.waitUntil(lambda: not easel.canvas._building.isActive())
    assert easel.shown(2000, 1500) == (120, 120, 120)


@pytest.mark.parametrize("size", [(1, 1), (2, 1), (1, 700), (129, 65), (257, 3)])
@pytest.mark.parametrize("zoom", [0.05, 0.3, 1, 9])
def test_pictures_of_any_shape_are_shown_and_painted(easel: Easel, size, zoom):
    easel.open(noise(*size), zoom)
    easel.document.invert()
    easel.drag([QPointF(100, 100), QPointF(300, 200)])
    easel.shot()
    easel.document.undo_stack.undo()
    easel.document.undo_stack.undo()
    assert easel.document.mask_is_empty


class Watched(Canvas):
    """Notes which of its pixels are painted."""

    painted: int = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        region = event.region() & self.rect()
        self.painted += sum(rect.width() * rect.height() for rect in region)
        super().paintEvent(event)


def test_only_what_changes_is_painted(qtbot):
    document, tools = Document(), Tools()
    canvas = Watched(document, tools, Theme())
    qtbot.addWidget(canvas)
    canvas.resize(800, 600)
    canvas.show()
    qtbot.waitExposed(canvas)
    document.open(noise(2000, 1500))
    easel = Easel(canvas, document, tools)
    canvas.actual_size()
    tools.edit(size=40)
    easel.press(QPointF(300, 300))
    QApplication.processEvents()
    for n in range(1, 10):
        canvas.painted = 0
        easel.move(QPointF(300 + 20 * n, 300))
        QApplication.processEvents()
        assert 0 < canvas.painted <= 80 * 60
    canvas.painted = 0
    easel.release(QPointF(480, 300))
    QApplication.processEvents()
    assert canvas.painted <= 60 * 60
    canvas.painted = 0
    document.undo_stack.undo()
    QApplication.processEvents()
    assert 0 < canvas.painted <= 800 * 600 / 3


def test_colours_follow_the_theme(easel: Easel):
    easel.open(flat(100, 100), 1)
    easel.shot()
    easel.canvas._theme._colors["canvas"] = QColor("#C4C4C4")
    easel.canvas._theme.changed.emit()
    assert easel.shot()[5, 5, 0] == 0xC4


@pytest.mark.parametrize(("side", "zoom"), [(3, 64), (100, 2), (300, 1)])
def test_a_tiny_picture_is_opened_large_enough_to_be_seen(easel, side, zoom):
    easel.canvas.resize(1000, 800)
    easel.open(flat(side, side))
    assert easel.canvas.zoom == zoom
