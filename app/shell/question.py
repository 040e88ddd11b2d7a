"""A question that stops nothing: words, and below them the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.look.buttons import PlainButton
from app.look.text import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import SignalInstance

    from app.look.theme import Theme


class Question(QDialog):
    """Show it with `open()`; Escape leaves everything as it is."""

    def __init__(self, theme: Theme, title: str, width: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setFixedWidth(width)
        self._theme = theme
        self._words, self._answers = QVBoxLayout(), QHBoxLayout()
        for layout in (self._words, self._answers):
            layout.setSpacing(8)
        self._answers.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(16)
        column.addLayout(self._words)
        column.addLayout(self._answers)

    def _add_words(self, text: str, token: str = "sub", weight: int = 400) -> Label:
        """Another paragraph."""
        label = Label(self._theme, text, token, 13, weight)
        label.setWordWrap(True)
        self._words.addWidget(label)
        return label

    def _add_answer(
        self, name: str, text: str, act: Callable[[], object] | SignalInstance
    ) -> PlainButton:
        """Another button, to the right of those that are there; the last one is Enter's."""
        button = PlainButton(self._theme, text)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(act)
        self._answers.addWidget(button)
        button.setDefault(True)  # now that it has a dialog, in which only one can be
        return button
