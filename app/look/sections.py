"""A titled part of a panel that folds."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.look.buttons import Button
from app.look.lines import column_in
from app.look.paint import ring
from app.look.theme import Theme

HEAD = 40
MARGIN = 16
CHEVRON = 16


class _Head(Button):
    """The title's line: click it to fold and unfold."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__(theme, title)
        self.note = ""
        self.setCheckable(True)
        self.setChecked(True)
        self.setFont(theme.font(13, 600))
        self.setFixedHeight(HEAD)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(120, HEAD)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self.theme
        painter.fillRect(0, 0, self.width(), 1, theme.color("line"))
        chevron = theme.icons.pixmap(
            "chevron-down" if self.isChecked() else "chevron-right",
            "text" if self.is_hovered else "sub",
            CHEVRON,
            self.devicePixelRatioF(),
        )
        painter.drawPixmap(QPoint(10, (HEAD - CHEVRON) // 2), chevron)
        room = self.rect().adjusted(32, 0, -MARGIN, 0)
        painter.setPen(theme.color("text"))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.note:
            painter.setFont(theme.font(12))
            painter.setPen(theme.color("hint"))
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(room, right, self.note)
        if self.hasFocus():
            ring(painter, QRectF(self.rect()).adjusted(4, 5, -4, -4), theme.color("accent"))


class Section(QWidget):
    """A head and a body. Add to `body`, a column."""

    folded_changed = Signal(bool)

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = _Head(theme, title)
        self.head.setAccessibleName(title)
        self.objectNameChanged.connect(lambda name: self.head.setObjectName(f"{name}_head"))
        self._content = QWidget(self)
        self.body = QVBoxLayout(self._content)
        self.body.setContentsMargins(0, 0, 0, 8)
        self.body.setSpacing(0)
        column_in(self, self.head, self._content)
        self.head.toggled.connect(self._show_body)

    @property
    def is_folded(self) -> bool:
        return not self.head.isChecked()

    def set_folded(self, folded: bool) -> None:
        """Fold or unfold; tells when that is a change."""
        self.head.setChecked(not folded)

    def set_note(self, note: str) -> None:
        """A few quiet words at the right of the title."""
        self.head.note = note
        self.head.setAccessibleDescription(note)
        self.head.update()

    def _show_body(self, unfolded: bool) -> None:
        self._content.setVisible(unfolded)
        self.folded_changed.emit(not unfolded)
