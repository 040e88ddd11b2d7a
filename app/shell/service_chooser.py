"""Which service jobs go to, at the right end of the menu row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QFontMetrics, QPainter
from PySide6.QtWidgets import QMenu

from app.look.buttons import GAP, SMALL_ICON, Button
from app.look.paint import box, ring

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

    from app.look.theme import Theme

DOT = 8
PADDING = 8
HEIGHT = 28


class ServiceChooser(Button):
    """A dot that tells the state by colour, the title, and the same state in words."""

    chosen = Signal(str)
    settings_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.setObjectName("service")
        self._token = "ok"
        self._state = ""
        self._title_font = theme.font(13, 500)
        self._state_font = theme.font(12)
        self._menu = QMenu(self)
        self._group = QActionGroup(self)
        self._group.triggered.connect(self._tell)
        self.setMenu(self._menu)

    def offer(self, services: Iterable[tuple[str, str]]) -> None:
        """List the services to choose from, each by id and title."""
        self._menu.clear()
        for service_id, title in services:
            action = self._menu.addAction(title)
            action.setCheckable(True)
            action.setData(service_id)
            action.setObjectName(f"service_{service_id}")
            self._group.addAction(action)
        self._menu.addSeparator()
        self._menu.addAction(self.tr("Service Settings…"), self.settings_wanted.emit)

    def show_service(self, service_id: str, title: str, state: str, token: str) -> None:
        """Show the service in use; `token` is the colour of its dot."""
        for action in self._group.actions():
            action.setChecked(action.data() == service_id)
        self._state, self._token = state, token
        self.setText(title)
        self.setAccessibleName(
            self.tr("Service: {title}, {state}").format(title=title, state=state)
        )
        self.setToolTip(self.accessibleName())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        title, state = self._widths()
        return QSize(2 * PADDING + DOT + title + state + 3 * GAP + 4 + SMALL_ICON, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        color = self.theme.color
        bounds = QRectF(self.rect())
        if ground := self.ground:
            box(painter, bounds, fill=color(ground))
        middle = self.height() / 2
        title, state = self._widths()
        box(painter, QRectF(PADDING, middle - DOT / 2, DOT, DOT), DOT / 2, fill=color(self._token))
        x = PADDING + DOT + GAP
        self._write(painter, x, title, self.text(), "text")
        x += title + GAP + 4
        self._write(painter, x, state, self._state, "warn" if self._token == "warn" else "sub")
        x += state + GAP
        chevron = self.theme.icons.pixmap(
            "chevron-down", "sub", SMALL_ICON, self.devicePixelRatioF()
        )
        painter.drawPixmap(x, round(middle - SMALL_ICON / 2), chevron)
        if self.hasFocus():
            ring(painter, bounds, color("accent"))

    def _write(self, painter: QPainter, x: int, width: int, text: str, token: str) -> None:
        painter.setFont(self._title_font if token == "text" else self._state_font)
        painter.setPen(self.theme.color(token))
        painter.drawText(QRectF(x, 0, width, self.height()), Qt.AlignmentFlag.AlignVCenter, text)

    def _widths(self) -> tuple[int, int]:
        title = QFontMetrics(self._title_font).horizontalAdvance(self.text())
        return title, QFontMetrics(self._state_font).horizontalAdvance(self._state)

    def _tell(self, action: QAction) -> None:
        self.chosen.emit(action.data())
