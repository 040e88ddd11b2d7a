"""The question when another program has changed the file that is saved to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.look.buttons import PlainButton
from app.look.text import Label

if TYPE_CHECKING:
    from app.look.theme import Theme

WIDTH = 440


class ChangedDialog(QDialog):
    """Show it with `open()`. Enter keeps both, Escape leaves everything as it is."""

    both_wanted = Signal()
    overwrite_wanted = Signal()

    def __init__(self, theme: Theme, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("changed_dialog")
        self.setWindowTitle(self.tr("Save"))
        title = self.tr("“{name}” was changed by another program").format(name=name)
        explained = self.tr(
            "Keep Both saves yours beside it, under another name. Overwrite puts yours in its "
            "place; the other is then called “{name}~”."
        ).format(name=name)
        self.setAccessibleName(title)
        self.setAccessibleDescription(explained)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        for text, token, weight in ((title, "text", 600), (explained, "sub", 400)):
            label = Label(theme, text, token, 13, weight)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addSpacing(8)
        column.addLayout(self._buttons(theme))
        self.setFixedWidth(WIDTH)

    def _buttons(self, theme: Theme) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for name, text, wanted in (
            ("changed_cancel", self.tr("Cancel"), None),
            ("changed_overwrite", self.tr("Overwrite"), self.overwrite_wanted),
            ("changed_both", self.tr("Keep Both"), self.both_wanted),
        ):
            button = PlainButton(theme, text)
            button.setObjectName(name)
            button.setAccessibleName(text)
            button.setAutoDefault(False)
            if wanted is not None:
                button.clicked.connect(wanted)
            button.clicked.connect(self.accept if wanted is not None else self.reject)
            row.addWidget(button)
        button.setDefault(True)
        button.setFocus()
        return row
