"""Tool rail, options bar, status line and empty state, as an artist uses them."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.look.sliders import SliderField
from app.look.theme import Theme
from app.panels.empty_state import EmptyState
from app.panels.key_hints import KeyHints
from app.panels.options_bar import OptionsBar
from app.panels.status_line import StatusLine
from app.panels.tool_rail import ToolRail
from app.session.tools import Tools


@pytest.fixture
def theme(qapp):
    theme = Theme()
    theme.apply("dark")
    return theme


@pytest.fixture
def tools(qapp):
    return Tools()


def show(qtbot, widget, width=1000):
    qtbot.addWidget(widget)
    widget.resize(width, max(widget.height(), 28))
    widget.show()
    return widget


def button(parent, name):
    return parent.findChild(QAbstractButton, name)


def field(bar, name):
    return bar.findChild(SliderField, name)


class TestToolRail:
    @pytest.fixture
    def rail(self, qtbot, theme, tools):
        rail = show(qtbot, ToolRail(theme))
        rail.attach(tools)
        return rail

    def test_tools_are_off_and_none_is_current_without_a_picture(self, rail):
        assert not button(rail, "tool_brush").isEnabled()
        assert not button(rail, "tool_brush").isChecked()

    def test_a_click_takes_the_tool(self, qtbot, rail, tools):
        rail.set_open(True)
        qtbot.mouseClick(button(rail, "tool_eraser"), Qt.MouseButton.LeftButton)
        assert tools.tool == "eraser"
        assert button(rail, "tool_eraser").isChecked()
        assert not button(rail, "tool_brush").isChecked()

    def test_the_current_tool_stays_checked_when_clicked_again(self, qtbot, rail, tools):
        rail.set_open(True)
        qtbot.mouseClick(button(rail, "tool_brush"), Qt.MouseButton.LeftButton)
        assert button(rail, "tool_brush").isChecked()

    def test_a_choice_made_elsewhere_shows(self, rail, tools):
        rail.set_open(True)
        tools.choose("eraser")
        assert button(rail, "tool_eraser").isChecked()

    def test_tooltips_name_the_key(self, rail):
        assert button(rail, "tool_brush").toolTip() == "Brush (B)"
        assert button(rail, "tool_brush").accessibleName() == "Brush"


class TestOptionsBar:
    @pytest.fixture
    def bar(self, qtbot, theme, tools):
        bar = show(qtbot, OptionsBar(theme))
        bar.attach(tools)
        bar.set_open(True)
        return bar

    def test_without_a_picture_there_is_nothing_to_set(self, bar):
        bar.set_open(False)
        assert not field(bar, "brush_size").isVisible()
        assert button(bar, "undo").isVisible()

    def test_the_fields_show_the_brush(self, bar, tools):
        tools.edit(size=120, hardness=0.25, opacity=0.8)
        assert field(bar, "brush_size").number == 120
        assert field(bar, "brush_hardness").number == 25
        assert field(bar, "brush_opacity").number == 80

    def test_each_tool_shows_its_own_brush(self, bar, tools):
        tools.edit(size=120)
        tools.choose("eraser")
        assert field(bar, "brush_size").number == 80
        tools.choose("brush")
        assert field(bar, "brush_size").number == 120

    def test_typing_a_size_sets_it(self, qtbot, bar, tools):
        size = field(bar, "brush_size")
        qtbot.mouseClick(size, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(size.spin.isVisible)
        QTest.keyClicks(size.spin, "333")
        QTest.keyClick(size.spin, Qt.Key.Key_Return)
        assert tools.brush.size == 333

    def test_dragging_changes_the_opacity(self, qtbot, bar, tools):
        opacity = field(bar, "brush_opacity")
        qtbot.mousePress(opacity, Qt.MouseButton.LeftButton, pos=QPoint(100, 14))
        qtbot.mouseMove(opacity, QPoint(60, 14))
        qtbot.mouseMove(opacity, QPoint(43, 14))
        qtbot.mouseRelease(opacity, Qt.MouseButton.LeftButton, pos=QPoint(43, 14))
        assert tools.brush.opacity == pytest.approx(0.5, abs=0.02)

    def test_a_size_between_whole_pixels_is_left_as_it_is(self, bar, tools):
        tools.edit(size=20.5)
        assert tools.brush.size == 20.5

    def test_nothing_moves_when_the_tool_changes(self, bar, tools):
        before = field(bar, "brush_size").geometry()
        tools.choose("eraser")
        bar.layout().activate()
        assert field(bar, "brush_size").geometry() == before


class TestStatusLine:
    @pytest.fixture
    def line(self, qtbot, theme):
        return show(qtbot, StatusLine(theme))

    def test_it_says_how_to_begin(self, line):
        assert line.findChild(KeyHints).accessibleName().startswith("Ctrl+O: open")
        assert not line.findChild(QWidget, "zoom").isVisible()

    def test_it_shows_the_keys_of_the_tool(self, line):
        line.show_tool("eraser")
        assert "X: paint" in line.findChild(KeyHints).accessibleName()

    def test_it_measures_the_picture(self, line):
        line.show_size((1320, 880))
        line.show_position((742, 521))
        line.show_zoom(0.65)
        assert line.findChild(QWidget, "picture_size").text() == "1320 × 880"
        assert line.findChild(QWidget, "position").text() == "742, 521"
        assert line.findChild(QWidget, "zoom").text() == "65 %"

    def test_a_small_zoom_keeps_a_digit(self, line):
        line.show_zoom(0.052)
        assert line.findChild(QWidget, "zoom").text() == "5.2 %"

    def test_nothing_moves_with_pointer_and_zoom(self, line):
        line.show_size((1320, 880))
        line.layout().activate()
        line.show_position((1, 2))
        line.show_zoom(1)
        before = line.findChild(QWidget, "position").mapTo(line, QPoint())
        line.show_position((1319, 879))
        line.show_zoom(64)
        line.layout().activate()
        assert line.findChild(QWidget, "position").mapTo(line, QPoint()) == before

    @pytest.mark.parametrize(("row", "signal"), [(0, "fit_wanted"), (1, "actual_size_wanted")])
    def test_the_zoom_offers_fit_and_full_size(self, qtbot, line, row, signal):
        with qtbot.waitSignal(getattr(line, signal)):
            button(line, "zoom").menu().actions()[row].trigger()

    def test_a_message_is_plain_text_and_can_be_read_whole(self, line):
        line.show_message("<b>Saved</b>")
        message = line.findChild(QWidget, "message")
        assert message.textFormat() is Qt.TextFormat.PlainText
        assert message.toolTip() == "<b>Saved</b>"


class TestEmptyState:
    @pytest.mark.parametrize(
        ("name", "signal"), [("open_picture", "open_wanted"), ("try_sample", "sample_wanted")]
    )
    def test_its_buttons_say_what_is_wanted(self, qtbot, theme, name, signal):
        empty = show(qtbot, EmptyState(theme))
        with qtbot.waitSignal(getattr(empty, signal)):
            qtbot.mouseClick(button(empty, name), Qt.MouseButton.LeftButton)

    @pytest.mark.parametrize("size", [(1044, 603), (628, 383)])
    def test_cards_and_buttons_are_whole_in_both_windows(self, qtbot, theme, size):
        empty = show(qtbot, EmptyState(theme))
        empty.resize(*size)
        for part in empty.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            assert empty.rect().contains(part.geometry()), part
