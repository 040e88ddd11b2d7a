"""Preferences: appearance, results, service. Every choice takes effect at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.look.buttons import PlainButton
from app.look.choices import Segments
from app.panels.bar import Divider
from app.shell.form import add_row, section
from app.shell.preferences_results import Naming, ResultsPart
from app.shell.preferences_service import Keys, ServicePart

if TYPE_CHECKING:
    from app.look.theme import Theme
    from app.session.preferences import Preferences
    from app.session.tasks import Spawn

WIDTH = 600
GUTTER = 24


class PreferencesDialog(QDialog):
    """Show it with `open()`; it needs no OK, as there is nothing to lose by closing it."""

    keys_changed = Signal()

    def __init__(
        self,
        theme: Theme,
        preferences: Preferences,
        naming: Naming,
        keys: Keys,
        spawn: Spawn,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("preferences")
        self.setWindowTitle(self.tr("Preferences"))
        self.setFixedWidth(WIDTH)
        self._preferences = preferences
        column = QVBoxLayout(self)
        column.setContentsMargins(GUTTER, GUTTER, GUTTER, 16)
        column.setSpacing(12)
        self._add_appearance(theme, column)
        self._add_line(theme, column)
        ResultsPart(theme, column, preferences, naming, self)
        self._add_line(theme, column)
        self._service = ServicePart(theme, column, preferences, keys, spawn, self)
        self._service.keys_changed.connect(self.keys_changed)
        column.addStretch()
        self._add_close(theme, column)

    def open_at_key(self) -> None:
        """Open, ready for a key to be typed."""
        self.open()
        self._service.focus_key()

    def _add_appearance(self, theme: Theme, column: QVBoxLayout) -> None:
        choices = [
            ("system", self.tr("System")),
            ("dark", self.tr("Dark")),
            ("light", self.tr("Light")),
        ]
        segments = Segments(theme, choices)
        segments.setObjectName("theme")
        segments.setAccessibleName(self.tr("Theme"))
        segments.set_current(self._preferences.value.theme)
        segments.chosen.connect(lambda mode: self._preferences.edit(theme=mode))
        form = section(theme, column, self.tr("Appearance"))
        add_row(theme, form, self.tr("Theme"), segments)

    def _add_line(self, theme: Theme, column: QVBoxLayout) -> None:
        column.addWidget(Divider(theme, WIDTH - 2 * GUTTER, 1))

    def _add_close(self, theme: Theme, column: QVBoxLayout) -> None:
        close = PlainButton(theme, self.tr("Close"))
        close.setObjectName("close")
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(close)
        column.addLayout(row)
