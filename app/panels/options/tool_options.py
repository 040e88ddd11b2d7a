"""What the options bar shows of the current tool."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.look.lines import row_in
from app.panels.options.fields import show_only
from app.panels.options.moving import MovingOptions
from app.panels.options.painting import PaintingOptions
from app.panels.options.tool_name import ToolName

if TYPE_CHECKING:
    from app.look.theme import Theme
    from app.panels.options.fields import Room
    from app.panels.options.selecting import SelectingOptions
    from app.session.tools import Tools


class ToolOptions(QWidget):
    """The current tool by name, and its options."""

    def __init__(self, theme: Theme, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tools = tools
        self._room: Room = "long"
        self._name = ToolName(theme)
        self._painting = PaintingOptions(theme, tools)
        self._selecting: SelectingOptions | None = None
        self.moving = MovingOptions(theme)
        self._row = row_in(self, self._name, self._painting, self.moving, spacing=8)
        tools.tool_changed.connect(self._show_tool)
        self._show_tool()

    def set_room(self, room: Room) -> None:
        """Make do with what there is."""
        self._room = room
        self._name.set_room(room)
        self._painting.set_room(room)
        if self._selecting is not None:
            self._selecting.set_room(room)

    def _show_tool(self) -> None:
        self._name.show_tool(self._tools.tool)
        paints, selects = self._tools.paints, self._tools.selects
        shown: dict[QWidget, bool] = {
            self._painting: paints,
            self.moving: not paints and not selects,
        }
        if selects and self._selecting is None:
            self._selecting = self._make_selecting()
        if self._selecting is not None:
            shown[self._selecting] = selects
        show_only(shown)

    def _make_selecting(self) -> SelectingOptions:
        """Made when such a tool is first chosen, as a start is with the brush."""
        from app.panels.options.selecting import SelectingOptions

        selecting = SelectingOptions(self._theme, self._tools)
        selecting.set_room(self._room)
        self._row.insertWidget(self._row.count() - 1, selecting)
        return selecting
