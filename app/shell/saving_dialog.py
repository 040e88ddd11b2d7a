"""The question when another program has changed the file that is saved to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from app.shell.question import Question

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.look.theme import Theme

WIDTH = 440


class ChangedDialog(Question):
    """Enter keeps both."""

    both_wanted = Signal()
    overwrite_wanted = Signal()

    def __init__(self, theme: Theme, name: str, parent: QWidget) -> None:
        super().__init__(theme, self.tr("Save"), WIDTH, parent)
        self.setObjectName("changed_dialog")
        title = self.tr("“{name}” was changed by another program").format(name=name)
        explained = self.tr(
            "Keep Both saves yours beside it, under another name. Overwrite puts yours in its "
            "place; the other is then called “{name}~”."
        ).format(name=name)
        self.setAccessibleName(title)
        self.setAccessibleDescription(explained)
        self._add_words(title, "text", 600)
        self._add_words(explained)
        self._add_answer("changed_cancel", self.tr("Cancel"), self.reject)
        overwrite, both = self.tr("Overwrite"), self.tr("Keep Both")
        for button in (
            self._add_answer("changed_overwrite", overwrite, self.overwrite_wanted),
            self._add_answer("changed_both", both, self.both_wanted),
        ):
            button.clicked.connect(self.accept)
        button.setFocus()
