"""Tool rail, options bar, status line and empty state, as an artist uses them."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from app.look.progress import ProgressBar
from app.look.sliders import SliderField
from app.look.theme import Theme
from app.model.aids import Aids
from app.model.selecting import MODES
from app.panels.display_menu import DisplayButton
from app.panels.empty_state import EmptyState
from app.panels.key_hints import KeyHints
from app.panels.options_bar import LEAST, LONG, USUAL, OptionsBar
from app.panels.status_line import StatusLine
from app.panels.tool_rail import ToolRail
from app.session.display import Display
from app.session.tools import TOOLS, Tools


@pytest.fixture
def theme(qapp):
    theme = Theme()
    theme.apply("dark")
    return theme


@pytest.fixture
def tools(qapp):
    return Tools()


@pytest.fixture
def display(qapp):
    return Display()


def show(qtbot, widget, width=1000):
    qtbot.addWidget(widget)
    widget.resize(width, max(widget.height(), 28))
    widget.show()
    return widget


def button(parent, name):
    return parent.findChild(QAbstractButton, name)


KEYS = {
    "open": "Ctrl+O", "paste": "Ctrl+V", "keys": "?", "swap": "X", "smaller": "[", "larger": "]",
    "softer": "Shift+[", "harder": "Shift+]", "fit": "Ctrl+0", "actual_size": "Ctrl+1",
}  # fmt: skip


def hints(line):
    return line.findChild(KeyHints).accessibleName()


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

    def test_every_tool_has_a_button(self, qtbot, rail, tools):
        rail.set_open(True)
        for tool in TOOLS:
            qtbot.mouseClick(button(rail, f"tool_{tool}"), Qt.MouseButton.LeftButton)
            assert tools.tool == tool

    def test_the_rail_fits_the_smallest_window(self, rail):
        assert rail.minimumSizeHint().height() <= 680 - 36 - 48 - 28

    def test_tooltips_name_the_key(self, rail):
        assert button(rail, "tool_brush").toolTip() == "Brush"
        rail.show_keys({"brush": "B"}.get)
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

    @pytest.mark.parametrize("width", [680, 1100])
    def test_nothing_moves_from_brush_to_eraser_or_between_areas(self, qtbot, bar, tools, width):
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
    def test_the_options_of_every_tool_fit_the_bar(self, bar, tools, display, width):
        bar.add_display(DisplayButton(bar.theme, display))
        for tool in TOOLS:
            tools.choose(tool)
            bar.resize(width, 48)
            QApplication.processEvents()
            assert bar.layout().minimumSize().width() <= width, tool

    def test_the_display_button_does_without_words_in_a_short_bar(self, bar, display):
        words = DisplayButton(bar.theme, display)
        bar.add_display(words)
        assert words.text() == ""
        bar.resize(1100, 48)
        assert words.text() == "Overlay"
        assert words.accessibleName()

    def test_operations_fold_where_there_is_no_room(self, bar):
        bar.resize(1100, 48)
        assert button(bar, "grow_by").isVisible()
        bar.resize(1000, 48)
        assert not button(bar, "grow_by").isVisible()
        assert button(bar, "mask_more").isVisible()


class TestToolOptions:
    @pytest.fixture
    def bar(self, qtbot, theme, tools):
        bar = show(qtbot, OptionsBar(theme), 1100)
        bar.attach(tools)
        bar.set_open(True)
        return bar

    def click(self, qtbot, bar, name):
        qtbot.mouseClick(button(bar, name), Qt.MouseButton.LeftButton)

    def test_a_brush_can_subtract_and_an_eraser_gives_way_to_adding(self, qtbot, bar, tools):
        self.click(qtbot, bar, "brush_mode_subtract")
        assert (tools.tool, tools.mode) == ("brush", "subtract")
        tools.choose("eraser")
        assert button(bar, "brush_mode_subtract").isChecked()
        self.click(qtbot, bar, "brush_mode_add")
        assert (tools.tool, tools.mode) == ("brush", "add")

    def test_a_swap_by_key_shows(self, bar, tools):
        tools.swap()
        assert button(bar, "brush_mode_subtract").isChecked()

    def test_pressure_changes_what_the_artist_says(self, qtbot, bar, tools):
        self.click(qtbot, bar, "size_pressure")
        self.click(qtbot, bar, "opacity_pressure")
        assert (tools.brush.size_pressure, tools.brush.opacity_pressure) == (False, True)

    @pytest.mark.parametrize("mode", MODES)
    def test_each_area_tool_has_a_mode_of_its_own(self, qtbot, bar, tools, mode):
        tools.choose("lasso")
        self.click(qtbot, bar, f"area_mode_{mode}")
        assert tools.mode == mode
        tools.choose("wand")
        assert button(bar, "area_mode_add").isChecked()

    def test_areas_have_feather_and_opacity(self, bar, tools):
        tools.choose("lasso")
        field(bar, "feather_radius").value_changed.emit(12)
        field(bar, "area_opacity").value_changed.emit(40)
        assert (tools.selecting.feather, tools.selecting.opacity) == (12, 0.4)
        assert not field(bar, "tolerance").isVisible()

    def test_what_goes_by_colour_has_a_tolerance(self, qtbot, bar, tools):
        tools.choose("wand")
        field(bar, "tolerance").value_changed.emit(99)
        self.click(qtbot, bar, "contiguous")
        assert (tools.selecting.tolerance, tools.selecting.contiguous) == (99, False)
        assert field(bar, "tolerance").number == 99

    @pytest.mark.parametrize("width", [LEAST, LONG - 1])
    def test_where_it_has_no_room_the_opacity_is_in_a_popover(self, qtbot, bar, tools, width):
        bar.resize(width, 48)
        tools.choose("wand")
        more = button(bar, "area_more")
        assert more.isVisible()
        assert not more.isChecked()
        self.click(qtbot, bar, "area_more")
        aside = bar.findChild(QWidget, "area_aside")
        qtbot.waitUntil(aside.isVisible)
        QTest.keyClicks(aside.focusWidget(), "4")
        QTest.keyClicks(field(aside, "area_opacity_aside").spin, "0")
        QTest.keyClick(field(aside, "area_opacity_aside").spin, Qt.Key.Key_Return)
        assert tools.selecting.opacity == 0.4
        assert more.isChecked(), "it is told that there is something to see"
        QTest.keyClick(field(aside, "area_opacity_aside"), Qt.Key.Key_Escape)
        assert not aside.isVisible()
        tools.choose("lasso")
        assert not more.isVisible()
        assert field(bar, "area_opacity").isVisible()

    def test_where_there_is_room_the_opacity_is_in_the_bar(self, bar, tools):
        tools.choose("wand")
        assert not button(bar, "area_more").isVisible()
        assert field(bar, "area_opacity").isVisible()

    def test_hand_and_zoom_offer_where_to_go(self, bar, tools):
        tools.choose("hand")
        assert button(bar, "option_fit").isVisible()
        assert not field(bar, "brush_size").isVisible()

    def test_aids_are_in_a_popover_and_their_button_tells_when_one_is_on(self, qtbot, bar, tools):
        more = button(bar, "brush_more")
        assert not more.isChecked()
        self.click(qtbot, bar, "brush_more")
        aids = bar.findChild(QWidget, "brush_aids")
        assert aids.isVisible()
        assert not more.isChecked()

        field(aids, "stabiliser").value_changed.emit(50)
        self.click(qtbot, aids, "symmetry_both")
        self.click(qtbot, aids, "edges")
        field(aids, "edge_tolerance").value_changed.emit(20)
        self.click(qtbot, aids, "press_size")

        assert tools.aids == Aids(stabiliser=0.5, symmetry="both", edges=True, tolerance=20)
        assert not tools.brush.size_pressure
        assert more.isChecked()
        QTest.keyClick(aids, Qt.Key.Key_Escape)
        assert not aids.isVisible()

    def test_each_brush_shows_its_own_aids(self, bar, tools):
        tools.assist(symmetry="both")
        tools.choose("eraser")
        assert not button(bar, "brush_more").isChecked()


class TestStatusLine:
    @pytest.fixture
    def line(self, qtbot, theme):
        line = show(qtbot, StatusLine(theme))
        line.show_keys(KEYS.get)
        return line

    def test_it_says_how_to_begin(self, line):
        assert hints(line) == "Ctrl+O: open, Ctrl+V: paste, ?: all keys"
        assert not line.findChild(QWidget, "zoom").isVisible()

    def test_it_shows_the_keys_of_the_tool(self, line):
        line.show_tool("brush")
        assert hints(line).startswith("[ ]: size, Shift+[ ]: hardness, X: subtract")
        line.show_tool("eraser", erases=True)
        assert "X: add" in hints(line)

    def test_other_keys_are_shown_at_once_and_missing_ones_not_at_all(self, line):
        line.show_tool("brush")
        keys = {"smaller": "-", "larger": "=", "keys": "F1"}
        line.show_keys(lambda name: keys.get(name, ""))
        assert hints(line).startswith("- =: size, Shift click: line")
        assert "F1: all keys" in hints(line)

    @pytest.mark.parametrize("tool", TOOLS)
    def test_every_tool_has_hints_of_its_own(self, line, tool):
        line.show_tool(tool)
        assert hints(line).count(":") >= 4

    def test_the_tools_that_look_for_themselves_say_what_a_drag_does(self, line):
        line.show_tool("wand")
        assert "Drag: tolerance" in hints(line)
        line.show_tool("outline")
        assert hints(line).startswith("Drag: roughly around something")

    def test_what_a_gesture_measures_stays_until_it_is_over(self, line):
        line.show_measure("320 × 200")
        assert line.findChild(QWidget, "message").text() == "320 × 200"
        line.show_measure("")
        assert line.findChild(QWidget, "message").text() == ""

    @pytest.mark.parametrize("tool", ["rectangle", "ellipse"])
    def test_while_a_marquee_is_drawn_the_hints_tell_how_to_shape_it(self, line, tool):
        line.show_tool(tool)
        before = hints(line)
        line.show_measure("320 × 200")
        assert "Space: move it" in hints(line)
        line.show_measure("")
        assert hints(line) == before

    def test_a_long_computation_shows_how_far_it_is_and_can_be_stopped(self, qtbot, line):
        busy = line.busy
        busy.show_busy(True)
        assert not busy.isVisible()
        qtbot.waitUntil(busy.isVisible)
        busy.show_progress(0.4)
        assert busy.findChild(ProgressBar).fraction == 0.4
        with qtbot.waitSignal(busy.cancelled):
            qtbot.mouseClick(button(line, "busy_cancel"), Qt.MouseButton.LeftButton)
        busy.show_busy(False)
        assert not busy.isVisible()

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
