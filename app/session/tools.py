"""The tools: which one is in hand, and what each of them remembers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, cast, get_args

from PySide6.QtCore import QObject, Signal

from app.model.aids import Aids
from app.model.brush import SIZES, Brush
from app.model.selecting import MODES, Mode, Selecting
from app.model.settings import edited, remembered, state_of

if TYPE_CHECKING:
    from app.model.settings import R

PaintingTool = Literal["brush", "eraser"]
SelectingTool = Literal["lasso", "polygon", "rectangle", "ellipse", "wand", "outline", "bucket"]
Tool = Literal[PaintingTool, SelectingTool, "hand", "zoom"]

PAINTING: tuple[PaintingTool, ...] = get_args(PaintingTool)
SELECTING: tuple[SelectingTool, ...] = get_args(SelectingTool)
TOOLS: tuple[Tool, ...] = (*PAINTING, *SELECTING, "hand", "zoom")


class Tools(QObject):
    """One tool is current, and everything told here is that tool's own.

    Where it has no brush, or selects nothing, the last tool's that did stands in.
    """

    tool_changed = Signal(str)
    brush_changed = Signal(object)
    aids_changed = Signal(object)
    selecting_changed = Signal(object)
    mode_changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tool: Tool = "brush"
        self._gave_way = False  # the eraser to the brush, by a swap that can be swapped back
        self._painting: PaintingTool = "brush"
        self._selecting: SelectingTool = "lasso"
        self._brushes = dict.fromkeys(PAINTING, Brush())
        self._aids = dict.fromkeys(PAINTING, Aids())
        self._selectings = dict.fromkeys(SELECTING, Selecting())
        self._modes: dict[Tool, Mode] = dict.fromkeys(TOOLS, "add")

    @property
    def tool(self) -> Tool:
        return self._tool

    @property
    def brush(self) -> Brush:
        return self._brushes[self._painting]

    @property
    def aids(self) -> Aids:
        return self._aids[self._painting]

    @property
    def selecting(self) -> Selecting:
        return self._selectings[self._selecting]

    @property
    def mode(self) -> Mode:
        """What the tool does with the mask; a brush adds or subtracts."""
        return "subtract" if self._tool == "eraser" else self._modes[self._tool]

    @property
    def paints(self) -> bool:
        """Whether the current tool is a brush."""
        return self._tool in PAINTING

    @property
    def selects(self) -> bool:
        """Whether the current tool selects areas."""
        return self._tool in SELECTING

    @property
    def erases(self) -> bool:
        return self.mode == "subtract"

    def choose(self, tool: Tool) -> None:
        """Take a tool in hand."""
        if tool == self._tool:
            return
        before = self._told()
        self._take(tool)
        self.tool_changed.emit(tool)
        self._tell(before)

    def swap(self) -> None:
        """Change between adding and subtracting with the same tool.

        The eraser gives way to the brush, and takes its place again the next time.
        """
        if self._tool == "eraser":
            self.choose("brush")
            self._gave_way = True
        elif self._gave_way:
            self.choose("eraser")
        else:
            self.set_mode("add" if self.erases else "subtract")

    def set_mode(self, mode: Mode) -> None:
        """Have the current tool do something else with the mask; the eraser only ever erases."""
        before = self._told()
        self._gave_way = False
        self._modes[self._tool] = mode
        self._tell(before)

    def edit(self, **changes: float) -> None:
        """Change values of the current brush; each goes to the nearest that is allowed."""
        self._edit(self._brushes, self._painting, changes)

    def assist(self, **changes: object) -> None:
        """Change what helps the hand with the current brush."""
        self._edit(self._aids, self._painting, changes)

    def select(self, **changes: float) -> None:
        """Change how the current tool selects."""
        self._edit(self._selectings, self._selecting, changes)

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
        return {
            "tool": self._tool,
            "modes": dict(self._modes),
            **{tool: state_of(brush) for tool, brush in self._brushes.items()},
            "aids": {tool: state_of(aids) for tool, aids in self._aids.items()},
            **{tool: state_of(each) for tool, each in self._selectings.items()},
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go back to a remembered state; what makes no sense in it is left as it is."""
        for tool in PAINTING:
            self._brushes[tool] = remembered(self._brushes[tool], state.get(tool))
            self._aids[tool] = remembered(self._aids[tool], _part(state, "aids").get(tool))
        for each in SELECTING:
            self._selectings[each] = remembered(self._selectings[each], state.get(each))
        for any_tool in TOOLS:
            mode = _part(state, "modes").get(any_tool)
            self._modes[any_tool] = mode if mode in MODES else self._modes[any_tool]
        if state.get("tool") in TOOLS:
            self._take(cast("Tool", state["tool"]))
        self.tool_changed.emit(self._tool)
        self._tell((None,) * 4)

    def _take(self, tool: Tool) -> None:
        self._tool = tool
        self._gave_way = False
        if tool in PAINTING:
            self._painting = tool
        elif tool in SELECTING:
            self._selecting = tool

    def _edit(self, records: dict[Any, R], tool: Tool, changes: Mapping[str, object]) -> None:
        before = self._told()
        records[tool] = edited(records[tool], changes)
        self._tell(before)

    def _told(self) -> tuple[object, ...]:
        """What the signals tell about, except for the tool."""
        return self.brush, self.aids, self.selecting, self.mode

    def _tell(self, before: tuple[object, ...]) -> None:
        """Announce what is different from `before`."""
        signals = self.brush_changed, self.aids_changed, self.selecting_changed, self.mode_changed
        for signal, old, new in zip(signals, before, self._told(), strict=True):
            if old != new:
                signal.emit(new)


def _part(state: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = state.get(name)
    return part if isinstance(part, Mapping) else {}
