"""The options of the current tool, above the canvas, with the operations on the mask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.look.buttons import GAP, ICON, IconButton
from app.look.sliders import SliderField
from app.look.text import Label
from app.model.brush import SIZES
from app.panels.bar import Bar, Divider

if TYPE_CHECKING:
    from app.look.theme import Theme
    from app.session.tools import Tools

HEIGHT = 48


class OptionsBar(Bar):
    """Name and sliders of the tool at the left, buttons at the right.

    The buttons do nothing by themselves: who arranges the window ties them to its actions.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "bottom", parent)
        self.setObjectName("options")
        self.setAccessibleName(self.tr("Tool options"))
        self.setFixedHeight(HEIGHT)
        self.invert = IconButton(theme, "invert", self.tr("Invert the mask"), "Ctrl+I")
        self.clear = IconButton(theme, "trash", self.tr("Clear the mask"), "Del")
        self.undo = IconButton(theme, "undo", self.tr("Undo"), "Ctrl+Z")
        self.redo = IconButton(theme, "redo", self.tr("Redo"), "Ctrl+Shift+Z")
        self._nothing = Label(theme, self.tr("No picture open"), "hint")
        self._brush = BrushOptions(theme)
        self._mask = _group(self.invert, self.clear, Divider(theme, 1, 20))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 1)
        row.setSpacing(8)
        row.addWidget(self._nothing)
        row.addWidget(self._brush)
        row.addStretch()
        row.addWidget(self._mask)
        row.addWidget(_group(self.undo, self.redo))
        for name in ("invert", "clear", "undo", "redo"):
            getattr(self, name).setObjectName(name)
        self.set_open(False)

    def attach(self, tools: Tools) -> None:
        """Show and change the current brush of `tools`."""
        self._brush.attach(tools)

    def set_open(self, is_open: bool) -> None:
        """Say whether there is a picture to work on."""
        self._nothing.setVisible(not is_open)
        self._brush.setVisible(is_open)
        self._mask.setVisible(is_open)


class BrushOptions(QWidget):
    """The current tool by name, and its brush."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tools: Tools | None = None
        self._head = _ToolName(theme)
        self._size = SliderField(theme, self.tr("Size"), "px", *SIZES, 1, curve=3)
        self._hardness = SliderField(theme, self.tr("Hardness"), "%", 0, 100, 1)
        self._opacity = SliderField(theme, self.tr("Opacity"), "%", 1, 100, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._head)
        for name, field in (
            ("brush_size", self._size),
            ("brush_hardness", self._hardness),
            ("brush_opacity", self._opacity),
        ):
            field.setObjectName(name)
            row.addWidget(field)
        self._size.value_changed.connect(self._edit_size)
        self._hardness.value_changed.connect(self._edit_hardness)
        self._opacity.value_changed.connect(self._edit_opacity)

    def attach(self, tools: Tools) -> None:
        self._tools = tools
        tools.tool_changed.connect(self._show_tool)
        tools.brush_changed.connect(self._show_brush)
        self._show_tool()

    def _show_tool(self) -> None:
        if self._tools is not None:
            self._head.show_tool(self._tools.tool)
            self._show_brush()

    def _show_brush(self) -> None:
        if self._tools is None:
            return
        brush = self._tools.brush
        for field, value in (
            (self._size, brush.size),
            (self._hardness, brush.hardness * 100),
            (self._opacity, brush.opacity * 100),
        ):
            with QSignalBlocker(field):
                field.set_value(value)

    def _edit_size(self, value: float) -> None:
        if self._tools is not None:
            self._tools.edit(size=value)

    def _edit_hardness(self, value: float) -> None:
        if self._tools is not None:
            self._tools.edit(hardness=value / 100)

    def _edit_opacity(self, value: float) -> None:
        if self._tools is not None:
            self._tools.edit(opacity=value / 100)


class _ToolName(QWidget):
    """Icon and name of the tool, as wide as the longest name so that nothing moves."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._names = {"brush": self.tr("Brush"), "eraser": self.tr("Eraser")}
        self._tool = "brush"
        metrics = QFontMetrics(theme.font(13, 600))
        widest = max(metrics.horizontalAdvance(name) for name in self._names.values())
        self.setFixedSize(ICON + GAP + widest + GAP, HEIGHT - 1)
        theme.changed.connect(self.update)

    def show_tool(self, tool: str) -> None:
        self._tool = tool
        self.setAccessibleName(self._names[tool])
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        icon = self._theme.icons.pixmap(self._tool, "text", ICON, self.devicePixelRatioF())
        painter.drawPixmap(0, (self.height() - ICON) // 2, icon)
        painter.setPen(self._theme.color("text"))
        painter.setFont(self._theme.font(13, 600))
        words = self.rect().adjusted(ICON + GAP, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._names[self._tool])


def _group(*widgets: QWidget) -> QWidget:
    group = QWidget()
    row = QHBoxLayout(group)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    return group
