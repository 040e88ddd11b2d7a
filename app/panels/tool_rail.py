"""The tools, at the left of the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from app.look.buttons import ToolButton
from app.panels.bar import Bar, Divider
from app.panels.tool_names import tool_icon, tool_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.look.theme import Theme
    from app.session.tools import Tool, Tools

WIDTH = 52
GROUPS: tuple[tuple[Tool, ...], ...] = (
    ("brush", "eraser"),
    ("lasso", "polygon", "rectangle", "ellipse"),
    ("wand", "outline", "bucket"),
    ("hand", "zoom"),
)


class ToolRail(Bar):
    """One button a tool; they are off until a picture is open."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "right", parent)
        self.setObjectName("tool_rail")
        self.setAccessibleName(self.tr("Tools"))
        self.setFixedWidth(WIDTH)
        self._tools: Tools | None = None
        self._buttons: dict[Tool, ToolButton] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 8, 8, 8)
        self._column.setSpacing(0)
        self._group = QButtonGroup(self)
        for group in GROUPS:
            if self._buttons:
                self._add_divider()
            for tool in group:
                self._add(tool)
        self._column.addStretch()
        self.set_open(False)

    def attach(self, tools: Tools) -> None:
        """Show and change the current tool of `tools`."""
        self._tools = tools
        tools.tool_changed.connect(self._show_tool)
        self._show_tool()

    def show_keys(self, key_of: Callable[[str], str]) -> None:
        """Name in the tooltips the keys that tools have now, by the tools' names."""
        for tool, button in self._buttons.items():
            button.set_text(tool_name(tool), key_of(tool))

    def set_open(self, is_open: bool) -> None:
        """Say whether there is a picture to use tools on."""
        for button in self._buttons.values():
            button.setEnabled(is_open)
        self._show_tool()

    def _add(self, tool: Tool) -> None:
        button = self._buttons[tool] = ToolButton(self.theme, tool_icon(tool), tool_name(tool))
        button.setObjectName(f"tool_{tool}")
        button.clicked.connect(lambda: self._choose(tool))
        self._group.addButton(button)
        self._column.addWidget(button)

    def _add_divider(self) -> None:
        self._column.addSpacing(8)
        self._column.addWidget(Divider(self.theme, 20, 1), 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addSpacing(8)

    def _choose(self, tool: Tool) -> None:
        if self._tools is not None:
            self._tools.choose(tool)

    def _show_tool(self) -> None:
        current = self._tools.tool if self._tools else None
        self._group.setExclusive(False)
        for tool, button in self._buttons.items():
            button.setChecked(button.isEnabled() and tool == current)
        self._group.setExclusive(True)
