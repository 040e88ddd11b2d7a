"""What the options bar shows of the current tool."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.panels.options.fields import show_only
from app.panels.options.moving import MovingOptions
from app.panels.options.painting import PaintingOptions
from app.panels.options.selecting import SelectingOptions
from app.panels.options.tool_name import ToolName

if TYPE_CHECKING:
    from app.look.theme import Theme
    from app.panels.options.fields import Room
    from app.session.tools import Tools


class ToolOptions(QWidget):
    """The current tool by name, and its options."""

    def __init__(self, theme: Theme, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
        self._name = ToolName(theme)
        self._painting = PaintingOptions(theme, tools)
        self._selecting = SelectingOptions(theme, tools)
        self.moving = MovingOptions(theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in (self._name, self._painting, self._selecting, self.moving):
            row.addWidget(part)
        tools.tool_changed.connect(self._show_tool)
        self._show_tool()

    def set_room(self, room: Room) -> None:
        """Make do with what there is."""
        self._name.set_room(room)
        self._painting.set_room(room)
        self._selecting.set_room(room)

    def _show_tool(self) -> None:
        self._name.show_tool(self._tools.tool)
        paints, selects = self._tools.paints, self._tools.selects
        show_only(
            {
                self._painting: paints,
                self._selecting: selects,
                self.moving: not paints and not selects,
            }
        )
