"""Buttons say their names, and take the focus from the keyboard only."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.look.buttons import IconButton, PlainButton, PrimaryButton, ToolButton
from app.look.theme import Theme


def test_an_icon_button_names_itself(qtbot: QtBot, theme: Theme) -> None:
    button = IconButton(theme, "undo", "Undo", "Ctrl+Z")
    qtbot.addWidget(button)
    assert button.toolTip() == "Undo (Ctrl+Z)"
    assert button.accessibleName() == "Undo"
    assert (button.width(), button.height()) == (28, 28)


def test_a_tool_shows_that_it_is_taken(qtbot: QtBot, theme: Theme) -> None:
    button = ToolButton(theme, "brush", "Brush", "B")
    qtbot.addWidget(button)
    button.setChecked(True)
    assert button.grab().toImage().pixelColor(6, 18) == QColor(theme.tokens.check)


def test_a_click_presses_without_taking_the_focus(qtbot: QtBot, theme: Theme) -> None:
    button = PlainButton(theme, "Apply", "check")
    qtbot.addWidget(button)
    button.show()
    with qtbot.waitSignal(button.clicked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not button.hasFocus()


def test_the_ground_follows_the_state(qtbot: QtBot, theme: Theme) -> None:
    button = PrimaryButton(theme, "Generate")
    qtbot.addWidget(button)
    at = QPoint(6, 20)
    assert button.grab().toImage().pixelColor(at) == QColor(theme.tokens.fill)
    button.setDown(True)
    assert button.grab().toImage().pixelColor(at) == QColor(theme.tokens.fill_press)
    button.setEnabled(False)
    assert button.grab().toImage().pixelColor(at) == QColor(theme.tokens.hover)


def test_a_menu_makes_room_for_its_chevron(qtbot: QtBot, theme: Theme) -> None:
    button = PlainButton(theme, "Overlay")
    qtbot.addWidget(button)
    before = button.sizeHint().width()
    button.setMenu(QMenu(button))
    assert button.sizeHint().width() > before
