"""What the canvas shows before a picture is open: the job in three steps, and how to begin."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from app import resources
from app.look.buttons import PlainButton, PrimaryButton
from app.look.paint import box
from app.look.text import Label
from app.look.theme import Theme

PICTURE = QSize(208, 92)
PICTURE_RADIUS = 4
CARD_PADDING = 16
CARD_RADIUS = 8
CARD_GAP = 20
MIN_CARD_WIDTH = 160
BADGE = 20
BUTTON_HEIGHT = 36


class EmptyState(QWidget):
    """Three cards and two buttons, in the middle of the canvas's ground."""

    open_wanted = Signal()
    sample_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("empty_state")
        theme.changed.connect(self.update)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 4)
        column.setSpacing(0)
        column.addStretch(2)
        self._words = self._add_words(column)
        column.addItem(_gap())
        column.addLayout(self._make_cards())
        column.addItem(_gap())
        column.addLayout(self._make_buttons())
        column.addStretch(3)

    def show_words(self, shown: bool) -> None:
        """Show the words on top, or leave their place to what lies over it; nothing else moves."""
        for label in self._words:
            label.setVisible(shown)

    def minimumSizeHint(self) -> QSize:
        # In a small window the cards are cut; the window is never widened for them.
        return QSize(0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.color("canvas"))

    def _add_words(self, column: QVBoxLayout) -> tuple[Label, ...]:
        title = Label(self._theme, self.tr("Repaint part of a picture"), "text", 22, 600)
        title.setFixedHeight(36)
        said = Label(
            self._theme,
            self.tr("Three steps, no account needed. Prompts work once a service is connected."),
            "sub",
        )
        said.setFixedHeight(24)
        for label in (title, said):
            policy = label.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            label.setSizePolicy(policy)
            column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        return title, said

    def _make_cards(self) -> QHBoxLayout:
        steps = (
            ("open", self.tr("Open a picture"),
             self.tr("Drop a file here, paste with Ctrl+V, or choose one.")),
            ("paint", self.tr("Paint a mask"),
             self.tr("Brush over what should change. Red is repainted, nothing else is.")),
            ("generate", self.tr("Generate"),
             self.tr("The mask is refilled. Every result is saved as it arrives.")),
        )  # fmt: skip
        row = QHBoxLayout()
        row.setSpacing(CARD_GAP)
        row.addStretch(1)
        for number, (picture, title, text) in enumerate(steps, start=1):
            row.addWidget(_Card(self._theme, number, picture, title, text), 1000)
        row.addStretch(1)
        return row

    def _make_buttons(self) -> QHBoxLayout:
        open_button = PrimaryButton(self._theme, self.tr("Open picture…"), "open")
        open_button.setObjectName("open_picture")
        open_button.clicked.connect(self.open_wanted)
        sample = PlainButton(self._theme, self.tr("Try the sample picture"), "image")
        sample.setObjectName("try_sample")
        sample.clicked.connect(self.sample_wanted)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addStretch()
        for button in (open_button, sample):
            button.tall = BUTTON_HEIGHT
            button.setAccessibleName(button.text())
            row.addWidget(button)
        row.addStretch()
        return row


class _Card(QWidget):
    """One step: a picture, a number, a title and two lines."""

    def __init__(self, theme: Theme, number: int, picture: str, title: str, text: str) -> None:
        super().__init__()
        self._theme = theme
        self._picture = QPixmap(str(resources.path("steps", f"{picture}.jpg")))
        self.setMinimumWidth(MIN_CARD_WIDTH)
        self.setMaximumWidth(PICTURE.width() + 2 * CARD_PADDING)
        theme.changed.connect(self.update)
        grid = QGridLayout(self)
        top = CARD_PADDING + PICTURE.height() + 14
        grid.setContentsMargins(CARD_PADDING, top, CARD_PADDING, 20)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.addWidget(_Badge(theme, number), 0, 0)
        heading = Label(theme, title, "text", 14, 600)
        heading.setFixedHeight(24)
        grid.addWidget(heading, 0, 1)
        grid.setColumnStretch(1, 1)
        words = Label(theme, text, "sub", 12)
        words.setWordWrap(True)
        words.setAlignment(Qt.AlignmentFlag.AlignTop)
        words.setMinimumHeight(32)
        grid.addWidget(words, 1, 0, 1, 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        color = self._theme.color
        box(painter, QRectF(self.rect()), CARD_RADIUS, fill=color("chrome"), edge=color("line"))
        room = QSize(self.width() - 2 * CARD_PADDING, PICTURE.height())
        frame = QRectF(QPoint(CARD_PADDING, CARD_PADDING), room)
        shape = QPainterPath()
        shape.addRoundedRect(frame, PICTURE_RADIUS, PICTURE_RADIUS)
        painter.setClipPath(shape)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        # A narrow card shows the middle of its picture.
        part = QRectF(self._picture.rect())
        part.setWidth(part.height() * room.width() / room.height())
        part.moveCenter(QRectF(self._picture.rect()).center())
        painter.drawPixmap(frame, self._picture, part)


class _Badge(QWidget):
    """A number in a circle."""

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self._theme = theme
        self._number = number
        self.setFixedSize(BADGE, BADGE)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect())
        box(painter, area, BADGE / 2, edge=self._theme.color("edge"))
        painter.setPen(self._theme.color("sub"))
        painter.setFont(self._theme.font(12, 600))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(self._number))


def _gap() -> QSpacerItem:
    return QSpacerItem(0, 28, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Maximum)
