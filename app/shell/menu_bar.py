"""The row of menu titles, whose letters are underlined for those who hold Alt."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAction, QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenuBar, QWidget

from app.look.paint import box
from app.look.theme import Theme


class MenuBar(QMenuBar):
    """Paints its titles itself: Fusion underlines always, and a style of our own would be asked
    by every widget. Qt still does the rest; on macOS it also shows the menus elsewhere."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._alt = False
        theme.changed.connect(self.update)

    @property
    def shows_mnemonics(self) -> bool:
        """Whether the letters are underlined: Alt is held, or the keyboard is in the bar."""
        return self._alt or self.hasFocus()

    def hold_alt(self, held: bool) -> None:
        """Say whether the Alt key is down."""
        self._alt = held
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("chrome"))
        for action in self.actions():
            self._paint_title(painter, action)

    def _paint_title(self, painter: QPainter, action: QAction) -> None:
        color = self._theme.color
        place = self.actionGeometry(action)
        menu = action.menu()
        if isinstance(menu, QWidget) and menu.isVisible():
            box(painter, QRectF(place), fill=color("press"))
        elif action == self.activeAction():
            box(painter, QRectF(place), fill=color("hover"))
        painter.setPen(color("text" if action.isEnabled() else "off"))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic
        if not self.shows_mnemonics:
            flags |= Qt.TextFlag.TextHideMnemonic
        painter.drawText(place, flags, action.text())

    # The release of Alt goes to whoever has the keys then: a menu, the bar; another window, which
    # the main window hears of.

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.hold_alt(False)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.hold_alt(False)
