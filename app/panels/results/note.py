"""What the strip says before there are results."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from app.look.theme import Theme


_ICON = 24
_LINE = 20
_PITCH = 22


class EmptyNote(QWidget):
    """Where results will appear, and where their files go."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines: tuple[str, str] = ("", "")
        self.set_folder("")
        theme.changed.connect(self.update)

    @property
    def lines(self) -> tuple[str, str]:
        return self._lines

    def set_folder(self, folder: str) -> None:
        """Name the folder that results are saved in."""
        if folder:
            saved = self.tr("Each one is saved in {folder} before it is shown.")
            saved = saved.format(folder=_from_home(folder))
        else:
            saved = self.tr("Each one is saved before it is shown.")
        self._lines = (self.tr("Results appear here, one thumbnail per image."), saved)
        self.setAccessibleName(" ".join(self._lines))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        top = (self.height() - 82) // 2 + 1
        icon = theme.icons.pixmap("image", "hint", _ICON, self.devicePixelRatioF())
        painter.drawPixmap((self.width() - _ICON) // 2, top, icon)
        for number, (text, px) in enumerate(zip(self._lines, (13, 12), strict=True)):
            painter.setFont(theme.font(px))
            painter.setPen(theme.color("sub" if number == 0 else "hint"))
            rect = QRect(16, top + 32 + number * _PITCH, self.width() - 32, _LINE)
            middle = Qt.TextElideMode.ElideMiddle
            shown = painter.fontMetrics().elidedText(text, middle, rect.width())
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, shown)


def _from_home(folder: str) -> str:
    """A folder as one speaks of it: without the way to one's own home."""
    path = Path(folder)
    return str(path.relative_to(Path.home())) if path.is_relative_to(Path.home()) else folder
