"""A quiet bar over the foot of the canvas: what went wrong, and perhaps a way to mend it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

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

READ_S = 10.0
"""A message that was shown for so long counts as read."""


class Told(NamedTuple):
    """A message as it is shown; `action` is the words on a button and what it does.

    `severity` is "error", "warn" or "info": its colours and icon. The words alone tell it too.
    """

    message: Message
    severity: str
    action: tuple[str, Callable[[], object]] | None


class Notice(QWidget):
    """Never modal, never in the way of the keyboard.

    A newer message lies over the one that is shown. Nothing is lost by that: what nobody can have
    read yet waits beneath, is counted, and comes back when what lies over it is closed.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._stage = parent
        self._theme = theme
        self._shown: Told | None = None
        self._since = 0.0
        self._beneath: list[Told] = []
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
        self._more = Label(theme, "", "sub", 12)
        self._more.setObjectName("notice_more")
        self._close = IconButton(theme, "cancel", self.tr("Close"))
        self._close.setObjectName("notice_close")
        self._close.clicked.connect(self._go_on)
        self._row = self._arranged()
        theme.changed.connect(self.update)
        self.hide()

    @property
    def message(self) -> Message | None:
        """What is shown, if anything is."""
        return None if self._shown is None else self._shown.message

    def tell(
        self,
        message: Message,
        severity: str = "error",
        action: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Show `message` now, over what is shown."""
        self._forget(message)
        if self._shown is not None and self.message != message and not self._is_read:
            self._beneath.append(self._shown)
        self._show(Told(message, severity, action))

    def add(
        self,
        message: Message,
        severity: str = "info",
        action: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Show `message` when nothing else is shown any more."""
        self._forget(message)
        told = Told(message, severity, action)
        if self._shown is None or self.message == message:
            self._show(told)
        else:
            self._beneath.insert(0, told)
            self._show_count()

    def withdraw(self, message: Message | None) -> None:
        """Take a message back that is true no more, shown or not."""
        self._forget(message)
        if self._shown is not None and self.message == message:
            self._go_on()
        else:
            self._show_count()

    def make_way(self) -> None:
        """Something else begins: what can have been read by now goes."""
        if self._shown is not None and self._is_read:
            self._go_on()

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
        severity = self._shown.severity if self._shown is not None else "info"
        info = severity == "info"
        ground = "raised" if info else f"{severity}_ground"
        box(painter, QRectF(self.rect()), RADIUS, fill=color(ground), edge=color("edge"))
        name = {"error": "error", "warn": "warning"}.get(severity, "info")
        token = "sub" if info else severity
        icon = self._theme.icons.pixmap(name, token, ICON, self.devicePixelRatioF())
        painter.drawPixmap(16, 10, icon)

    @property
    def _is_read(self) -> bool:
        return time.monotonic() - self._since >= READ_S

    def _forget(self, message: Message | None) -> None:
        self._beneath = [told for told in self._beneath if told.message != message]

    def _show(self, told: Told) -> None:
        message, severity, action = told
        self._shown, self._since = told, time.monotonic()
        self._title.setText(message.title)
        self._title.set_token("text" if severity == "info" else severity)
        self._text.setText(message.text)
        self._text.setVisible(bool(message.text))
        self._action.setText(action[0] if action else "")
        self._action.setAccessibleName(self._action.text())
        self._action.setVisible(action is not None)
        self.show()
        self._show_count()
        self.raise_()
        self.update()  # another severity wears other colours

    def _show_count(self) -> None:
        """How many messages wait beneath this one."""
        if self._shown is None:
            return
        count = len(self._beneath)
        self._more.setText(self.tr("{count} more").format(count=count) if count else "")
        self._more.setVisible(count > 0)
        title, text = self._shown.message.title, self._shown.message.text
        self.setAccessibleName(f"{title}. {text} {self._more.text()}".rstrip())
        self.place()

    def _go_on(self) -> None:
        """Show what lies beneath, or nothing."""
        if self._beneath:
            self._show(self._beneath.pop())
        else:
            self._shown = None
            self.hide()

    def _do(self) -> None:
        told = self._shown
        self._go_on()
        if told is not None and told.action is not None:
            told.action[1]()

    def _arranged(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._text)
        row = QHBoxLayout(self)
        row.setContentsMargins(16 + ICON + 8, 10, 8, 10)
        row.setSpacing(12)
        row.addLayout(words, 1)
        row.addWidget(self._action, 0, Qt.AlignmentFlag.AlignVCenter)
        self._more.setFixedHeight(self._close.sizeHint().height())  # in a line with the cross
        row.addWidget(self._more, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        return row
