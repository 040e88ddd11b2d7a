"""A combo box that one may type into."""

from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.look.search import SearchCombo
from app.look.theme import Theme


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
