"""What the dock shows beside Generate: a line of words, and how many jobs there are."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from app.look.paint import box
from app.look.text import Label
from app.look.theme import Theme

ICON = 16


class DecisionButton(QPushButton):
    """How many jobs need a decision; pressed, it leads to them. Gone when there are none."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("decisions")
        self.setFlat(True)
        self.setFixedHeight(20)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_count(0)
        theme.changed.connect(self.update)

    def set_count(self, count: int) -> None:
        """Show `count`."""
        self.count = count
        one = self.tr("1 job needs a decision")
        self.setText(one if count == 1 else self.tr("%n jobs need a decision", "", count))
        self.setAccessibleName(self.text())
        self.setVisible(count > 0)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self._theme.font(12)).horizontalAdvance(self.text())
        return QSize(ICON + 4 + width, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        icon = self._theme.icons.pixmap("unknown", "warn", ICON, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(0, (self.height() - ICON) // 2), icon)
        font = self._theme.font(12)
        font.setUnderline(self.underMouse() or self.hasFocus())
        painter.setFont(font)
        painter.setPen(self._theme.color("warn"))
        room = self.rect().adjusted(ICON + 4, 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.text())


class Note(Label):
    """One line of words, after an icon where there is one."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "", "sub", 12, elide=True)
        self._icon = ""
        self.setObjectName("generate_reason")
        self.setFixedHeight(20)

    def show_words(self, text: str, icon: str) -> None:
        """Show `text`; a pointer held over it shows the whole."""
        self._icon = icon
        self.setContentsMargins(ICON + 4 if icon else 0, 0, 0, 0)
        self.setText(text)
        self.setToolTip(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._icon:
            ratio = self.devicePixelRatioF()
            icon = self.theme.icons.pixmap(self._icon, "sub", ICON, ratio)
            QPainter(self).drawPixmap(QPoint(0, (self.height() - ICON) // 2), icon)


class QueueBadge(QWidget):
    """How many jobs are under way; its place is kept when there is none."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._count = 0
        self.setObjectName("queue_badge")
        self.setFixedSize(56, 40)
        self.set_count(0)
        theme.changed.connect(self.update)

    def set_count(self, count: int) -> None:
        """Show `count`."""
        self._count = count
        if count == 0:
            words = self.tr("No job under way")
        elif count == 1:
            words = self.tr("One job under way")
        else:
            words = self.tr("%n jobs under way", "", count)
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        color = self._theme.color
        busy = self._count > 0
        box(painter, self.rect().toRectF(), edge=color("edge" if busy else "line"))
        size = 20
        text = str(self._count) if busy else ""
        painter.setFont(self._theme.font(13, 500))
        width = size + (4 + painter.fontMetrics().horizontalAdvance(text) if text else 0)
        x = (self.width() - width) // 2
        ratio = self.devicePixelRatioF()
        token = "text" if busy else "off"
        icon = self._theme.icons.pixmap("queue", token, size, ratio)
        painter.drawPixmap(QPoint(x, (self.height() - size) // 2), icon)
        painter.setPen(color(token))
        room = QRect(x + size + 4, 0, self.width(), self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
