"""A small panel below a button, gone with a click elsewhere."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.look.theme import Theme

GUTTER = 16


class Popover(QFrame):
    """What is seldom wanted; `column` takes it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._theme = theme
        # Else a click on the button that closes it would open it again.
        self.setAttribute(Qt.WidgetAttribute.WA_NoMouseReplay)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(GUTTER, 12, GUTTER, 12)
        self.column.setSpacing(4)
        theme.changed.connect(self.update)

    def open_below(self, button: QWidget) -> None:
        """Show it below `button`, within the screen."""
        self.adjustSize()
        at = button.mapToGlobal(QPoint(0, button.height() + 4))
        screen = button.screen().availableGeometry()
        at.setX(max(screen.left(), min(at.x(), screen.right() + 1 - self.width())))
        at.setY(max(screen.top(), min(at.y(), screen.bottom() + 1 - self.height())))
        self.move(at)
        self.show()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("edge"))
        painter.fillRect(self.rect().adjusted(1, 1, -1, -1), self._theme.color("chrome"))
