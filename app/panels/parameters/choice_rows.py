"""Choices: segments where they are few, a combo box where they are many, a check box for one."""

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from app.contract.fields import Field
from app.look.check_box import CheckBox
from app.look.combo import Combo
from app.look.segments import Segments
from app.look.theme import Theme
from app.panels.parameters.rows import Row
from app.panels.parameters.wording import choice_text, switch_words

FEW = 3


def choice_row(theme: Theme, field: Field) -> Row:
    """The row that suits the number of the field's choices."""
    if field.kind == "choice":
        if len(field.choices) > FEW:
            return ComboRow(theme, field)
        return SegmentsRow(theme, field, [choice_text(choice) for choice in field.choices])
    words = switch_words(field)
    if len(words) == len(field.choices):
        return SegmentsRow(theme, field, words)
    return CheckRow(theme, field, words[0])


class SegmentsRow(Row):
    """All choices side by side."""

    def __init__(
        self,
        theme: Theme,
        field: Field,
        words: list[str] | tuple[str, ...],
        parent: QWidget | None = None,
    ) -> None:
        self.segments = Segments(theme, list(zip(field.choices, words, strict=True)))
        super().__init__(theme, field, parent)

    def build(self) -> None:
        super().build()
        self.name_editor(self.segments)
        for choice, button in zip(self.field.choices, self.segments.buttons, strict=True):
            button.setObjectName(f"{self.field.name}.{choice}")
        self.segments.chosen.connect(self.ask)
        self.content.addWidget(self.segments, 1)

    def editors(self) -> list[QWidget]:
        return [self.segments]

    def show_value(self, value: object) -> None:
        self.segments.set_current(value)

    def set_strong(self, strong: bool) -> None:
        self.segments.set_strong(strong)


class ComboRow(Row):
    """A list that drops down."""

    def __init__(self, theme: Theme, field: Field, parent: QWidget | None = None) -> None:
        self.combo = Combo(theme)
        super().__init__(theme, field, parent)

    def build(self) -> None:
        super().build()
        self.name_editor(self.combo)
        for choice in self.field.choices:
            self.combo.addItem(choice_text(choice), choice)
        self.combo.currentIndexChanged.connect(self._ask)
        self.content.addWidget(self.combo, 1)

    def editors(self) -> list[QWidget]:
        return [self.combo]

    def show_value(self, value: object) -> None:
        with QSignalBlocker(self.combo):
            self.combo.setCurrentIndex(self.combo.findData(value))
        self.combo.update()

    def set_strong(self, strong: bool) -> None:
        self.combo.set_strong(strong)

    def _ask(self, index: int) -> None:
        self.edited.emit(self.combo.itemData(index))


class CheckRow(Row):
    """Yes or no, 1 or 0 on the wire."""

    def __init__(
        self, theme: Theme, field: Field, words: str, parent: QWidget | None = None
    ) -> None:
        self.check = CheckBox(theme, words)
        super().__init__(theme, field, parent)

    def build(self) -> None:
        super().build()
        self.name_editor(self.check)
        self.check.toggled.connect(self._ask)
        self.content.addWidget(self.check, 1)

    def editors(self) -> list[QWidget]:
        return [self.check]

    def show_value(self, value: object) -> None:
        with QSignalBlocker(self.check):
            self.check.setChecked(bool(value))

    def set_strong(self, strong: bool) -> None:
        self.check.setFont(self.theme.font(13, 600 if strong else 400))

    def _ask(self, checked: bool) -> None:
        self.edited.emit(int(checked))
