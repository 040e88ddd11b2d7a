"""Preferences, in pages. Every choice takes effect at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.look.buttons import PlainButton
from app.look.lines import column_in
from app.look.segments import Segments
from app.panels.bar import Divider
from app.shell.form import add_row, section
from app.shell.preferences.keys import KeysPart
from app.shell.preferences.pen import PenPart
from app.shell.preferences.results import ResultsPart
from app.shell.preferences.service import ServicePart
from app.shell.preferences.storage import StoragePart

if TYPE_CHECKING:
    from app.look.theme import Theme
    from app.session.pen import Pen
    from app.session.preferences import Preferences
    from app.session.upkeep import Upkeep
    from app.shell.keys.keymap import KeyMap
    from app.shell.naming import Naming
    from app.shell.preferences.key import Custody

WIDTH = 600
GUTTER = 24


class PreferencesDialog(QDialog):
    """Show it with `open()`; it needs no OK, as there is nothing to lose by closing it."""

    def __init__(
        self,
        theme: Theme,
        preferences: Preferences,
        naming: Naming,
        custody: Custody,
        key_map: KeyMap,
        pen: Pen,
        upkeep: Upkeep,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("preferences")
        self.setWindowTitle(self.tr("Preferences"))
        self.setFixedWidth(WIDTH)
        self._theme = theme
        self._preferences = preferences
        self._storage = StoragePart(theme, preferences, upkeep)
        self._pages = QStackedLayout()
        self._names = [
            self._add_page("general", self.tr("General"), self._general(naming, custody)),
            self._add_page(
                "keys", self.tr("Keys and wheel"), KeysPart(theme, preferences, key_map)
            ),
            self._add_page("pen", self.tr("Pen"), PenPart(theme, pen)),
            self._add_page("storage", self.tr("Storage"), self._storage),
        ]
        self._tabs = Segments(theme, self._names)
        self._tabs.name_all("pages")
        self._tabs.setAccessibleName(self.tr("Pages"))
        self._tabs.chosen.connect(self._turn)
        column = QVBoxLayout(self)
        column.setContentsMargins(GUTTER, 16, GUTTER, 16)
        column.setSpacing(16)
        column.addWidget(self._tabs)
        column.addLayout(self._pages)
        self._add_close(theme, column)
        self._turn("general")

    def open_at_key(self) -> None:
        """Open, ready for a key to be typed."""
        self._turn("general")
        self.open()
        self._service.focus_key()

    def open_at_storage(self) -> None:
        """Open where it is told what is kept."""
        self._turn("storage")
        self.open()
        self._storage.focus()

    def _add_page(self, name: str, title: str, page: QWidget) -> tuple[str, str]:
        """Put a page behind the others; what it is called."""
        page.setObjectName(f"page_{name}")
        self._pages.addWidget(page)
        return name, title

    def _turn(self, name: object) -> None:
        names = [each for each, _ in self._names]
        self._pages.setCurrentIndex(names.index(str(name)))
        self._tabs.set_current(name)

    def _general(self, naming: Naming, custody: Custody) -> QWidget:
        """What belongs to no page of its own."""
        page = QWidget()
        column = column_in(page, spacing=12)
        self._add_appearance(self._theme, column)
        self._add_line(self._theme, column)
        ResultsPart(self._theme, column, self._preferences, naming, self)
        self._add_line(self._theme, column)
        self._service = ServicePart(self._theme, column, self._preferences, custody, self)
        column.addStretch()
        return page

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
