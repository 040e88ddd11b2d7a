"""The current tool by icon and name, at the head of its options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.look.buttons import GAP, ICON
from app.panels.tool_names import tool_icon, tool_name
from app.session.tools import PAINTING, SELECTING

if TYPE_CHECKING:
    from app.look.theme import Theme
    from app.panels.options.fields import Room
    from app.session.tools import Tool

HEIGHT = 47


class ToolName(QWidget):
    """As wide as the longest name of its kind, so that little moves; in a short bar the icon."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._tool: Tool = "brush"
        self._is_short = False
        metrics = QFontMetrics(theme.font(13, 600))
        self._widths = {
            tool: max(metrics.horizontalAdvance(tool_name(each)) for each in kind)
            for kind in (PAINTING, SELECTING, ("hand", "zoom"))
            for tool in kind
        }
        self._fit()
        theme.changed.connect(self.update)

    def show_tool(self, tool: Tool) -> None:
        self._tool = tool
        self.setAccessibleName(tool_name(tool))
        self.setToolTip(tool_name(tool))
        self._fit()
        self.update()

    def set_room(self, room: Room) -> None:
        """Leave the name out where there is no room."""
        self._is_short = room == "short"
        self._fit()

    def _fit(self) -> None:
        words = 0 if self._is_short else GAP + self._widths[self._tool] + GAP
        self.setFixedSize(ICON + words, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        icon = tool_icon(self._tool)
        pixmap = self._theme.icons.pixmap(icon, "text", ICON, self.devicePixelRatioF())
        painter.drawPixmap(0, (self.height() - ICON) // 2, pixmap)
        if not self._is_short:
            painter.setFont(self._theme.font(13, 600))
            painter.setPen(self._theme.color("text"))
            room = self.rect().adjusted(ICON + GAP, 0, 0, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, tool_name(self._tool))
