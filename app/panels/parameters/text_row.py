"""A prompt: its label and counter above, the text below."""

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.contract.fields import Field
from app.look.text import Label, PromptEdit
from app.look.theme import Theme
from app.panels.parameters.rows import GUTTER, HEIGHT, Row


class TextRow(Row):
    """Takes any length; the counter tells when it is more than can be sent."""

    has_dot = False

    def __init__(
        self,
        theme: Theme,
        field: Field,
        low: int,
        high: int,
        placeholder: str,
        parent: QWidget | None = None,
    ) -> None:
        self.text = PromptEdit(theme, low, high, placeholder)
        self.counter = Label(theme, "", "hint", 12)
        super().__init__(theme, field, parent)

    def build(self) -> None:
        head = QHBoxLayout()
        self.label.setMinimumWidth(0)
        self.label.setMaximumWidth(10_000)
        head.addWidget(self.label, 1)
        head.addWidget(self.counter)
        self.grid.setContentsMargins(GUTTER, 0, GUTTER, 0)
        self.grid.addLayout(head, 0, 2)
        self.grid.setRowMinimumHeight(0, HEIGHT)
        self.grid.addWidget(self.text, 1, 2)
        self.name_editor(self.text.editor)
        self.counter.setObjectName(f"{self.field.name}_counter")
        self.text.changed.connect(self.ask)

    def editors(self) -> list[QWidget]:
        return [self.text]

    def show_value(self, value: object) -> None:
        text = str(value)
        with QSignalBlocker(self.text):
            self.text.set_text(text)
        limit = self.field.max_length
        over = limit is not None and len(text) > limit
        self.counter.setText(f"{len(text)} / {limit}")
        self.counter.set_token("error" if over else "hint")
        self.text.set_bad(over)

    def set_strong(self, strong: bool) -> None:
        """A prompt of bold words would be hard to read; it stays as it is."""
