"""The body of a failure card: its words with the ways out, or a question that one of them asks."""

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextLayout,
)
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.look.buttons import PlainButton
from app.look.lines import column_in
from app.look.popover import Popover
from app.look.text import Label
from app.look.theme import Theme

_LINES = 2
_LINE = 16
_WHOLE = 360


class Page(QWidget):
    """Something to read or to fill in, over a row of buttons; Escape leaves it."""

    left = Signal()
    agreed = Signal()
    given = Signal(str)

    def __init__(self, body: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addStretch(1)
        column = column_in(self, body)
        column.addSpacing(18)
        column.addLayout(self._row)
        column.addStretch(1)

    def add_button(self, theme: Theme, text: str, name: str) -> PlainButton:
        """One more button, after those that are there."""
        button = PlainButton(theme, text, parent=self)
        button.setObjectName(name)
        self._row.insertWidget(self._row.count() - 1, button)
        return button

    def begin(self) -> None:
        """Take the keyboard: to what is to be filled in, else to the way back."""
        self.take_keys("failure_id" if self.findChild(QLineEdit) else "failure_back")

    def take_keys(self, name: str) -> None:
        """Put the keyboard at the part called `name`, if it is there."""
        part = self.findChild(QWidget, name)
        if isinstance(part, QWidget):
            part.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def consent_page(theme: Theme, parent: QWidget) -> Page:
    """Asks for the consent without which nothing is sent twice."""
    words = parent.tr(
        "The first one may have arrived. If it did, this job is made and charged twice."
    )
    page = Page(TwoLines(theme, words), parent)
    page.add_button(theme, parent.tr("Send"), "failure_send").clicked.connect(page.agreed)
    _add_back(page, theme, parent)
    return page


def task_id_page(theme: Theme, parent: QWidget) -> Page:
    """Asks for the id that the service's own pages show of a task."""
    line = QLineEdit()
    line.setObjectName("failure_id")
    line.setPlaceholderText(parent.tr("Task ID, as the service's website shows it"))
    line.setAccessibleName(line.placeholderText())
    line.setFixedHeight(_LINES * _LINE)
    page = Page(line, parent)
    collect = page.add_button(theme, parent.tr("Fetch"), "failure_fetch")

    def give() -> None:
        if line.text().strip():
            page.given.emit(line.text().strip())
        else:
            line.setFocus(Qt.FocusReason.OtherFocusReason)

    collect.clicked.connect(give)
    line.returnPressed.connect(give)
    _add_back(page, theme, parent)
    return page


def _add_back(page: Page, theme: Theme, parent: QWidget) -> None:
    page.add_button(theme, parent.tr("Back"), "failure_back").clicked.connect(page.left)


def whole_text(theme: Theme, title: str, text: str, parent: QWidget) -> Popover:
    """Everything that a card says, for a card that is too small for it."""
    popover = Popover(theme, parent)
    popover.setObjectName("failure_whole")
    popover.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for words, weight in ((title, 600), (text, 400)):
        label = Label(theme, words, "text", 13, weight)
        label.setWordWrap(True)
        label.setFixedWidth(_WHOLE)
        popover.column.addWidget(label)
    return popover


class TwoLines(Label):
    """Two lines of plain text, the second one elided where the text goes on.

    A click on a text that goes on wants the `whole_wanted`.
    """

    whole_wanted = Signal()

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, text, px=12, parent=parent)
        self.setFixedHeight(_LINES * _LINE)
        self.setMinimumWidth(1)

    @property
    def is_cut(self) -> bool:
        """Whether the text goes on."""
        return "".join(self.lines()) != self.text()

    def enterEvent(self, event: QEnterEvent) -> None:
        shape = Qt.CursorShape.PointingHandCursor if self.is_cut else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        super().enterEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.is_cut and event.button() is Qt.MouseButton.LeftButton:
            self.whole_wanted.emit()
        else:
            super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.theme.color("text"))
        ascent = self.fontMetrics().ascent()
        for number, line in enumerate(self.lines()):
            painter.drawText(QPointF(0, number * _LINE + ascent), line)

    def lines(self) -> list[str]:
        """The text as it is broken; all that is left is in the last line, elided."""
        text = self.text()
        layout = QTextLayout(text, self.font())
        layout.beginLayout()
        lines: list[str] = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self.width())
            rest = text[line.textStart() :]
            if len(lines) == _LINES - 1:
                elide = Qt.TextElideMode.ElideRight
                lines.append(self.fontMetrics().elidedText(rest, elide, self.width()))
                break
            lines.append(rest[: line.textLength()])
        layout.endLayout()
        return lines
