"""The side panel's frame: header, scrolling form, Generate dock."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QWidget

from app.look.buttons import IconButton
from app.look.lines import column_in
from app.look.scroll import ScrollArea
from app.look.text import Label
from app.panels.parameters.generate_dock import GenerateDock

if TYPE_CHECKING:
    from collections.abc import Collection

    from app.contract.parameters import Parameters
    from app.look.theme import Theme
    from app.model.services import Service
    from app.panels.parameters.form import Form
    from app.panels.parameters.rows import Row
    from app.session.catalogue import Catalogue
    from app.session.parameters import ParameterState

NARROWEST = 320
WIDTH = 344
WIDEST = 480
HEADER = 48
GUTTER = 16


class SidePanel(QWidget):
    """Built empty at once; `fill` puts the form in later and moves nothing.

    `folded_changed` tells the names of the folded sections, to be remembered.
    """

    generate_requested = Signal()
    cancel_requested = Signal()
    folded_changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._state: ParameterState | None = None
        self.form: Form | None = None
        self.setObjectName("side_panel")
        self.setMinimumWidth(NARROWEST)
        self.setMaximumWidth(WIDEST)
        self.dock = GenerateDock(theme)
        self.dock.generate_requested.connect(self.generate_requested)
        self.dock.cancel_requested.connect(self.cancel_requested)
        self._area = ScrollArea(theme)
        self._area.setObjectName("settings")
        self._menu = QMenu(self)
        self._menu.addAction(self.tr("Reset all to defaults"), self._reset_all)
        self._more = IconButton(theme, "more", self.tr("More for the settings"))
        self._more.setObjectName("settings_more")
        self._more.clicked.connect(self._open_menu)
        self._more.setEnabled(False)
        column = column_in(self, self._header(), self._area, self.dock)
        column.setStretchFactor(self._area, 1)
        theme.changed.connect(self.update)

    def fill(
        self, state: ParameterState, catalogue: Catalogue, folded: Collection[str] = ()
    ) -> None:
        """Build the rows, and show `state` from now on."""
        # Here and not above: the contract takes long to load, and the frame is painted first.
        from app.panels.parameters.form import Form

        self._state = state
        self.form = Form(self._theme, state, catalogue, folded)
        self.form.folded_changed.connect(self.folded_changed)
        for row in self.form.rows.values():
            row.told.connect(partial(self._follow_message, row))
        self._area.setWidget(self.form)
        self._more.setEnabled(True)
        state.changed.connect(self._show)
        self._show(state.value)

    def set_service(self, service: Service, ignored: Collection[str] = ()) -> None:
        """Say which fields the service does not use; the panel must be filled."""
        if self.form is not None:
            self.form.set_service(service, ignored)

    def lead_to(self, field: str) -> None:
        """Bring a field into sight, by its wire name, with the keyboard at it."""
        if self.form is None:
            return
        self._bring_into_sight(self.form.lead_to(field))

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 600)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.color("chrome"))

    def _header(self) -> QWidget:
        header = Header(self._theme)
        row = QHBoxLayout(header)
        row.setContentsMargins(GUTTER, 0, GUTTER - 4, 0)
        row.addWidget(Label(self._theme, self.tr("Settings"), "text", 13, 600), 1)
        row.addWidget(self._more)
        return header

    def _follow_message(self, row: Row) -> None:
        """What is said of what is being typed must be seen, even below the last row in sight."""
        focus = QApplication.focusWidget()
        if focus is not None and row.isAncestorOf(focus):
            self._bring_into_sight(row)

    def _bring_into_sight(self, row: Row) -> None:
        # Once what was unfolded or said has its place.
        QTimer.singleShot(0, row, lambda: self._area.ensureWidgetVisible(row))

    def _show(self, value: Parameters) -> None:
        self.dock.set_images(value.image_num)

    def _open_menu(self) -> None:
        self._menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _reset_all(self) -> None:
        if self._state is not None:
            self._state.reset_all()


class Header(QWidget):
    """The line above the form; it continues the one under the tool options."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedHeight(HEADER)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, HEADER - 1, self.width(), 1, self._theme.color("line"))
