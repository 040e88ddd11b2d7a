"""The tools, at the left of the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from app.look.buttons import ToolButton
from app.panels.bar import Bar

if TYPE_CHECKING:
    from app.look.theme import Theme
    from app.session.tools import Tools

WIDTH = 52


class ToolRail(Bar):
    """One button a tool; they are off until a picture is open."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "right", parent)
        self.setObjectName("tool_rail")
        self.setAccessibleName(self.tr("Tools"))
        self.setFixedWidth(WIDTH)
        self._tools: Tools | None = None
        self._buttons = {
            "brush": ToolButton(theme, "brush", self.tr("Brush"), "B"),
            "eraser": ToolButton(theme, "eraser", self.tr("Eraser"), "E"),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(0)
        self._group = QButtonGroup(self)
        for name, button in self._buttons.items():
            button.setObjectName(f"tool_{name}")
            self._group.addButton(button)
            column.addWidget(button)
        column.addStretch()
        self._group.buttonClicked.connect(self._choose)
        self.set_open(False)

    def attach(self, tools: Tools) -> None:
        """Show and change the current tool of `tools`."""
        self._tools = tools
        tools.tool_changed.connect(self._show_tool)
        self._show_tool()

    def set_open(self, is_open: bool) -> None:
        """Say whether there is a picture to use tools on."""
        for button in self._buttons.values():
            button.setEnabled(is_open)
        self._show_tool()

    def _choose(self, button: ToolButton) -> None:
        if self._tools is not None:
            self._tools.choose("brush" if button is self._buttons["brush"] else "eraser")

    def _show_tool(self) -> None:
        current = self._tools.tool if self._tools else None
        self._group.setExclusive(False)
        for name, button in self._buttons.items():
            button.setChecked(button.isEnabled() and name == current)
        self._group.setExclusive(True)
