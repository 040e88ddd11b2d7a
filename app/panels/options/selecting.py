"""The options of the tools that select areas."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from app.look.lines import row_in
from app.model.selecting import MODES
from app.panels.options.fields import OPACITY, OptionField, Scale, check, show_only, switch
from app.panels.options.modes import mode_segments

if TYPE_CHECKING:
    from app.look.theme import Theme
    from app.model.selecting import Mode, Selecting
    from app.panels.options.fields import Room
    from app.panels.options.opacity import OpacityPopover
    from app.session.tools import Tools

FEATHER = Scale(high=250, unit="px", factor=1, curve=2)
TOLERANCE = Scale(high=255, unit="", factor=1)


class SelectingOptions(QWidget):
    """Mode, feather, opacity; for the wand how alike colours are, and whether in one piece."""

    def __init__(self, theme: Theme, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tools = tools
        self._room: Room = "long"
        self._modes = mode_segments(theme, "area_mode", MODES)
        self._tolerance = OptionField(theme, "tolerance", self.tr("Tolerance"), TOLERANCE)
        self._feather = OptionField(theme, "feather_radius", self.tr("Feather"), FEATHER)
        self._opacity = OptionField(theme, "area_opacity", self.tr("Opacity"), OPACITY)
        self._contiguous = switch(theme, "contiguous", "contiguous", self.tr("In one piece only"))
        self._more = switch(theme, "area_more", "opacity", self.tr("Opacity"))
        fields = self._modes, self._feather, self._opacity, self._tolerance, self._contiguous
        row = row_in(self, *fields, self._more, spacing=8)
        row.addStretch(1)
        self._modes.chosen.connect(lambda mode: tools.set_mode(cast("Mode", mode)))
        self._tolerance.follow(lambda value: tools.select(tolerance=value))
        self._feather.follow(lambda value: tools.select(feather=value))
        self._opacity.follow(lambda value: tools.select(opacity=value))
        self._contiguous.toggled.connect(lambda on: tools.select(contiguous=on))
        self._more.clicked.connect(self._open_opacity)
        tools.tool_changed.connect(self._show_tool)
        tools.mode_changed.connect(self._show_tool)
        tools.selecting_changed.connect(self._show_values)
        self._show_tool()
        self._show_values(tools.selecting)

    def set_room(self, room: Room) -> None:
        """Leave to the popover what has no room."""
        self._room = room
        self._show_tool()

    def _show_tool(self) -> None:
        if not self._tools.selects:
            return
        by_colour = self._tools.tool == "wand"
        is_crowded = by_colour and self._room != "long"
        self._modes.set_current(self._tools.mode)
        show_only(
            {
                self._tolerance: by_colour,
                self._contiguous: by_colour,
                self._opacity: not is_crowded,
                self._more: is_crowded,
            }
        )

    def _show_values(self, selecting: Selecting) -> None:
        self._tolerance.show_value(selecting.tolerance)
        self._feather.show_value(selecting.feather)
        self._opacity.show_value(selecting.opacity)
        check(self._contiguous, selecting.contiguous)
        check(self._more, selecting.opacity < 1)

    @cached_property
    def _opacity_popover(self) -> OpacityPopover:
        """Made when it is first opened."""
        from app.panels.options.opacity import OpacityPopover

        return OpacityPopover(self._theme, self._tools, self)

    def _open_opacity(self) -> None:
        self._show_values(self._tools.selecting)  # the click has toggled the button
        self._opacity_popover.open_below(self._more)
