"""The parts that dialogs are laid out with."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.look.frames import HEIGHT, FieldFrame
from app.look.text import Label
from app.look.theme import Theme

LABEL_WIDTH = 112
NOTE_LINE = 16


class Line(FieldFrame):
    """A framed line of text; `edit` is the editor itself."""

    def __init__(self, theme: Theme, name: str, title: str) -> None:
        super().__init__(theme)
        self.edit = QLineEdit()
        self.edit.setObjectName(name)
        self.edit.setAccessibleName(title)
        self.edit.setFrame(False)
        self.setFixedHeight(HEIGHT)
        self.hold(self.edit)


class Note(Label):
    """Lines under a field whose room is there from the start, so that words move nothing."""

    def __init__(self, theme: Theme, name: str, lines: int = 2) -> None:
        super().__init__(theme, "", "sub", 12)
        self.setObjectName(name)
        self.setWordWrap(True)
        self.setFixedHeight(lines * NOTE_LINE + 4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)

    def tell(self, text: str, token: str = "sub") -> None:
        """Show `text`; a failure comes in the token "error"."""
        self.set_token(token)
        self.setText(text)
        self.setAccessibleName(text)


def section(theme: Theme, column: QVBoxLayout, title: str) -> QFormLayout:
    """Start a titled part of a dialog."""
    column.addWidget(Label(theme, title, "text", 13, 600))
    form = QFormLayout()
    form.setHorizontalSpacing(8)
    form.setVerticalSpacing(4)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    column.addLayout(form)
    return form


def add_row(theme: Theme, form: QFormLayout, title: str, field: QWidget | QLayout) -> None:
    """A field with its label, which names it for screen readers too."""
    label: QLabel = Label(theme, title, "sub")
    label.setFixedSize(LABEL_WIDTH, HEIGHT)
    if isinstance(field, QWidget):
        label.setBuddy(field)
        form.addRow(label, field)
    else:
        form.addRow(label, field)


def side_by_side(*widgets: QWidget) -> QHBoxLayout:
    """Widgets in a row, the first one as wide as it can be."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for index, widget in enumerate(widgets):
        row.addWidget(widget, 0 if index else 1)
    return row
