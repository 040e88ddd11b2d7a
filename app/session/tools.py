"""The tools: which one is in hand, and the brush that each of them remembers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any, Literal, get_args

from PySide6.QtCore import QObject, Signal

from app.model.brush import RANGES, SIZES, Brush

Tool = Literal["brush", "eraser"]
TOOLS: tuple[Tool, ...] = get_args(Tool)


class Tools(QObject):
    """One tool is current; `brush` is the current tool's own."""

    tool_changed = Signal(str)
    brush_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tool: Tool = "brush"
        self._brushes: dict[Tool, Brush] = dict.fromkeys(TOOLS, Brush())

    @property
    def tool(self) -> Tool:
        return self._tool

    @property
    def brush(self) -> Brush:
        return self._brushes[self._tool]

    @property
    def erases(self) -> bool:
        return self._tool == "eraser"

    def choose(self, tool: Tool) -> None:
        """Take a tool in hand."""
        if tool == self._tool:
            return
        before, self._tool = self.brush, tool
        self.tool_changed.emit(tool)
        if self.brush != before:
            self.brush_changed.emit(self.brush)

    def swap(self) -> None:
        """Change between painting and erasing."""
        self.choose("brush" if self.erases else "eraser")

    def edit(self, **changes: float) -> None:
        """Change values of the current brush; each goes to the nearest that is allowed."""
        allowed = {
            name: min(max(float(value), RANGES[name][0]), RANGES[name][1])
            for name, value in changes.items()
        }
        brush = replace(self.brush, **allowed)
        if brush != self.brush:
            self._brushes[self._tool] = brush
            self.brush_changed.emit(brush)

    def grow(self, factor: float) -> None:
        """Make the current brush larger or smaller, by at least a pixel, to a whole number."""
        size = self.brush.size
        if factor > 1:
            size = max(round(size * factor), int(size) + 1)
        elif factor < 1:
            size = min(round(size * factor), -int(-size // 1) - 1)
        self.edit(size=min(max(size, SIZES[0]), SIZES[1]))

    def state(self) -> dict[str, Any]:
        """All that is worth remembering, for `restore`."""
        return {"tool": self._tool, **{tool: asdict(self._brushes[tool]) for tool in TOOLS}}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go back to a remembered state; what makes no sense in it is left as it is."""
        for tool in TOOLS:
            self._brushes[tool] = _brush(state.get(tool), self._brushes[tool])
        if state.get("tool") in TOOLS:
            self._tool = state["tool"]
        self.tool_changed.emit(self._tool)
        self.brush_changed.emit(self.brush)


def _brush(values: object, fallback: Brush) -> Brush:
    if not isinstance(values, Mapping):
        return fallback
    try:
        return Brush(**{name: float(values[name]) for name in RANGES if name in values})
    except (TypeError, ValueError):
        return fallback
