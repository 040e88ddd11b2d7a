"""The current tool by name, with the sliders of its brush."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.look.buttons import GAP, ICON
from app.look.sliders import SliderField
from app.model.brush import SIZES

if TYPE_CHECKING:
    from app.look.theme import Theme
    from app.session.tools import Tools

HEIGHT = 47


class BrushOptions(QWidget):
    """The current tool by name, and its brush."""

    def __init__(self, theme: Theme, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tools = tools
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
        tools.tool_changed.connect(self._show_tool)
        tools.brush_changed.connect(self._show_brush)
        self._show_tool()

    def _show_tool(self) -> None:
        self._head.show_tool(self._tools.tool)
        self._show_brush()

    def _show_brush(self) -> None:
        brush = self._tools.brush
        for field, value in (
            (self._size, brush.size),
            (self._hardness, brush.hardness * 100),
            (self._opacity, brush.opacity * 100),
        ):
            with QSignalBlocker(field):
                field.set_value(value)

    def _edit_size(self, value: float) -> None:
        self._tools.edit(size=value)

    def _edit_hardness(self, value: float) -> None:
        self._tools.edit(hardness=value / 100)

    def _edit_opacity(self, value: float) -> None:
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
        self.setFixedSize(ICON + GAP + widest + GAP, HEIGHT)
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
