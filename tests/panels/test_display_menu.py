"""The button that says how the mask is shown, and what it opens."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QColorDialog, QLabel, QWidget

from app.look.slider_field import SliderField
from app.look.theme import Theme
from app.panels.display_menu import DisplayButton
from app.session.display import MODES


@pytest.fixture(params=["dark", "light"])
def theme(request, qapp):
    theme = Theme()
    theme.apply(request.param)
    return theme


@pytest.fixture
def button(qtbot, theme, display):
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.resize(600, 100)
    button = DisplayButton(theme, display, holder)
    holder.show()
    qtbot.waitExposed(holder)
    yield button  # noqa: PT022 - what holds it must outlive the test


def open_it(button: DisplayButton) -> QWidget:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert button.popover.isVisible()
    return button.popover


def click(popover: QWidget, name: str) -> None:
    QTest.mouseClick(popover.findChild(QAbstractButton, name), Qt.MouseButton.LeftButton)


def test_it_says_how_the_mask_is_shown_and_never_moves_its_neighbours(button, display):
    seen, widths = set(), set()
    for mode in MODES:
        display.edit(mode=mode)
        seen.add(button.text())
        widths.add(button.sizeHint().width())
        assert "never sent" in button.toolTip()
    assert seen == {"Overlay", "B/W", "Outline", "Hidden"}
    assert len(widths) == 1


@pytest.mark.parametrize("mode", MODES)
def test_each_way_can_be_chosen(button, display, mode):
    display.edit(mode=MODES[(MODES.index(mode) + 1) % len(MODES)])
    click(open_it(button), f"display_{mode}")
    assert display.mode == mode


def test_colours_are_for_the_overlay_alone(button, display):
    popover = open_it(button)
    click(popover, "display_color_2979ff")
    assert display.color == "#2979ff"
    click(popover, "display_color_2979ff")
    swatches = [
        swatch
        for swatch in popover.findChildren(QAbstractButton)
        if swatch.objectName().startswith("display_color_")
    ]
    assert [one.objectName() for one in swatches if one.isChecked()] == ["display_color_2979ff"]
    assert all(one.accessibleName() and one.toolTip() for one in swatches)
    display.edit(mode="ants")
    assert not any(one.isEnabled() for one in swatches)


def test_any_colour_can_be_chosen_and_is_seen_at_once(button, display, qtbot):
    click(open_it(button), "display_own_color")
    dialog = button.findChild(QColorDialog)
    dialog.setCurrentColor(QColor("#123456"))
    assert display.color == "#123456"
    dialog.accept()
    assert display.color == "#123456"
    swatch = next(one for one in button.popover.findChildren(QAbstractButton)
                  if one.accessibleName() == "Your own colour")  # fmt: skip
    assert swatch.isChecked()
    assert not swatch.isHidden()


def test_a_colour_that_was_only_looked_at_is_given_up(button, display):
    click(open_it(button), "display_own_color")
    dialog = button.findChild(QColorDialog)
    dialog.setCurrentColor(QColor("#123456"))
    dialog.reject()
    assert display.color == "#ff0000"


def test_opacity_and_lines_follow_the_display_and_change_it(button, display):
    popover = open_it(button)
    field = popover.findChild(SliderField, "display_opacity")
    assert field.number == 50
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Right)
    assert display.opacity == pytest.approx(0.51)
    display.edit(opacity=0.8)
    assert field.number == 80
    click(popover, "display_grid")
    assert not display.grid


def test_it_says_that_all_this_is_never_sent(button):
    popover = open_it(button)
    words = " ".join(label.text() for label in popover.findChildren(QLabel))
    assert "never sent" in words
    assert "never the mask" in words


def test_its_words_have_room(button):
    popover = open_it(button)
    for label in popover.findChildren(QLabel):
        assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width()
    for segment in popover._modes.buttons:
        assert segment.fontMetrics().horizontalAdvance(segment.text()) <= segment.width()


def test_escape_closes_it(button):
    popover = open_it(button)
    QTest.keyClick(popover, Qt.Key.Key_Escape)
    assert not popover.isVisible()


def test_where_room_is_short_the_icon_stands_alone(button, display):
    button.set_room("short")
    assert button.text() == ""
    assert "Overlay" in button.toolTip()
    display.cycle()
    assert "Black and white" in button.accessibleName()
