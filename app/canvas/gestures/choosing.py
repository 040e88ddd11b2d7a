"""Which gesture a press begins with the tool in hand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from app.canvas.gestures.lasso import lasso
from app.canvas.gestures.marquee import ellipse, rectangle
from app.canvas.gestures.modes import mode_of
from app.canvas.gestures.paint import Trail, paint
from app.canvas.gestures.polygon import polygon
from app.canvas.gestures.selector import Manner, Selector
from app.canvas.gestures.wand import bucket, wand
from app.contract.hints import QT_TRANSLATE_NOOP
from app.session.wanding import Wanding

if TYPE_CHECKING:
    from app.canvas.gestures.gesture import Gesture, Pointer
    from app.canvas.viewer import Viewer
    from app.session.document import Document
    from app.session.tools import Tools
    from app.session.work import MaskWork

TITLES = {
    "lasso": QT_TRANSLATE_NOOP("Document", "Lasso"),
    "polygon": QT_TRANSLATE_NOOP("Document", "Polygon"),
    "rectangle": QT_TRANSLATE_NOOP("Document", "Rectangle"),
    "ellipse": QT_TRANSLATE_NOOP("Document", "Ellipse"),
    "outline": QT_TRANSLATE_NOOP("Document", "Smart Outline"),
    "bucket": QT_TRANSLATE_NOOP("Document", "Bucket"),
}
"""What the steps are called that the tools make."""


class Choosing:
    """Knows the gestures of all tools that change the mask."""

    def __init__(
        self, viewer: Viewer, document: Document, tools: Tools, work: MaskWork, selector: Selector
    ) -> None:
        self._viewer = viewer
        self._document = document
        self._tools = tools
        self._work = work
        self._selector = selector
        self._trail = Trail(document)
        self._wanding = Wanding(document, tools, work, viewer)

    def gesture(self, button: Qt.MouseButton, pointer: Pointer) -> Gesture | None:
        """What a press of this button means here, if it means anything."""
        tools, viewer = self._tools, self._viewer
        if tools.paints:
            subtract = button == Qt.MouseButton.RightButton
            return paint(self._document, tools, self._trail, subtract=subtract, zoom=viewer.zoom)
        mode = mode_of(pointer.keys, button, tools.mode)
        if tools.tool == "wand":
            return wand(self._wanding, tools, mode, viewer.devicePixelRatioF())
        manner = Manner(TITLES.get(tools.tool, ""), tools.selecting, mode)
        selector = self._selector
        match tools.tool:
            case "lasso":
                return lasso(selector, partial(selector.join, manner=manner))
            case "outline":
                return lasso(selector, partial(selector.snap, manner=manner))
            case "polygon":
                return polygon(selector, manner, lambda: viewer.zoom / viewer.devicePixelRatioF())
            case "rectangle":
                return rectangle(selector, manner)
            case "ellipse":
                return ellipse(selector, manner)
            case "bucket":
                return bucket(self._document, self._work, manner)
        return None
