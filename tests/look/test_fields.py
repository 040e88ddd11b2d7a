"""Numbers may be typed freely and end up in range."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.look.fields import NumberField, Spin
from app.look.frames import FieldFrame
from app.look.theme import Theme

Show = Callable[[Spin], Spin]


@pytest.fixture
def shown(qtbot: QtBot) -> Show:
    """Puts a spin box into a window with another field to leave it for, focused and selected."""
    windows: list[QWidget] = []

    def show(spin: Spin) -> Spin:
        window = QWidget()
        windows.append(window)
        column = QVBoxLayout(window)
        column.addWidget(spin)
        column.addWidget(QLineEdit())
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        spin.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.waitUntil(spin.hasFocus)
        spin.selectAll()
        return spin

    return show


def leave(qtbot: QtBot, spin: Spin) -> None:
    qtbot.keyClick(spin, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: not spin.hasFocus())


def wheel(widget: QWidget) -> QWheelEvent:
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle,
        widget.mapToGlobal(middle),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
    return event


@pytest.mark.parametrize(
    ("typed", "drafts", "left"),
    [
        ("42", [4, 42], 42),
        ("130", [1, 13, 130], 100),
        ("0", [0], 1),
        ("-5", [], 5),
        ("4x2", [4, 42], 42),
    ],
)
def test_typing_tells_each_draft_and_ends_in_range(
    qtbot: QtBot, theme: Theme, shown: Show, typed: str, drafts: list[float], left: float
) -> None:
    spin = shown(Spin(theme, 1, 100))
    spin.setValue(30)
    spin.selectAll()
    told: list[float] = []
    spin.edited.connect(told.append)
    qtbot.keyClicks(spin, typed)
    assert told[: len(drafts)] == drafts
    leave(qtbot, spin)
    assert spin.value() == left
    assert told[-1] == left


def test_a_number_out_of_range_stands_until_it_is_left(
    qtbot: QtBot, theme: Theme, shown: Show
) -> None:
    spin = shown(Spin(theme, 1, 100))
    qtbot.keyClicks(spin, "130")
    assert spin.text() == "130"
    assert not spin.accepts(130)
    qtbot.keyClick(spin, Qt.Key.Key_Return)
    assert spin.text() == "100"


def test_a_comma_is_a_point(qtbot: QtBot, theme: Theme, shown: Show) -> None:
    spin = shown(Spin(theme, 1, 30, 0.5, 1))
    qtbot.keyClicks(spin, "7,5")
    assert spin.value() == 7.5


def test_nothing_typed_is_the_number_from_before(qtbot: QtBot, theme: Theme, shown: Show) -> None:
    spin = shown(Spin(theme, 1, 100))
    spin.setValue(30)
    spin.selectAll()
    qtbot.keyClick(spin, Qt.Key.Key_Delete)
    leave(qtbot, spin)
    assert spin.text() == "30"


def test_off_is_one_step_below_and_where_the_field_is_cleared(
    qtbot: QtBot, theme: Theme, shown: Show
) -> None:
    spin = shown(Spin(theme, 0.01, 1, 0.01, 2, off="Off", off_at=0))
    spin.setValue(0.01)
    qtbot.keyClick(spin, Qt.Key.Key_Down)
    assert spin.is_off
    assert spin.text() == "Off"
    qtbot.keyClicks(spin, "0.8")
    assert spin.value() == 0.8
    spin.selectAll()
    qtbot.keyClick(spin, Qt.Key.Key_Delete)
    leave(qtbot, spin)
    assert spin.is_off


def test_a_zero_is_not_off(qtbot: QtBot, theme: Theme, shown: Show) -> None:
    spin = shown(Spin(theme, 0.01, 1, 0.01, 2, off="Off", off_at=0))
    qtbot.keyClicks(spin, "0")
    leave(qtbot, spin)
    assert spin.value() == 0.01


def test_digits_typed_into_the_word_replace_it(qtbot: QtBot, theme: Theme, shown: Show) -> None:
    spin = shown(Spin(theme, -1, None, off="Random"))
    spin.setValue(-1)
    spin.lineEdit().setCursorPosition(3)
    qtbot.keyClicks(spin, "7")
    assert spin.value() == 7


def test_a_number_too_long_for_its_field_shows_how_it_begins(
    qtbot: QtBot, theme: Theme, shown: Show
) -> None:
    spin = shown(Spin(theme, -1, None, off="Random", grouped=True))
    qtbot.keyClicks(spin, "123456789012345")
    leave(qtbot, spin)
    assert spin.lineEdit().cursorPosition() == 0


def test_a_long_number_is_grouped_once_it_is_left(qtbot: QtBot, theme: Theme, shown: Show) -> None:
    spin = shown(Spin(theme, -1, None, off="Random", grouped=True))
    qtbot.keyClicks(spin, "4829130775")
    assert spin.text() == "4829130775"
    leave(qtbot, spin)
    assert spin.text() == "4 829 130 775"
    assert spin.value() == 4829130775


def test_keys_step(qtbot: QtBot, theme: Theme, shown: Show) -> None:
    spin = shown(Spin(theme, 1, 100))
    spin.setValue(30)
    for key, value in (
        (Qt.Key.Key_Up, 31),
        (Qt.Key.Key_Down, 30),
        (Qt.Key.Key_PageUp, 40),
        (Qt.Key.Key_Home, 1),
        (Qt.Key.Key_End, 100),
    ):
        qtbot.keyClick(spin, key)
        assert spin.value() == value


def test_a_wheel_turns_only_the_field_that_has_the_focus(
    qtbot: QtBot, theme: Theme, shown: Show
) -> None:
    spin = shown(Spin(theme, 1, 100))
    spin.setValue(30)
    wheel(spin)
    assert spin.value() == 31
    leave(qtbot, spin)
    assert not wheel(spin).isAccepted()
    assert spin.value() == 31


def test_bold_reaches_a_number_that_is_shown(qtbot: QtBot, theme: Theme) -> None:
    field = NumberField(theme, Spin(theme, 1, 100), "px")
    qtbot.addWidget(field)
    field.show()
    field.set_strong(True)
    assert field.spin.lineEdit().font().weight() == 600
    field.set_strong(False)
    assert field.spin.lineEdit().font().weight() == 400


def test_a_key_that_is_no_number_takes_nothing_away(
    qtbot: QtBot, theme: Theme, shown: Show
) -> None:
    spin = shown(Spin(theme, 1, 100))
    spin.setValue(80)
    spin.selectAll()
    qtbot.keyClicks(spin, "{")
    assert spin.lineEdit().text() == "80"


def test_a_field_that_is_off_has_no_ground(qtbot: QtBot, theme: Theme) -> None:
    frame, line = FieldFrame(theme), QLineEdit()
    line.setFrame(False)
    frame.hold(line)
    qtbot.addWidget(frame)
    frame.resize(120, 28)
    frame.show()
    assert frame.grab().toImage().pixelColor(60, 14) == QColor(theme.tokens.field)
    frame.setEnabled(False)
    assert frame.grab().toImage().pixelColor(60, 14) == QColor(theme.tokens.chrome)
