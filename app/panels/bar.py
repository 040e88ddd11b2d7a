"""A bar of the frame: the chrome's ground with one line along an edge."""

from typing import Literal

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.look.theme import Theme

Edge = Literal["top", "right", "bottom", "left"]


class Bar(QWidget):
    """Paints its line itself, as a 1 px pen or a style border would blur on scaled screens."""

    def __init__(self, theme: Theme, edge: Edge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._edge = edge
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = self.rect()
        painter.fillRect(area, self.theme.color("chrome"))
        match self._edge:
            case "top":
                area.setBottom(area.top())
            case "right":
                area.setLeft(area.right())
            case "bottom":
                area.setTop(area.bottom())
            case "left":
                area.setRight(area.left())
        painter.fillRect(area, self.theme.color("line"))


class Divider(QWidget):
    """A short line between groups of a bar."""

    def __init__(
        self, theme: Theme, width: int, height: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedSize(width, height)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.color("line"))
