"""The pixel under the pointer, told without keeping up with every move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontMetrics

from app.look.text import Label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.look.theme import Theme

SAMPLE = "88888, 88888"
PACE_MS = 80
"""Painting a second widget with each move of a hand would cost as much as the stroke does, and
nobody reads faster."""


class Position(Label):
    """Shows the first place of a pointer at once, and then where it is now and again."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", "sub", 12, parent=parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumWidth(QFontMetrics(self.font()).horizontalAdvance(SAMPLE))
        self._now: tuple[int, int] | None = None
        self._pace = QTimer(self, singleShot=True, interval=PACE_MS)
        self._pace.timeout.connect(self._show)

    def tell(self, position: tuple[int, int] | None) -> None:
        """The pointer is at this pixel, or at none; the room stays then."""
        self._now = position
        if not self._pace.isActive():
            self._show()

    def _show(self) -> None:
        text = "" if self._now is None else f"{self._now[0]}, {self._now[1]}"
        if text != self.text():
            self.setText(text)
            self._pace.start()
