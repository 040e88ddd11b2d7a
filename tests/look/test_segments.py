"""Segments side by side."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.look.segments import Segments
from app.look.theme import Theme


def two(qtbot: QtBot, theme: Theme) -> Segments:
    segments = Segments(theme, [(0, "Whole picture"), (1, "Mask only")])
    qtbot.addWidget(segments)
    segments.show()
    return segments


def test_a_click_takes_a_segment(qtbot: QtBot, theme: Theme) -> None:
    segments = two(qtbot, theme)
    segments.set_current(0)
    with qtbot.waitSignal(segments.chosen) as told:
        qtbot.mouseClick(segments.buttons[1], Qt.MouseButton.LeftButton)
    assert told.args == [1]
    assert segments.current == 1


def test_arrow_keys_go_from_segment_to_segment(qtbot: QtBot, theme: Theme) -> None:
    segments = two(qtbot, theme)
    segments.set_current(0)
    segments.buttons[0].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(segments.buttons[0], Qt.Key.Key_Right)
    assert segments.current == 1


def test_a_click_takes_the_focus_along_within_the_group(qtbot: QtBot, theme: Theme) -> None:
    segments = two(qtbot, theme)
    segments.activateWindow()
    segments.buttons[0].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(segments.buttons[0].hasFocus)
    qtbot.mouseClick(segments.buttons[1], Qt.MouseButton.LeftButton)
    assert segments.buttons[1].hasFocus()


def test_showing_a_choice_tells_nothing(qtbot: QtBot, theme: Theme) -> None:
    segments = two(qtbot, theme)
    with qtbot.assertNotEmitted(segments.chosen):
        segments.set_current(1)
    assert segments.current == 1


def test_taking_a_segment_moves_nothing(qtbot: QtBot, theme: Theme) -> None:
    segments = two(qtbot, theme)
    before = segments.sizeHint()
    segments.set_current(1)
    segments.set_strong(True)
    assert segments.sizeHint() == before
