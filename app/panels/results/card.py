"""The card of a job that ended badly: what happened, what is kept, what to do."""

from html import escape

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, Qt, Signal, SignalInstance
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QTextLayout
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.look.buttons import IconButton, PlainButton
from app.look.paint import box
from app.look.text import Label
from app.look.theme import Theme
from app.panels.results import metrics
from app.panels.results.failure import Failure

_PAD = 12
_ICON = 20
_LINES = 2
_LINE = 16


class FailureCard(QWidget):
    """Icon and title in colour, two lines of text, the ways out; the tooltip has it all."""

    retry_requested = Signal()
    remove_requested = Signal()
    entered = Signal()
    """The keyboard came to one of its buttons."""

    def __init__(self, theme: Theme, failure: Failure, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._failure = failure
        self._lead = 0
        self.setAccessibleName(failure.title)
        self.setAccessibleDescription(failure.text)
        # Rich text of our own making: the service's words must not be taken for markup.
        self.setToolTip(f"<qt><b>{escape(failure.title)}</b><br>{escape(failure.text)}</qt>")
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addLayout(self._head())
        self._column.addSpacing(6)
        self._column.addWidget(TwoLines(theme, failure.text, self))
        self._column.addSpacing(18)
        self._column.addLayout(self._ways_out())
        self._column.addStretch(1)
        self.set_lead(0)

    @property
    def failure(self) -> Failure:
        return self._failure

    def set_lead(self, lead: int) -> None:
        """Leave `lead` pixels free at the left."""
        self._lead = lead
        top, right = metrics.CARD_TOP + 6, metrics.GAP + _PAD
        self._column.setContentsMargins(lead + _PAD, top, right, 0)
        self.update()

    def copy_details(self) -> None:
        """Put what a report needs on the clipboard."""
        QGuiApplication.clipboard().setText(self._failure.details)

    def menu(self) -> QMenu:
        """Everything that the card offers."""
        menu = QMenu(self)
        menu.setObjectName("failure_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._failure.can_retry:
            menu.addAction(self.tr("Try again"), self.retry_requested.emit)
        menu.addAction(self.tr("Copy details"), self.copy_details)
        menu.addAction(self.tr("Remove"), self.remove_requested.emit)
        return menu

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        width = self.width() - self._lead - metrics.GAP
        rect = QRectF(self._lead, metrics.CARD_TOP, width, metrics.CARD_HEIGHT)
        ground = self._theme.color(f"{self._token}_ground")
        box(painter, rect, metrics.CARD_RADIUS, fill=ground)
        icon = "unknown" if self._failure.is_unknown else "error"
        pixmap = self._theme.icons.pixmap(icon, self._token, _ICON, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(self._lead + _PAD, metrics.CARD_TOP + 10), pixmap)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusIn:
            self.entered.emit()
        return super().eventFilter(watched, event)

    @property
    def _token(self) -> str:
        return "warn" if self._failure.is_unknown else "error"

    def _head(self) -> QHBoxLayout:
        title = Label(self._theme, self._failure.title, self._token, 13, 600, elide=True)
        title.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        more = IconButton(self._theme, "more", self.tr("More"), parent=self)
        more.setObjectName("failure_more")
        more.clicked.connect(lambda: self.menu().popup(more.mapToGlobal(more.rect().bottomLeft())))
        more.installEventFilter(self)
        row = QHBoxLayout()
        row.setContentsMargins(_ICON + 8, 0, -6, 0)
        row.addWidget(title, 1)
        row.addWidget(more)
        return row

    def _ways_out(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        if self._failure.can_retry:
            row.addWidget(self._button(self.tr("Try again"), "failure_retry", self.retry_requested))
        row.addWidget(self._button(self.tr("Remove"), "failure_remove", self.remove_requested))
        row.addStretch(1)
        return row

    def _button(self, text: str, name: str, asked: SignalInstance) -> PlainButton:
        button = PlainButton(self._theme, text, parent=self)
        button.setObjectName(name)
        button.clicked.connect(asked.emit)
        button.installEventFilter(self)
        return button


class TwoLines(Label):
    """Two lines of plain text, the second one elided where the text goes on."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, text, px=12, parent=parent)
        self.setFixedHeight(_LINES * _LINE)
        self.setMinimumWidth(1)

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
