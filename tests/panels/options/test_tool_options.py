"""What each tool offers in the options bar."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.look.slider_field import SliderField
from app.model.aids import Aids
from app.model.selecting import MODES
from app.panels.options_bar import LEAST, LONG, OptionsBar
from tests.panels.hands import button, show


def field(bar, name):
    return bar.findChild(SliderField, name)


@pytest.fixture
def bar(qtbot, theme, tools):
    bar = show(qtbot, OptionsBar(theme), 1100)
    bar.attach(tools)
    bar.set_open(True)
    return bar


def click(qtbot, bar, name):
    qtbot.mouseClick(button(bar, name), Qt.MouseButton.LeftButton)


def test_a_brush_can_subtract_and_an_eraser_gives_way_to_adding(qtbot, bar, tools):
    click(qtbot, bar, "brush_mode_subtract")
    assert (tools.tool, tools.mode) == ("brush", "subtract")
    tools.choose("eraser")
    assert button(bar, "brush_mode_subtract").isChecked()
    click(qtbot, bar, "brush_mode_add")
    assert (tools.tool, tools.mode) == ("brush", "add")


def test_a_swap_by_key_shows(bar, tools):
    tools.swap()
    assert button(bar, "brush_mode_subtract").isChecked()


def test_pressure_changes_what_the_artist_says(qtbot, bar, tools):
    click(qtbot, bar, "size_pressure")
    click(qtbot, bar, "opacity_pressure")
    assert (tools.brush.size_pressure, tools.brush.opacity_pressure) == (False, True)


@pytest.mark.parametrize("mode", MODES)
def test_each_area_tool_has_a_mode_of_its_own(qtbot, bar, tools, mode):
    tools.choose("lasso")
    click(qtbot, bar, f"area_mode_{mode}")
    assert tools.mode == mode
    tools.choose("wand")
    assert button(bar, "area_mode_add").isChecked()


def test_areas_have_feather_and_opacity(bar, tools):
    tools.choose("lasso")
    field(bar, "feather_radius").value_changed.emit(12)
    field(bar, "area_opacity").value_changed.emit(40)
    assert (tools.selecting.feather, tools.selecting.opacity) == (12, 0.4)
    assert not field(bar, "tolerance").isVisible()


def test_what_goes_by_colour_has_a_tolerance(qtbot, bar, tools):
    tools.choose("wand")
    field(bar, "tolerance").value_changed.emit(99)
    click(qtbot, bar, "contiguous")
    assert (tools.selecting.tolerance, tools.selecting.contiguous) == (99, False)
    assert field(bar, "tolerance").number == 99


@pytest.mark.parametrize("width", [LEAST, LONG - 1])
def test_where_it_has_no_room_the_opacity_is_in_a_popover(qtbot, bar, tools, width):
    bar.resize(width, 48)
    tools.choose("wand")
    more = button(bar, "area_more")
    assert more.isVisible()
    assert not more.isChecked()
    click(qtbot, bar, "area_more")
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


def test_where_there_is_room_the_opacity_is_in_the_bar(bar, tools):
    tools.choose("wand")
    assert not button(bar, "area_more").isVisible()
    assert field(bar, "area_opacity").isVisible()


def test_hand_and_zoom_offer_where_to_go(bar, tools):
    tools.choose("hand")
    assert button(bar, "option_fit").isVisible()
    assert not field(bar, "brush_size").isVisible()


def test_aids_are_in_a_popover_and_their_button_tells_when_one_is_on(qtbot, bar, tools):
    more = button(bar, "brush_more")
    assert not more.isChecked()
    click(qtbot, bar, "brush_more")
    aids = bar.findChild(QWidget, "brush_aids")
    assert aids.isVisible()
    assert not more.isChecked()

    field(aids, "stabiliser").value_changed.emit(50)
    click(qtbot, aids, "symmetry_both")
    click(qtbot, aids, "edges")
    field(aids, "edge_tolerance").value_changed.emit(20)
    click(qtbot, aids, "press_size")

    assert tools.aids == Aids(stabiliser=0.5, symmetry="both", edges=True, tolerance=20)
    assert not tools.brush.size_pressure
    assert more.isChecked()
    QTest.keyClick(aids, Qt.Key.Key_Escape)
    assert not aids.isVisible()


def test_each_brush_shows_its_own_aids(bar, tools):
    tools.assist(symmetry="both")
    tools.choose("eraser")
    assert not button(bar, "brush_more").isChecked()
