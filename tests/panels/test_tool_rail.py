"""The tools at the left, as an artist takes them."""

import pytest
from PySide6.QtCore import Qt

from app.panels.tool_rail import ToolRail
from app.session.tools import TOOLS
from tests.panels.hands import button, show


@pytest.fixture
def rail(qtbot, theme, tools):
    rail = show(qtbot, ToolRail(theme))
    rail.attach(tools)
    return rail


def test_tools_are_off_and_none_is_current_without_a_picture(rail):
    assert not button(rail, "tool_brush").isEnabled()
    assert not button(rail, "tool_brush").isChecked()


def test_a_click_takes_the_tool(qtbot, rail, tools):
    rail.set_open(True)
    qtbot.mouseClick(button(rail, "tool_eraser"), Qt.MouseButton.LeftButton)
    assert tools.tool == "eraser"
    assert button(rail, "tool_eraser").isChecked()
    assert not button(rail, "tool_brush").isChecked()


def test_the_current_tool_stays_checked_when_clicked_again(qtbot, rail, tools):
    rail.set_open(True)
    qtbot.mouseClick(button(rail, "tool_brush"), Qt.MouseButton.LeftButton)
    assert button(rail, "tool_brush").isChecked()


def test_a_choice_made_elsewhere_shows(rail, tools):
    rail.set_open(True)
    tools.choose("eraser")
    assert button(rail, "tool_eraser").isChecked()


def test_every_tool_has_a_button(qtbot, rail, tools):
    rail.set_open(True)
    for tool in TOOLS:
        qtbot.mouseClick(button(rail, f"tool_{tool}"), Qt.MouseButton.LeftButton)
        assert tools.tool == tool


def test_the_rail_fits_the_smallest_window(rail):
    assert rail.minimumSizeHint().height() <= 680 - 36 - 48 - 28


def test_tooltips_name_the_key(rail):
    assert button(rail, "tool_brush").toolTip() == "Brush"
    rail.show_keys({"brush": "B"}.get)
    assert button(rail, "tool_brush").toolTip() == "Brush (B)"
    assert button(rail, "tool_brush").accessibleName() == "Brush"
