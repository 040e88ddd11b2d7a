"""The axes that a brush repeats its dabs beyond, while such a brush is in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

if TYPE_CHECKING:
    from app.canvas.overlay import Overlay
    from app.session.document import Document
    from app.session.tools import Tools


class Guides:
    """Shows the axes of symmetry as lines, and none with any other tool."""

    def __init__(self, document: Document, tools: Tools, lines: Overlay) -> None:
        self._document = document
        self._tools = tools
        self._lines = lines
        document.picture_changed.connect(self._show)
        tools.tool_changed.connect(self._show)
        tools.aids_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        picture, path = self._document.picture, QPainterPath()
        if picture is not None and self._tools.paints:
            for start, end in self._tools.aids.axes(picture.size):
                path.moveTo(QPointF(*start))
                path.lineTo(QPointF(*end))
        self._lines.show(path)
