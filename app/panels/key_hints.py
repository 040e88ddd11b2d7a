"""Keys of the current tool, drawn as key caps; those that do not fit are left out."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.look.paint import box
from app.look.theme import Theme

Hint = tuple[str, str]
"""What to press, and what it does."""

CAP_HEIGHT = 18
CAP_RADIUS = 3
CAP_PADDING = 5
LABEL_GAP = 6
HINT_GAP = 16


class KeyHints(QWidget):
    """A row of hints, from the left as far as there is room."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hints: Sequence[Hint] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    def show_hints(self, hints: Sequence[Hint]) -> None:
        """Show other keys."""
        self._hints = hints
        self.setAccessibleName(", ".join(f"{key}: {label}" for key, label in hints))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(sum(width for *_, width in self._measured()), CAP_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, CAP_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        x = 0
        for key, label, cap, width in self._measured():
            if x + width - HINT_GAP > self.width():
                break
            self._paint_hint(painter, x, key, label, cap)
            x += width

    def _measured(self) -> Iterator[tuple[str, str, int, int]]:
        """Each hint with the width of its cap, and of all of it with the gap behind."""
        caps = QFontMetrics(self._theme.font(11, 500))
        labels = QFontMetrics(self._theme.font(12))
        for key, label in self._hints:
            cap = max(CAP_HEIGHT - 2, caps.horizontalAdvance(key) + 2 * CAP_PADDING)
            yield key, label, cap, cap + LABEL_GAP + labels.horizontalAdvance(label) + HINT_GAP

    def _paint_hint(self, painter: QPainter, x: int, key: str, label: str, cap: int) -> None:
        color = self._theme.color
        frame = QRectF(x, (self.height() - CAP_HEIGHT) // 2, cap, CAP_HEIGHT)
        box(painter, frame, CAP_RADIUS, fill=color("raised"), edge=color("edge"))
        painter.setPen(color("text"))
        painter.setFont(self._theme.font(11, 500))
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, key)
        painter.setPen(color("sub"))
        painter.setFont(self._theme.font(12))
        rest = QRectF(frame.right() + LABEL_GAP, 0, self.width(), self.height())
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, label)
