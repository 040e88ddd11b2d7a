"""The slider of a panel's row."""

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from app.look.sliders import Slider
from app.look.theme import Theme


def test_a_click_jumps_and_a_drag_follows(qtbot: QtBot, theme: Theme) -> None:
    slider = Slider(theme)
    qtbot.addWidget(slider)
    slider.resize(112, 32)
    slider.set_scale(0, 1, 0.01)
    told: list[float] = []
    slider.moved.connect(told.append)
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(56, 16))
    assert round(told[-1], 6) == 0.5
    qtbot.mouseMove(slider, QPoint(106, 16))
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(106, 16))
    assert round(slider.number, 6) == 1


def test_keys_move_by_the_step(qtbot: QtBot, theme: Theme) -> None:
    slider = Slider(theme)
    qtbot.addWidget(slider)
    slider.set_scale(1, 30, 0.5)
    slider.set_number(7.5)
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert slider.number == 8
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    assert slider.number == 1
    qtbot.keyClick(slider, Qt.Key.Key_End)
    assert slider.number == 30


def test_showing_a_number_tells_nothing(qtbot: QtBot, theme: Theme) -> None:
    slider = Slider(theme)
    qtbot.addWidget(slider)
    slider.set_scale(0, 10, 1)
    with qtbot.assertNotEmitted(slider.moved):
        slider.set_number(4)
    assert slider.number == 4
