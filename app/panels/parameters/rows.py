"""A row of the panel: dot, label, editor, and the lines that may stand under it."""

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.contract.fields import Field
from app.look.buttons import Button
from app.look.paint import box, ring
from app.look.text import Label
from app.look.theme import Theme
from app.panels.parameters.wording import help_of, title_of, value_text

GUTTER = 16
LABEL = 96
HEIGHT = 32
DOT = 6
ICON = 16


class ResetDot(Button):
    """Shows that a value is off its default; a click brings the default back."""

    def __init__(self, theme: Theme, field: Field, parent: QWidget) -> None:
        super().__init__(theme, parent=parent)
        self.setFixedSize(GUTTER, HEIGHT)
        self.setObjectName(f"{field.name}_reset")
        default = value_text(field, field.default)
        self.setToolTip(self.tr("Reset to {value}").format(value=default))
        name = self.tr("Reset {field} to {value}")
        self.setAccessibleName(name.format(field=title_of(field), value=default))
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        color = self.theme.color("text" if self.is_hovered else "accent")
        dot = QRectF(GUTTER / 2 - DOT / 2, HEIGHT / 2 - DOT / 2, DOT, DOT)
        box(painter, dot, DOT / 2, fill=color)
        if self.hasFocus():
            ring(painter, dot.adjusted(-4, -4, 4, 4), self.theme.color("accent"), DOT / 2 + 4)


class Message(Label):
    """An icon and a sentence in a state's colour, under a row."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "", "hint", 12)
        self._icon = ("info", "hint")
        self.setContentsMargins(ICON + 4, 2, 0, 4)
        self.setWordWrap(True)
        self.setMinimumHeight(24)

    def show_words(self, text: str, icon: str, token: str) -> None:
        self._icon = (icon, token)
        self.set_token(token)
        self.setText(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        name, token = self._icon
        icon = self.theme.icons.pixmap(name, token, ICON, self.devicePixelRatioF())
        QPainter(self).drawPixmap(QPoint(0, 3), icon)


class Row(QWidget):
    """One field of the contract. `edited` asks for a value, `reset_asked` for the default.

    `told` says that there is a message under it now. A row shows what it is told and holds no value
    of its own.
    """

    edited = Signal(object)
    reset_asked = Signal()
    told = Signal()
    has_dot = True

    def __init__(self, theme: Theme, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.field = field
        self.title = title_of(field)
        self.dot = ResetDot(theme, field, self)
        self.dot.clicked.connect(self.reset_asked)
        self.label = Label(theme, self.title, "sub", elide=True)
        self.label.setFixedWidth(LABEL)
        self.content = QHBoxLayout()
        self.content.setSpacing(8)
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, GUTTER, 0)
        self.grid.setSpacing(0)
        self._caption: Label | None = None
        self._message: Message | None = None
        self._ignored = ""
        self._reason = ""
        self.build()
        self._explain()

    def build(self) -> None:
        """Put the parts in place; rows that need another shape do it their own way."""
        self.grid.addWidget(self.dot, 0, 0)
        self.grid.addWidget(self.label, 0, 1)
        self.grid.addLayout(self.content, 0, 2)
        self.grid.setRowMinimumHeight(0, HEIGHT)
        self.grid.setColumnMinimumWidth(1, LABEL + 8)
        self.grid.setColumnStretch(2, 1)

    def ask(self, value: object) -> None:
        """Ask for `value`."""
        self.edited.emit(value)

    def show_value(self, value: object) -> None:
        """Show `value`, without telling."""
        raise NotImplementedError

    def set_strong(self, strong: bool) -> None:
        """Show the value bold: it changed since the last run."""
        raise NotImplementedError

    def show_state(self, value: object, last: object) -> None:
        """Show `value`, its dot, and whether it is another than the `last` that ran."""
        self.show_value(value)
        self.dot.setVisible(self.has_dot and value != self.field.default)
        self.set_strong(value != last)

    def set_caption(self, text: str) -> None:
        """A quiet line under the editor."""
        if self._caption is None:
            self._caption = Label(self.theme, "", "hint", 12, elide=True)
            self._caption.setFixedHeight(20)
            self.grid.addWidget(self._caption, 1, 2, Qt.AlignmentFlag.AlignTop)
        self._caption.setText(text)
        self._caption.setToolTip(text)

    def show_message(self, text: str, icon: str = "error", token: str = "error") -> None:
        """A line under the row with what is wrong; empty takes it away."""
        if self._message is None:
            if not text:
                return
            self._message = Message(self.theme)
            self._message.setObjectName(f"{self.field.name}_message")
            self.grid.addWidget(self._message, 2, 2)
        self._message.show_words(text, icon, token)
        self._message.setVisible(bool(text))
        if text:
            self.told.emit()

    @property
    def message(self) -> str:
        """The line under the row; empty when there is none."""
        return self._message.text() if self._message else ""

    def set_reason_disabled(self, reason: str) -> None:
        """Disable the row and say why; empty enables it."""
        self._reason = reason
        for part in (self.label, *self.editors()):
            part.setEnabled(not reason)
        self._explain()

    def set_ignored(self, words: str) -> None:
        """Mark the field as one that the current service does not use; empty takes it back."""
        self._ignored = words
        self.label.set_token("hint" if words else "sub")
        self._explain()

    def editors(self) -> list[QWidget]:
        """The parts that are disabled with the row."""
        raise NotImplementedError

    def name_editor(self, editor: QWidget) -> None:
        """Let tests and screen readers find the field's editor."""
        editor.setObjectName(self.field.name)
        editor.setAccessibleName(self.title)

    def _explain(self) -> None:
        parts = [self._reason, help_of(self.field), self._ignored]
        words = "\n".join(part for part in parts if part)
        self.setToolTip(words)
        spoken = " ".join(part for part in (self._reason, self.field.help, self._ignored) if part)
        for editor in self.editors():
            editor.setAccessibleDescription(spoken)
