"""The bar of options: what it shows and where it gives way."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.look.slider_field import SliderField
from app.panels.display_menu import DisplayButton
from app.panels.options_bar import LEAST, LONG, USUAL, OptionsBar
from app.session.tools import TOOLS
from tests.panels.hands import button, show


def field(bar, name):
    return bar.findChild(SliderField, name)


@pytest.fixture
def bar(qtbot, theme, tools):
    bar = show(qtbot, OptionsBar(theme))
    bar.attach(tools)
    bar.set_open(True)
    return bar


def test_without_a_picture_there_is_nothing_to_set(bar):
    bar.set_open(False)
    assert not field(bar, "brush_size").isVisible()
    assert button(bar, "undo").isVisible()


def test_the_fields_show_the_brush(bar, tools):
    tools.edit(size=120, hardness=0.25, opacity=0.8)
    assert field(bar, "brush_size").number == 120
    assert field(bar, "brush_hardness").number == 25
    assert field(bar, "brush_opacity").number == 80


def test_each_tool_shows_its_own_brush(bar, tools):
    tools.edit(size=120)
    tools.choose("eraser")
    assert field(bar, "brush_size").number == 80
    tools.choose("brush")
    assert field(bar, "brush_size").number == 120


def test_typing_a_size_sets_it(qtbot, bar, tools):
    size = field(bar, "brush_size")
    qtbot.mouseClick(size, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(size.spin.isVisible)
    QTest.keyClicks(size.spin, "333")
    QTest.keyClick(size.spin, Qt.Key.Key_Return)
    assert tools.brush.size == 333


def test_dragging_changes_the_opacity(qtbot, bar, tools):
    opacity = field(bar, "brush_opacity")
    qtbot.mousePress(opacity, Qt.MouseButton.LeftButton, pos=QPoint(100, 14))
    qtbot.mouseMove(opacity, QPoint(60, 14))
    qtbot.mouseMove(opacity, QPoint(43, 14))
    qtbot.mouseRelease(opacity, Qt.MouseButton.LeftButton, pos=QPoint(43, 14))
    assert tools.brush.opacity == pytest.approx(0.5, abs=0.02)


def test_a_size_between_whole_pixels_is_left_as_it_is(bar, tools):
    tools.edit(size=20.5)
    assert tools.brush.size == 20.5


@pytest.mark.parametrize("width", [680, 1100])
def test_nothing_moves_from_brush_to_eraser_or_between_areas(qtbot, bar, tools, width):
    def places(tool):
        tools.choose(tool)
        QApplication.processEvents()
        names = ("brush_size", "brush_mode", "area_mode", "feather_radius", "mask_more", "undo")
        parts = [bar.findChild(QWidget, name) for name in names]
        return [part.mapTo(bar, QPoint()) for part in parts if part and part.isVisible()]

    bar.resize(width, 48)
    assert places("brush") == places("eraser")
    assert places("lasso") == places("polygon") == places("ellipse")
    assert places("lasso") == places("outline") == places("bucket")
    assert places("lasso")[:2] == places("wand")[:2]
    assert places("hand")[-2:] == places("brush")[-2:]


@pytest.mark.parametrize("width", [LEAST, USUAL, LONG])
def test_the_options_of_every_tool_fit_the_bar(bar, tools, display, width):
    bar.add_display(DisplayButton(bar.theme, display))
    for tool in TOOLS:
        tools.choose(tool)
        bar.resize(width, 48)
        QApplication.processEvents()
        assert bar.layout().minimumSize().width() <= width, tool


def test_the_display_button_does_without_words_in_a_short_bar(bar, display):
    words = DisplayButton(bar.theme, display)
    bar.add_display(words)
    assert words.text() == ""
    bar.resize(1100, 48)
    assert words.text() == "Overlay"
    assert words.accessibleName()


def test_operations_fold_where_there_is_no_room(bar):
    bar.resize(1100, 48)
    assert button(bar, "grow_by").isVisible()
    bar.resize(1000, 48)
    assert not button(bar, "grow_by").isVisible()
    assert button(bar, "mask_more").isVisible()
