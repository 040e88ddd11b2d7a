"""A combo box."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.look.combo import Combo
from app.look.theme import Theme


def test_a_combo_goes_through_its_choices_by_key(qtbot: QtBot, theme: Theme) -> None:
    combo = Combo(theme)
    qtbot.addWidget(combo)
    combo.addItems(["Euler a", "Euler", "LMS"])
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert combo.currentText() == "Euler"
