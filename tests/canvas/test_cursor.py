"""What stands for the pointer, and what it tells."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.canvas.flash import LASTS_MS
from app.canvas.ring import Ring
from app.session.tools import SELECTING
from tests.support.devices import Stylus
from tests.support.easel import Easel, flat

NONE = Qt.MouseButton.NoButton
PLAIN = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def colours(easel: Easel) -> np.ndarray:
    """The pixels that are not the picture's grey, as blue, green, red."""
    QApplication.processEvents()
    shown = easel.shot()[..., :3]
    return shown[(shown != 100).any(axis=2)]


def is_filled(easel: Easel, x: int, y: int) -> bool:
    QApplication.processEvents()
    _, green, red = easel.shot()[y, x, :3].astype(int)
    return bool(red > green + 20)


def type_key(easel: Easel, code: Qt.Key, text: str = "", keys=PLAIN) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(easel.canvas, QKeyEvent(kind, code, keys, text))


@pytest.fixture
def hovered(easel: Easel) -> Easel:
    """A brush that hovers over the middle of a grey picture, long since chosen."""
    easel.open(flat(400, 300), 4)
    easel.tools.edit(size=20, hardness=0.5)
    easel.canvas._cursor._flash.end()
    easel.move(QPointF(200, 150), held=NONE)
    return easel


def test_the_ring_is_red_where_the_brush_takes_away(hovered: Easel):
    assert (np.ptp(colours(hovered).astype(int), axis=1) == 0).all()
    hovered.tools.set_mode("subtract")
    found = colours(hovered).astype(int)
    assert (found[:, 2] - found[:, 1] > 60).any()


def test_alt_tells_at_once_that_it_would_take_away(hovered: Easel):
    QTest.keyPress(hovered.canvas, Qt.Key.Key_Alt)
    found = colours(hovered).astype(int)
    assert (found[:, 2] - found[:, 1] > 60).any()
    QTest.keyRelease(hovered.canvas, Qt.Key.Key_Alt, Qt.KeyboardModifier.AltModifier)
    assert (np.ptp(colours(hovered).astype(int), axis=1) == 0).all()


@pytest.mark.parametrize("ground", [0, 60, 128, 200, 255])
@pytest.mark.parametrize("radius", [6, 40])
def test_a_red_ring_reads_on_any_grey(radius, ground):
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    image.fill(ground * 0x010101)
    painter = QPainter(image)
    Ring(radius, 0, erases=True).draw(painter, 50.5, 50.5)
    painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(100, 100, 4)
    brightness = pixels[..., :3] @ np.array([0.07, 0.72, 0.21])
    assert np.abs(brightness - ground).max() >= 60
    assert np.ptp(pixels[..., :3].astype(int), axis=2).max() >= 60


@pytest.mark.parametrize("angle", [0, 45, 170])
def test_it_is_round_however_the_picture_lies(hovered: Easel, angle):
    hovered.canvas.turn_to(angle)
    hovered.canvas.mirror()
    QApplication.processEvents()
    assert hovered.canvas._cursor._ring.radius == 40
    shown = hovered.shot()[..., 1]
    for dx, dy in ((40, 0), (-40, 0), (0, 40), (0, -40)):
        assert shown[150 + dy, 200 + dx] < 50


def test_caps_lock_makes_it_a_cross_and_back(hovered: Easel):
    type_key(hovered, Qt.Key.Key_CapsLock)
    assert hovered.canvas._cursor._ring.is_cross
    type_key(hovered, Qt.Key.Key_CapsLock)
    assert not hovered.canvas._cursor._ring.is_cross


@pytest.mark.parametrize(
    ("text", "keys", "is_cross"),
    [("j", PLAIN, False), ("J", PLAIN, True), ("J", SHIFT, False), ("j", SHIFT, True)],
)
def test_what_is_written_tells_whether_caps_lock_is_on(hovered: Easel, text, keys, is_cross):
    type_key(hovered, Qt.Key.Key_J, text, keys)
    assert hovered.canvas._cursor._ring.is_cross == is_cross


def test_a_change_of_size_shows_what_a_dab_would_cover(hovered: Easel):
    assert not is_filled(hovered, 200, 150)
    hovered.tools.edit(size=24)
    assert is_filled(hovered, 200, 150)
    assert is_filled(hovered, 215, 150)
    hovered.canvas._cursor._flash.end()
    assert not is_filled(hovered, 200, 150)


def test_it_has_the_colour_of_the_mask(hovered: Easel):
    hovered.display.edit(color="#0000ff")
    hovered.tools.edit(hardness=0.7)
    QApplication.processEvents()
    blue, green, red = hovered.shot()[150, 200, :3].astype(int)
    assert blue > 150 > red == green


def test_opacity_and_another_tool_do_not_flash(hovered: Easel):
    hovered.tools.edit(opacity=0.5)
    assert not is_filled(hovered, 200, 150)
    hovered.tools.choose("eraser")
    hovered.tools.edit(size=20)
    hovered.canvas._cursor._flash.end()
    hovered.tools.choose("brush")
    assert not is_filled(hovered, 200, 150)


def test_it_fades_and_is_over_in_a_second_and_a_half(hovered: Easel, qtbot, monkeypatch):
    flash = hovered.canvas._cursor._flash
    hovered.tools.edit(size=30)
    clock = [0]
    monkeypatch.setattr(flash, "_since", type("Clock", (), {"elapsed": lambda _: clock[0]})())
    seen = []
    for clock[0] in (0, 1000, 1200, 1400, 1499, LASTS_MS):
        flash._step()
        seen.append(flash.strength)
    assert seen[:2] == [1, 1]
    assert seen == sorted(seen, reverse=True)
    assert seen[-1] == 0
    assert not flash._timer.isActive()


def test_without_motion_it_does_not_fade_but_ends(hovered: Easel, monkeypatch):
    monkeypatch.setattr(type(hovered.canvas._theme), "reduced_motion", True)
    flash = hovered.canvas._cursor._flash
    hovered.tools.edit(size=30)
    monkeypatch.setattr(flash, "_since", type("Clock", (), {"elapsed": lambda _: 1450})())
    flash._step()
    assert flash.strength == 1
    monkeypatch.setattr(flash, "_since", type("Clock", (), {"elapsed": lambda _: 1501})())
    flash._step()
    assert flash.strength == 0


def test_painting_ends_it(hovered: Easel):
    hovered.tools.edit(size=30)
    hovered.press(QPointF(300, 250))
    assert hovered.canvas._cursor._flash.strength == 0
    hovered.release(QPointF(300, 250))


def test_on_a_slider_a_ghost_in_the_middle_shows_the_brush(hovered: Easel):
    hovered.leave()
    assert not len(colours(hovered))
    hovered.tools.edit(size=40)
    assert is_filled(hovered, 200, 150)
    assert hovered.shot()[150, 280, 1] < 50
    hovered.canvas._cursor._flash.end()
    assert not len(colours(hovered))


def test_the_ghost_gives_way_to_the_pointer(hovered: Easel):
    hovered.leave()
    hovered.tools.edit(size=40)
    hovered.move(QPointF(100, 100), held=NONE)
    assert hovered.canvas._cursor._place() == (100.5, 100.5)
    hovered.leave()
    assert hovered.canvas._cursor._place() is None


def test_a_pen_that_paints_has_no_ring_and_a_mouse_keeps_it(hovered: Easel):
    pen = Stylus(hovered.canvas)
    pen.hover(QPointF(200, 150))
    assert hovered.canvas._cursor._ring is not None
    pen.press(QPointF(200, 150))
    pen.move(QPointF(210, 150))
    assert hovered.canvas._cursor._ring is None
    pen.release(QPointF(210, 150))
    assert hovered.canvas._cursor._ring is not None


def test_a_mouse_keeps_its_ring_while_it_paints(hovered: Easel):
    hovered.press(QPointF(200, 150))
    hovered.move(QPointF(210, 150))
    assert hovered.canvas._cursor._ring is not None


@pytest.mark.parametrize("tool", SELECTING)
def test_tools_that_select_have_a_cross(hovered: Easel, tool):
    hovered.tools.choose(tool)
    assert hovered.canvas.cursor().shape() == Qt.CursorShape.BitmapCursor
    assert not len(colours(hovered))
    pixmap = hovered.canvas.cursor().pixmap()
    adds = pixmap.toImage()
    hovered.tools.set_mode("subtract")
    assert hovered.canvas.cursor().pixmap().toImage() != adds
    spot = hovered.canvas.cursor().hotSpot()
    assert (spot.x(), spot.y()) == (16, 16)


def test_keys_that_are_held_tell_what_a_drag_would_do(hovered: Easel):
    QTest.keyPress(hovered.canvas, Qt.Key.Key_Space)
    assert hovered.canvas.cursor().shape() == Qt.CursorShape.OpenHandCursor
    QTest.keyPress(hovered.canvas, Qt.Key.Key_Shift)
    turning = hovered.canvas.cursor().pixmap().toImage()
    QTest.keyRelease(hovered.canvas, Qt.Key.Key_Shift, SHIFT)
    assert hovered.canvas.cursor().shape() == Qt.CursorShape.OpenHandCursor
    QTest.keyPress(hovered.canvas, Qt.Key.Key_Control)
    assert hovered.canvas.cursor().pixmap().toImage() != turning


def test_without_a_picture_it_is_an_arrow(easel: Easel):
    assert easel.canvas.cursor().shape() == Qt.CursorShape.ArrowCursor


def test_it_moves_at_once_with_the_pointer_whatever_the_stroke_does(hovered: Easel):
    hovered.tools.edit(size=2000)
    hovered.press(QPointF(200, 150))
    for x in range(210, 260, 10):
        hovered.move(QPointF(x, 150))
        assert hovered.canvas._cursor._area.left == x - hovered.canvas._cursor._ring.reach
    hovered.release(QPointF(250, 150))


def test_a_key_that_says_nothing_here_has_nothing_painted(hovered: Easel):
    QApplication.processEvents()
    painted = Painted(hovered)
    hovered.hold(Qt.Key.Key_Control)
    QApplication.processEvents()
    hovered.let_go(Qt.Key.Key_Control)
    QApplication.processEvents()
    assert painted.times == 0
    hovered.hold(Qt.Key.Key_Alt)
    QApplication.processEvents()
    assert painted.times > 0
    hovered.let_go(Qt.Key.Key_Alt)


class Painted(QObject):
    """Counts how often the canvas is painted."""

    def __init__(self, easel: Easel) -> None:
        super().__init__(easel.canvas)
        self.times = 0
        easel.canvas.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.times += event.type() == QEvent.Type.Paint
        return False
