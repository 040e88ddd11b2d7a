"""The compact slider of a bar."""

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from app.look.slider_field import SliderField
from app.look.theme import Theme


def size_field(qtbot: QtBot, theme: Theme) -> SliderField:
    field = SliderField(theme, "Size", "px", 1, 1000, 1, curve=2)
    qtbot.addWidget(field)
    field.show()
    field.set_value(84)
    return field


def test_a_drag_over_the_field_changes_it(qtbot: QtBot, theme: Theme) -> None:
    field = size_field(qtbot, theme)
    with qtbot.waitSignal(field.value_changed):
        qtbot.mousePress(field, Qt.MouseButton.LeftButton, pos=QPoint(40, 14))
        qtbot.mouseMove(field, QPoint(80, 14))
    qtbot.mouseRelease(field, Qt.MouseButton.LeftButton, pos=QPoint(80, 14))
    assert field.number > 84
    assert field.spin.isHidden()


def test_a_click_lets_one_type(qtbot: QtBot, theme: Theme) -> None:
    field = size_field(qtbot, theme)
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton, pos=QPoint(40, 14))
    assert field.spin.isVisible()
    told: list[float] = []
    field.value_changed.connect(told.append)
    qtbot.keyClicks(field.spin, "120")
    assert told == [1, 12, 120]  # seen while it is typed
    qtbot.keyClick(field.spin, Qt.Key.Key_Return)
    assert told == [1, 12, 120]
    assert field.spin.isHidden()


def test_escape_brings_back_what_was_typed_over(qtbot: QtBot, theme: Theme) -> None:
    field = size_field(qtbot, theme)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClicks(field.spin, "120")
    with qtbot.waitSignal(field.value_changed) as told:
        qtbot.keyClick(field.spin, Qt.Key.Key_Escape)
    assert told.args == [84]
    assert field.number == 84
    assert field.spin.isHidden()


def test_a_digit_begins_to_type(qtbot: QtBot, theme: Theme) -> None:
    field = size_field(qtbot, theme)
    qtbot.keyClick(field, Qt.Key.Key_4)
    assert field.spin.isVisible()
    with qtbot.waitSignal(field.value_changed) as told:
        qtbot.keyClick(field.spin, Qt.Key.Key_2)
    assert told.args == [42]
    qtbot.keyClick(field.spin, Qt.Key.Key_Return)
    assert field.number == 42
