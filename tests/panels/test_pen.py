"""The curve of the pen's pressure and the sheet beside it, used by mouse, key and pen."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.look.theme import Theme
from app.model.curve import STRAIGHT, Curve
from app.panels.pen_pad import PenPad
from app.panels.pressure_curve import PressureCurve
from app.session.pen import Pen
from tests.support.devices import Stylus

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def theme(qapp) -> Theme:
    return Theme()


@pytest.fixture
def pen(qapp) -> Pen:
    pen = Pen()
    pen.edit(floor=0.1)
    return pen


@pytest.fixture
def editor(qtbot, theme, pen) -> PressureCurve:
    widget = PressureCurve(theme, pen)
    qtbot.addWidget(widget)
    widget.show()
    return widget


@pytest.fixture
def pad(qtbot, theme, pen) -> PenPad:
    widget = PenPad(theme, pen)
    qtbot.addWidget(widget)
    widget.resize(320, 208)
    widget.show()
    return widget


def drag(editor: PressureCurve, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Press at a place of the curve and let go at another."""
    QTest.mousePress(editor, LEFT, pos=editor.place(*start).toPoint())
    QTest.mouseMove(editor, editor.place(*end).toPoint())
    QTest.mouseRelease(editor, LEFT, pos=editor.place(*end).toPoint())


def test_a_press_on_the_curve_makes_a_point_that_goes_along(editor, pen):
    drag(editor, (0.5, 0.5), (0.4, 0.8))
    assert len(pen.feel.curve.points) == 3
    assert pen.feel.curve.points[1] == pytest.approx((0.4, 0.8), abs=0.01)


def test_the_ends_go_up_and_down_only(editor, pen):
    drag(editor, (0, 0), (0.5, 0.3))
    drag(editor, (1, 1), (0.5, 0.9))
    assert [x for x, _ in pen.feel.curve.points] == [0, 1]
    assert [y for _, y in pen.feel.curve.points] == pytest.approx([0.3, 0.9], abs=0.01)


def test_a_double_click_takes_a_point_away(editor, pen):
    pen.edit(curve=STRAIGHT.plus_point(0.5))
    QTest.mouseDClick(editor, LEFT, pos=editor.place(0.5, 0.5).toPoint())
    assert pen.feel.curve == STRAIGHT


def test_other_buttons_change_nothing(editor, pen):
    QTest.mouseClick(editor, Qt.MouseButton.RightButton, pos=editor.place(0.5, 0.5).toPoint())
    assert pen.feel.curve == STRAIGHT


def test_all_of_it_goes_by_keyboard(editor, pen):
    editor.setFocus()
    for key in (Qt.Key.Key_Insert, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Left):
        QTest.keyClick(editor, key)
    assert pen.feel.curve.points[1] == pytest.approx((0.49, 0.52))
    QTest.keyClick(editor, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert pen.feel.curve.points[1] == pytest.approx((0.49, 0.42))
    QTest.keyClick(editor, Qt.Key.Key_PageDown)
    QTest.keyClick(editor, Qt.Key.Key_Down)
    assert pen.feel.curve.points[2] == pytest.approx((1, 0.99))
    QTest.keyClick(editor, Qt.Key.Key_PageUp)
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    assert pen.feel.curve == Curve(((0.0, 0.0), (1.0, 0.99)))


def test_keys_that_mean_nothing_here_go_on(editor):
    class Around(QWidget):
        heard = 0

        def keyPressEvent(self, event):
            self.heard = event.key()

    around = Around()
    editor.setParent(around)
    QTest.keyClick(editor, Qt.Key.Key_B)
    assert around.heard == Qt.Key.Key_B
    editor.setParent(None)


def test_it_is_drawn_with_the_pens_place(editor, theme):
    theme.apply("dark")
    without = editor.grab().toImage()
    editor.mark(0.5)
    assert editor.grab().toImage() != without
    editor.mark(None)
    assert editor.grab().toImage() == without


def darkness(pad: PenPad, column: int) -> int:
    """How many pixels of a column are painted."""
    image = pad._sheet
    return sum(image.pixelColor(column, row).alpha() > 127 for row in range(image.height()))


def test_the_pad_paints_as_thick_as_pressure_is_felt(pad, pen):
    told = []
    pad.pressed.connect(told.append)
    stylus = Stylus(pad)
    stylus.hover(QPointF(20, 100))
    stylus.press(QPointF(20, 100), 1.0)
    stylus.move(QPointF(30, 100), 0.2)
    stylus.move(QPointF(100, 100), 0.2)
    stylus.move(QPointF(110, 100), 0.9)
    stylus.move(QPointF(200, 100), 0.9)
    assert "90 %" in pad.words
    assert f"{round(100 * pen.feel.of(0.9))} %" in pad.words
    stylus.release(QPointF(200, 100), 1.0)
    assert darkness(pad, 60) == pytest.approx(40 * pen.feel.of(0.2), abs=1)
    assert darkness(pad, 160) == pytest.approx(40 * pen.feel.of(0.9), abs=1)
    assert told == [0.2, 0.2, 0.9, 0.9, None]
    assert pen.was_seen


def test_the_pad_says_that_a_mouse_has_no_pressure(pad, pen):
    before = pad.words
    QTest.mousePress(pad, LEFT, pos=QPointF(50, 80).toPoint())
    QTest.mouseMove(pad, QPointF(150, 80).toPoint())
    QTest.mouseRelease(pad, LEFT, pos=QPointF(150, 80).toPoint())
    assert pad.words != before
    assert darkness(pad, 100) == 40
    assert not pen.was_seen
    pad.clear()
    assert darkness(pad, 100) == 0
    assert pad.words == before
