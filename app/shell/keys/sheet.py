"""All keys on one page, as they are now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.look.paint import box
from app.look.text import Label
from app.shell.action_table import TABLE
from app.shell.entries import MENUS

if TYPE_CHECKING:
    from app.look.theme import Theme
    from app.shell.keys.keymap import KeyMap

COLUMNS = (
    ("file", "edit", "results", "help"),
    ("tool", "stroke"),
    ("mask", "grow", "change", "from", "opacity"),
    ("view", "turn"),
)
Row = tuple[str, str]
"""A key and what it does."""


class KeysSheet(QDialog):
    """Show it with `open()`; it shows the keys as they are then.

    `wheel` says what the wheel does (see `PreferencesRecord.wheel`).
    """

    def __init__(
        self, theme: Theme, keys: KeyMap, wheel: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._keys = keys
        self._wheel = wheel
        self.setObjectName("keys_sheet")
        self.setWindowTitle(self.tr("Keys"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 16)
        row.setSpacing(24)
        for menus in COLUMNS:
            column = QVBoxLayout()
            column.setSpacing(8)
            for menu in menus:
                if rows := [*_rows(keys, menu), *self._gestures(menu)]:
                    _add_group(theme, column, plain(MENUS[menu].text), rows)
            column.addStretch()
            row.addLayout(column)

    def _gestures(self, menu: str) -> tuple[Row, ...]:
        """What the hand does without a key of its own."""
        match menu:
            case "edit":
                return ((self.tr("Esc"), self.tr("Take a drag back")),)
            case "view":
                scrolls = self._wheel == "photoshop"
                return (
                    (self.tr("Space drag"), self.tr("Pan")),
                    (
                        self.tr("Alt wheel") if scrolls else self.tr("Wheel"),
                        self.tr("Zoom at the pointer"),
                    ),
                    (self.tr("Ctrl wheel"), self.tr("Brush size")),
                )
            case "turn":
                return ((self.tr("R drag"), self.tr("Turn")),)
            case "stroke":
                return (
                    (self.tr("Shift click"), self.tr("Straight line")),
                    (self.tr("Alt, held"), self.tr("Erase")),
                    (self.tr("Alt, right drag"), self.tr("Size, hardness")),
                )
            case "tool":
                return (
                    (self.tr("Shift, Alt, both"), self.tr("Add, subtract, intersect")),
                    (self.tr("Right drag"), self.tr("Subtract")),
                    (self.tr("A key, held"), self.tr("Borrow its tool")),
                )
        return ()


def plain(text: str) -> str:
    """The words of a menu or an action without the mark of its access key."""
    return QCoreApplication.translate("Actions", text).replace("&", "").rstrip("…")


class _Cap(QWidget):
    """A key cap."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__()
        self._theme = theme
        self._text = text
        self.setAccessibleName(text)
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


def _rows(keys: KeyMap, menu: str) -> list[Row]:
    entries = [entry for entry in TABLE if entry.menu == menu and keys.shown(entry.id)]
    rows = [(keys.shown(entry.id), plain(entry.text)) for entry in entries]
    digits = [n for n, entry in enumerate(entries) if entry.id.startswith("opacity_")]
    if len(digits) < 2:
        return rows
    first, last = rows[digits[0]], rows[digits[-1]]
    others = [row for n, row in enumerate(rows) if n not in digits]
    return [*others, (f"{first[0]} … {last[0]}", f"{first[1]} … {last[1]}")]


def _add_group(theme: Theme, column: QVBoxLayout, title: str, rows: list[Row]) -> None:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    grid.addWidget(Label(theme, title, "text", 13, 600), 0, 0, 1, 2)
    for number, (key, words) in enumerate(rows, start=1):
        grid.addWidget(Label(theme, words, "sub"), number, 0)
        grid.addWidget(_Cap(theme, key), number, 1, Qt.AlignmentFlag.AlignRight)
    column.addLayout(grid)
