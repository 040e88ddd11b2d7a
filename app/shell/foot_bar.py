"""A bar over the foot of the canvas that asks something; nothing has to wait for the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.look.paint import box

if TYPE_CHECKING:
    from app.look.theme import Theme
    from app.shell.stage import Stage

RADIUS = 8
WIDTH = 720
GUTTER = 16
GAP = 8

_MOVES = {QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Move, QEvent.Type.Resize}


class FootBar(QWidget):
    """Hidden at first; it stays in its place when the stage changes its size.

    A notice that is shown has the foot; the bar lies above it then.
    """

    def __init__(self, theme: Theme, stage: Stage) -> None:
        super().__init__(stage)
        self._theme = theme
        self._stage = stage
        for watched in (stage, stage.notice):
            watched.installEventFilter(self)
        theme.changed.connect(self.update)
        self.hide()

    def place(self) -> None:
        """Lie over the foot of the stage, in its middle, as high as what is in it takes."""
        room = self._stage.rect().adjusted(GUTTER, GUTTER, -GUTTER, -GUTTER)
        width = min(max(WIDTH, self.sizeHint().width()), room.width())
        height = max(self.heightForWidth(width), self.minimumSizeHint().height())
        left = room.left() + (room.width() - width) // 2
        notice = self._stage.notice
        foot = notice.y() - GAP if notice.isVisible() else room.bottom() + 1
        self.setGeometry(left, foot - height, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES and self.isVisible():
            self.place()
        return False

    def mousePressEvent(self, event: object) -> None:
        """Take the press: below lies the canvas, where it would paint."""

    def paintEvent(self, event: QPaintEvent) -> None:
        color = self._theme.color
        box(QPainter(self), QRectF(self.rect()), RADIUS, fill=color("raised"), edge=color("edge"))
