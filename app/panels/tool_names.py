"""What tools are called and which icon stands for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.contract.hints import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.session.tools import Tool

_NAMES: Mapping[Tool, str] = {
    "brush": QT_TRANSLATE_NOOP("Tools", "Brush"),
    "eraser": QT_TRANSLATE_NOOP("Tools", "Eraser"),
    "lasso": QT_TRANSLATE_NOOP("Tools", "Lasso"),
    "polygon": QT_TRANSLATE_NOOP("Tools", "Polygon"),
    "rectangle": QT_TRANSLATE_NOOP("Tools", "Rectangle"),
    "ellipse": QT_TRANSLATE_NOOP("Tools", "Ellipse"),
    "wand": QT_TRANSLATE_NOOP("Tools", "Magic Wand"),
    "outline": QT_TRANSLATE_NOOP("Tools", "Smart Outline"),
    "bucket": QT_TRANSLATE_NOOP("Tools", "Bucket"),
    "hand": QT_TRANSLATE_NOOP("Tools", "Hand"),
    "zoom": QT_TRANSLATE_NOOP("Tools", "Zoom"),
}
_ICONS: Mapping[Tool, str] = {"outline": "smart-outline"}


def tool_name(tool: Tool) -> str:
    """The tool's name in the language of the program."""
    return QCoreApplication.translate("Tools", _NAMES[tool])


def tool_icon(tool: Tool) -> str:
    """The name of the tool's icon."""
    return _ICONS.get(tool, tool)
