"""A quiet bar over the foot of the canvas: what went wrong, and perhaps a way to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.look.buttons import IconButton, PlainButton
from app.look.paint import box
from app.look.text import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.look.theme import Theme
    from app.shell.messages import Message

RADIUS = 8
ICON = 20
MAX_WIDTH = 640


class Notice(QWidget):
    """Never modal, never in the way of the keyboard; a newer message takes the older one's place.

    `severity` is "error", "warn" or "info": its colours and icon. The words alone tell it too.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._stage = parent
        self._theme = theme
        self._severity = "error"
        self._act: Callable[[], object] | None = None
        self.message: Message | None = None
        self.setObjectName("notice")
        self._title = Label(theme, "", "text", 13, 600)
        self._title.setObjectName("notice_title")
        self._text = Label(theme)
        self._text.setObjectName("notice_text")
        for label in (self._title, self._text):
            label.setWordWrap(True)
        self._action = PlainButton(theme, "")
        self._action.setObjectName("notice_action")
        self._action.clicked.connect(self._do)
        close = IconButton(theme, "cancel", self.tr("Close"))
        close.setObjectName("notice_close")
        close.clicked.connect(self.hide)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._text)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(16 + ICON + 8, 10, 8, 10)
        row.setSpacing(12)
        row.addLayout(words, 1)
        row.addWidget(self._action, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        theme.changed.connect(self.update)
        self.hide()

    def tell(
        self,
        message: Message,
        severity: str = "error",
        action: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Show `message`; `action` is the words on a button and what it does."""
        self._severity, self.message = severity, message
        self._title.setText(message.title)
        self._title.set_token("text" if severity == "info" else severity)
        self._text.setText(message.text)
        self._text.setVisible(bool(message.text))
        self._act = action[1] if action else None
        self._action.setText(action[0] if action else "")
        self._action.setAccessibleName(self._action.text())
        self._action.setVisible(action is not None)
        self.setAccessibleName(f"{message.title}. {message.text}")
        self.show()
        self.place()
        self.raise_()
        self.update()  # another severity wears other colours

    def place(self) -> None:
        """Lie over the foot of the parent, in its middle."""
        room = self._stage.rect().adjusted(16, 16, -16, -16)
        width = min(MAX_WIDTH, room.width())
        self._row.activate()
        height = max(self.heightForWidth(width), self.minimumSizeHint().height())
        left = room.left() + (room.width() - width) // 2
        self.setGeometry(left, room.bottom() + 1 - height, width, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        color = self._theme.color
        info = self._severity == "info"
        ground = "raised" if info else f"{self._severity}_ground"
        box(painter, QRectF(self.rect()), RADIUS, fill=color(ground), edge=color("edge"))
        name = {"error": "error", "warn": "warning"}.get(self._severity, "info")
        token = "sub" if info else self._severity
        icon = self._theme.icons.pixmap(name, token, ICON, self.devicePixelRatioF())
        painter.drawPixmap(16, 10, icon)

    def _do(self) -> None:
        self.hide()
        if self._act is not None:
            self._act()
