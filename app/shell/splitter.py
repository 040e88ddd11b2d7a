"""A splitter whose handle is the 1 px line between two parts."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle

from app.look.theme import Theme


class LineSplitter(QSplitter):
    """Qt gives so thin a handle a wider zone to grab."""

    def __init__(self, theme: Theme, orientation: Qt.Orientation, name: str) -> None:
        super().__init__(orientation)
        self.theme = theme
        self.setObjectName(name)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)

    def createHandle(self) -> QSplitterHandle:
        return _Line(self.theme, self.orientation(), self)


class _Line(QSplitterHandle):
    def __init__(self, theme: Theme, orientation: Qt.Orientation, parent: QSplitter) -> None:
        super().__init__(orientation, parent)
        self._theme = theme
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.contentsRect(), self._theme.color("line"))
