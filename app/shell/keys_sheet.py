"""All keys on one page, read from the table of actions."""

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.look.paint import box
from app.look.text import Label
from app.look.theme import Theme
from app.shell.actions import MENUS, TABLE, Entry, shown_key

COLUMNS = (("file", "edit", "view"), ("mask", "results", "help"))


class KeysSheet(QDialog):
    """Show it with `open()`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("keys_sheet")
        self.setWindowTitle(self.tr("Keys"))
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 16, 24, 24)
        row.setSpacing(40)
        gestures = (
            (self.tr("Space and drag"), self.tr("Pan")),
            (self.tr("Wheel"), self.tr("Zoom at the pointer")),
        )
        for menus in COLUMNS:
            column = QVBoxLayout()
            column.setSpacing(8)
            for menu in menus:
                rows = [(shown_key(entry.shortcuts), _title(entry)) for entry in _keyed(menu)]
                extra = gestures if menu == "view" else ()
                _add_group(theme, column, _plain(MENUS[menu]), [*rows, *extra])
            column.addStretch()
            row.addLayout(column)


class _Cap(QWidget):
    """A key cap."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__()
        self._theme = theme
        self._text = text
        self.setFont(theme.font(11, 500))
        width = self.fontMetrics().horizontalAdvance(text)
        self.setFixedSize(QSize(max(20, width + 12), 20))
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        color = self._theme.color
        box(painter, QRectF(self.rect()), 3, fill=color("raised"), edge=color("edge"))
        painter.setPen(color("text"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)


def _keyed(menu: str) -> list[Entry]:
    return [entry for entry in TABLE if entry.menu == menu and entry.shortcuts]


def _title(entry: Entry) -> str:
    return _plain(entry.text)


def _plain(text: str) -> str:
    """A menu's words without the mark of its access key."""
    return QCoreApplication.translate("Actions", text).replace("&", "").rstrip("…")


def _add_group(theme: Theme, column: QVBoxLayout, title: str, rows: list[tuple[str, str]]) -> None:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.addWidget(Label(theme, title, "text", 13, 600), 0, 0, 1, 2)
    for number, (key, words) in enumerate(rows, start=1):
        grid.addWidget(Label(theme, words, "sub"), number, 0)
        grid.addWidget(_Cap(theme, key), number, 1, Qt.AlignmentFlag.AlignRight)
    column.addLayout(grid)
