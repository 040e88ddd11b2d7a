"""The strip's header: its title, the selected job, and what can be done with the selection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.look.buttons import Button, IconButton, PlainButton
from app.look.text import Label
from app.panels.results import metrics

if TYPE_CHECKING:
    from app.look.theme import Theme


class StripHeader(QWidget):
    """Actions are gone while there are no results, and off with a reason without a selection."""

    save_requested = Signal()
    reveal_requested = Signal()
    copy_requested = Signal()
    use_requested = Signal()
    fold_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(metrics.HEADER)
        self._title = Label(theme, self.tr("Results"), weight=600, parent=self)
        self._summary = Label(theme, "", "sub", 12, elide=True, parent=self)
        self._summary.setObjectName("results_summary")
        self._save = IconButton(theme, "save", "", parent=self)
        self._reveal = IconButton(theme, "folder", "", parent=self)
        self._copy = IconButton(theme, "copy", "", parent=self)
        self._use = PlainButton(theme, self.tr("Use as picture"), "check", parent=self)
        self._fold = IconButton(theme, "chevron-down", "", parent=self)
        self._actions: dict[Button, tuple[str, str]] = {
            self._save: ("result_save_as", self.tr("Save as…")),
            self._reveal: ("result_reveal", self.tr("Show in folder")),
            self._copy: ("result_copy", self.tr("Copy picture")),
            self._use: ("result_use", self.tr("Use as picture")),
        }
        for button, (name, text) in self._actions.items():
            button.setObjectName(name)
            button.setAccessibleName(text)
        self._fold.setObjectName("results_fold")
        self._arrange()
        self._save.clicked.connect(self.save_requested)
        self._reveal.clicked.connect(self.reveal_requested)
        self._copy.clicked.connect(self.copy_requested)
        self._use.clicked.connect(self.use_requested)
        self._fold.clicked.connect(self.fold_requested)
        self.show_selection("", is_selected=False)
        self.show_actions(False)
        self.show_folded(False)

    def show_selection(self, summary: str, *, is_selected: bool) -> None:
        """Tell about the job of the selected result, and let actions act on it."""
        self._summary.setText(summary)
        reason = self.tr("select a result first")
        for button, (_, text) in self._actions.items():
            button.setEnabled(is_selected)
            button.setToolTip(text if is_selected else f"{text} – {reason}")
            button.setStatusTip("" if is_selected else f"{text} – {reason}")

    def show_actions(self, has_results: bool) -> None:
        """Offer the actions once there is something to act on."""
        for button in self._actions:
            button.setVisible(has_results)

    def show_folded(self, folded: bool) -> None:
        """Offer the way to the other state."""
        self._fold.set_icon("chevron-up" if folded else "chevron-down")
        self._fold.set_text(self.tr("Show results") if folded else self.tr("Fold results"))

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(metrics.MARGIN, 0, 12, 0)
        row.setSpacing(4)
        row.addWidget(self._title)
        row.addSpacing(8)
        row.addWidget(self._summary, 1)
        for button in (self._save, self._reveal, self._copy):
            row.addWidget(button)
        row.addSpacing(8)
        row.addWidget(self._use)
        row.addSpacing(4)
        row.addWidget(self._fold)
