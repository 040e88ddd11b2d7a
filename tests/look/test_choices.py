"""Choosing by mouse, by key and by typing."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.look.choices import CheckBox, Combo, Segments
from app.look.search import SearchCombo
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


def test_a_combo_goes_through_its_choices_by_key(qtbot: QtBot, theme: Theme) -> None:
    combo = Combo(theme)
    qtbot.addWidget(combo)
    combo.addItems(["Euler a", "Euler", "LMS"])
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert combo.currentText() == "Euler"


def test_a_search_narrows_the_list_and_takes_other_names_too(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    combo = SearchCombo(theme)
    QVBoxLayout(window).addWidget(combo)
    qtbot.addWidget(window)
    window.show()
    combo.addItems(["sd_xl_inpainting", "dreamshaper_inpainting", "vae-ft"])
    combo.setEditText("")
    combo.setFocus()
    qtbot.keyClicks(combo.line, "SHAPER")
    completer = combo.completer()
    assert completer is not None
    assert completer.completionCount() == 1
    qtbot.keyClicks(combo.line, " mine")
    assert combo.currentText() == "SHAPER mine"
    assert combo.count() == 3


def test_a_check_box_is_as_wide_as_its_words(qtbot: QtBot, theme: Theme) -> None:
    check = CheckBox(theme, "Repaint outside the mask")
    qtbot.addWidget(check)
    check.resize(200, 28)
    qtbot.mouseClick(check, Qt.MouseButton.LeftButton, pos=check.rect().center())
    assert check.isChecked()
