"""How opaque what is selected becomes, in a popover, where the bar has no room for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.look.popover import Popover
from app.panels.options.fields import OPACITY, OptionField

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.look.theme import Theme
    from app.model.selecting import Selecting
    from app.session.tools import Tools


class OpacityPopover(Popover):
    """The field that the bar leaves out."""

    def __init__(self, theme: Theme, tools: Tools, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.setObjectName("area_aside")
        self._field = OptionField(theme, "area_opacity_aside", self.tr("Opacity"), OPACITY)
        self._field.follow(lambda value: tools.select(opacity=value))
        self.column.addWidget(self._field)
        self.setFocusProxy(self._field)
        tools.selecting_changed.connect(self._show)
        self._show(tools.selecting)

    def _show(self, selecting: Selecting) -> None:
        self._field.show_value(selecting.opacity)
