"""The dock at the panel's foot: Generate, why it waits, and what is under way."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.look.buttons import IconButton, PrimaryButton
from app.look.progress import ProgressBar
from app.look.text import Label
from app.look.theme import Theme
from app.panels.parameters.dock_parts import ICON, DecisionButton, Note, QueueBadge

HEIGHT = 112
GUTTER = 16


class GenerateDock(QWidget):
    """Of fixed height: nothing in it moves, whatever it shows."""

    generate_requested = Signal()
    cancel_requested = Signal()
    decision_requested = Signal()
    """The artist wants to see the job that needs a decision."""
    reason_requested = Signal()
    """The artist wants to get to what is in the way of Generate."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._reason = ""
        self._activity = ""
        self.setObjectName("generate_dock")
        self.setFixedHeight(HEIGHT)
        self.button = PrimaryButton(theme, "", "generate")
        self.button.setObjectName("generate")
        self.button.clicked.connect(self.generate_requested)
        self.badge = QueueBadge(theme)
        self._note = Note(theme)
        self._key = Label(theme, "", "hint", 12)
        self._key.setObjectName("generate_key")
        self._bar = ProgressBar(theme)
        self._figures = Label(theme, "", "sub", 12)
        self.cancel = IconButton(theme, "cancel", self.tr("Cancel the job"))
        self.cancel.setObjectName("generate_cancel")
        self.cancel.icon_size = ICON
        self.cancel.setFixedSize(20, 20)
        self.cancel.clicked.connect(self.cancel_requested)
        self.decisions = DecisionButton(theme)
        self.decisions.clicked.connect(self.decision_requested)
        for part in (self.button, self._note):
            part.installEventFilter(self)
        self._place()
        self.set_images(1)
        self.clear_progress()
        theme.changed.connect(self.update)

    def show_keys(self, key_of: Callable[[str], str]) -> None:
        """Show the keys that actions have now, by the actions' names."""
        self._key.setText(key_of("generate"))
        self.cancel.set_text(self.tr("Cancel the job"), key_of("cancel"))

    def set_images(self, count: int) -> None:
        """Name the number of pictures that Generate would make."""
        one, more = self.tr("Generate %n image", "", 1), self.tr("Generate %n images", "", count)
        self.button.setText(one if count == 1 else more)
        self.button.setAccessibleName(self.button.text())

    def set_reason(self, text: str) -> None:
        """Disable Generate and say why; empty enables it."""
        self._reason = text
        self.button.setEnabled(not text)
        self.button.setToolTip(text)
        self.button.setAccessibleDescription(text)
        self._show_note()

    def set_running(self, count: int) -> None:
        """Show how many jobs are under way."""
        self.badge.set_count(count)

    def set_decisions(self, count: int) -> None:
        """Show how many jobs wait for the artist's decision."""
        self.decisions.set_count(count)
        self._show_note()

    def show_progress(self, text: str, fraction: float | None, elapsed_s: float) -> None:
        """Show what the running job does: words, how far (None = nobody knows) and since when."""
        self._activity = text
        self._bar.set_fraction(fraction)
        time = f"{int(elapsed_s) // 60}:{int(elapsed_s) % 60:02d}"
        figures = time if fraction is None else f"{round(fraction * 100)} % · {time}"
        self._figures.setText(figures)
        self._bar.setAccessibleName(f"{text} {figures}")
        self._set_busy(True)

    def clear_progress(self) -> None:
        """No job is under way."""
        self._activity = ""
        self._bar.set_fraction(0.0)
        self._set_busy(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Have a click on the words lead on, and one on the button while it is disabled."""
        if self._reason and _is_click(event):
            self.reason_requested.emit()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("chrome"))
        painter.fillRect(QRect(0, 0, self.width(), 1), self._theme.color("line"))

    def _place(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(GUTTER, 12, GUTTER, 12)
        grid.setSpacing(0)
        grid.setRowMinimumHeight(1, 8)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.button, 1)
        top.addWidget(self.badge)
        words = QHBoxLayout()
        words.setSpacing(8)
        words.addWidget(self._note, 1)
        words.addWidget(self._key)
        running = QHBoxLayout()
        running.setSpacing(4)
        self._words, self._running = words, running
        running.addWidget(self._bar, 1)
        running.addSpacing(4)
        running.addWidget(self._figures)
        running.addWidget(self.cancel)
        for row, height, layout in ((0, 40, top), (2, 20, words), (3, 20, running)):
            grid.setRowMinimumHeight(row, height)
            grid.addLayout(layout, row, 0)
        self._figures.setMinimumWidth(72)
        self._figures.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def _set_busy(self, busy: bool) -> None:
        for part in (self._bar, self._figures, self.cancel):
            part.setVisible(busy)
        # Below while there is room, else beside the words.
        row, place = (self._words, 1) if busy else (self._running, 0)
        row.insertWidget(place, self.decisions)
        self._show_note()

    def _show_note(self) -> None:
        self._note.show_words(self._reason or self._activity, "info" if self._reason else "")
        if self._reason:
            self._note.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self._note.unsetCursor()
        is_crowded = self._bar.isVisibleTo(self) and self.decisions.count > 0
        self._key.setVisible(not self._reason and not is_crowded)


def _is_click(event: QEvent) -> bool:
    if not isinstance(event, QMouseEvent) or event.button() is not Qt.MouseButton.LeftButton:
        return False
    return event.type() is QEvent.Type.MouseButtonRelease
