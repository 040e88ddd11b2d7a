"""The theme dresses the program, and dresses it anew when it changes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.look.buttons import PlainButton
from app.look.fields import NumberField, Spin
from app.look.search import SearchCombo
from app.look.segments import Segments
from app.look.text import Label
from app.look.theme import Theme
from app.look.tokens import DARK, LIGHT


def test_a_mute_desktop_gets_the_dark_set(qapp: QApplication) -> None:
    assert qapp.styleHints().colorScheme() is not Qt.ColorScheme.Light
    theme = Theme()
    theme.apply("system")
    assert theme.tokens is DARK


def test_the_desktops_own_change_is_followed_only_when_asked(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme = Theme()
    theme.apply("system")
    hints = qapp.styleHints()
    monkeypatch.setattr(type(hints), "colorScheme", lambda _: Qt.ColorScheme.Light)
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.tokens is LIGHT
    theme.apply("dark")
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.tokens is DARK


def test_every_part_takes_on_the_other_set_at_once(qtbot: QtBot, theme: Theme) -> None:
    label = QLabel("words")
    button = PlainButton(theme, "Apply")
    field = NumberField(theme, Spin(theme, 0, 9))
    combo = SearchCombo(theme)
    for widget in (label, button, field, combo):
        qtbot.addWidget(widget)
        widget.show()
    with qtbot.waitSignal(theme.changed):
        theme.apply("light")
    text = QColor(LIGHT.text)
    assert label.palette().color(QPalette.ColorRole.WindowText) == text
    assert field.spin.lineEdit().palette().color(QPalette.ColorRole.Text) == text
    assert combo.line.palette().color(QPalette.ColorRole.Text) == text
    combo.addItems(["one", "two"])
    combo.showPopup()
    popup = combo.view().grab().toImage()
    assert popup.pixelColor(popup.width() - 20, popup.height() - 12) == QColor(LIGHT.raised)
    combo.hidePopup()
    assert button.grab().toImage().pixelColor(6, 14) == QColor(LIGHT.raised)


def test_digits_have_equal_widths(theme: Theme) -> None:
    font = theme.font(13)
    assert font.pixelSize() == 13
    assert font.featureTags()
    assert QFontInfo(font).pixelSize() == 13


def test_a_font_that_was_asked_for_is_ones_own(theme: Theme) -> None:
    theme.font(12).setUnderline(True)
    assert not theme.font(12).underline()


def test_disabled_words_are_quiet(theme: Theme, qapp: QApplication) -> None:
    role, group = QPalette.ColorRole.ButtonText, QPalette.ColorGroup.Disabled
    assert qapp.palette().color(group, role) == QColor(DARK.off)


def test_a_change_of_theme_leaves_every_widget_its_own_font(qtbot: QtBot, theme: Theme) -> None:
    segments = Segments(theme, [(0, "Dark"), (1, "Light")])
    label = Label(theme, "30")
    for widget in (segments, label):
        qtbot.addWidget(widget)
        widget.show()
    segments.set_current(1)
    label.setFont(theme.font(13, 600))
    theme.apply("light")
    assert [segment.font().weight() for segment in segments.buttons] == [400, 500]
    assert label.font().weight() == 600
