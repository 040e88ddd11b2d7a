"""A check box."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.look.check_box import CheckBox
from app.look.theme import Theme


def test_a_check_box_is_as_wide_as_its_words(qtbot: QtBot, theme: Theme) -> None:
    check = CheckBox(theme, "Repaint outside the mask")
    qtbot.addWidget(check)
    check.resize(200, 28)
    qtbot.mouseClick(check, Qt.MouseButton.LeftButton, pos=check.rect().center())
    assert check.isChecked()
