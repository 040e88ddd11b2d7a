"""Labels in the theme's colours, and the box that prompts are written in."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QPlainTextEdit, QSizePolicy, QWidget

from app.look.frames import FieldFrame
from app.look.scroll import ThinScroll
from app.look.theme import Theme

PAD_X = 9
PAD_Y = 8


class Label(QLabel):
    """Words in a token's colour. With `elide` they end in "…" where the room does."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        token: str = "text",
        px: int = 13,
        weight: int = 400,
        *,
        elide: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.theme = theme
        self._token = token
        self._elide = elide
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(px, weight))
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        theme.changed.connect(self.update)

    def set_token(self, token: str) -> None:
        """Show the words in another colour."""
        if token != self._token:
            self._token = token
            self.update()

    @property
    def is_elided(self) -> bool:
        """Whether some of the words do not fit."""
        room = self.contentsRect().width()
        return self._elide and self.fontMetrics().horizontalAdvance(self.text()) > room

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.theme.color(self._token if self.isEnabled() else "off"))
        bounds = self.contentsRect()
        text = self.text()
        if self._elide:
            text = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, bounds.width())
        wrap = Qt.TextFlag.TextWordWrap if self.wordWrap() else Qt.TextFlag.TextSingleLine
        painter.drawText(bounds, self.alignment() | wrap, text)


class PromptEdit(FieldFrame):
    """A text of several lines that grows with its words, from `low` to `high` pixels.

    `editor` is the text edit itself. Tab leaves it, as a prompt needs no tabs.
    """

    changed = Signal(str)

    def __init__(
        self,
        theme: Theme,
        low: int = 76,
        high: int = 160,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._low = low
        self._high = high
        self.editor = QPlainTextEdit(self)
        self.editor.setFrameShape(QFrame.Shape.NoFrame)
        self.editor.setFont(theme.font())
        self.editor.setPlaceholderText(placeholder)
        self.editor.setTabChangesFocus(True)
        self.editor.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.editor.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.editor.document().setDocumentMargin(0)
        self.row.setContentsMargins(PAD_X, PAD_Y, PAD_X, PAD_Y)
        self.hold(self.editor)
        ThinScroll(theme, self.editor)
        self.setFixedHeight(low)
        self.editor.textChanged.connect(self._tell)
        self.editor.document().documentLayout().documentSizeChanged.connect(self._grow)
        # Wrapping anew in another width announces itself by the scroll range alone.
        self.editor.verticalScrollBar().rangeChanged.connect(self._grow)

    @property
    def text(self) -> str:
        return self.editor.toPlainText()

    def set_text(self, text: str) -> None:
        """Show `text`; the cursor stays where it is when the text is shown already."""
        if text != self.text:
            self.editor.setPlainText(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def _tell(self) -> None:
        self.changed.emit(self.text)

    def _grow(self) -> None:
        lines = self.editor.document().size().height()
        height = round(lines * QFontMetrics(self.editor.font()).lineSpacing()) + 2 * PAD_Y + 2
        self.setFixedHeight(max(self._low, min(self._high, height)))
