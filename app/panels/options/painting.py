"""The options of brush and eraser."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.look.lines import row_in
from app.model.brush import SIZES
from app.panels.options.fields import OPACITY, OptionField, Scale, check, switch
from app.panels.options.modes import mode_segments

if TYPE_CHECKING:
    from app.look.theme import Theme
    from app.model.brush import Brush
    from app.panels.options.aids import AidsPopover
    from app.panels.options.fields import Room
    from app.session.tools import Tools

SIZE = Scale(low=SIZES[0], high=SIZES[1], unit="px", factor=1, curve=3)


class PaintingOptions(QWidget):
    """Size, hardness, opacity; adding or subtracting; what a pen's pressure and an aid change."""

    def __init__(self, theme: Theme, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tools = tools
        self._size = OptionField(theme, "brush_size", self.tr("Size"), SIZE)
        self._hardness = OptionField(theme, "brush_hardness", self.tr("Hardness"))
        self._opacity = OptionField(theme, "brush_opacity", self.tr("Opacity"), OPACITY)
        self._modes = mode_segments(theme, "brush_mode", ("add", "subtract"))
        self._presses_size = switch(
            theme, "size_pressure", "pressure-size", self.tr("Pressure changes the size")
        )
        self._presses_opacity = switch(
            theme, "opacity_pressure", "pressure-opacity", self.tr("Pressure changes the opacity")
        )
        self._more = switch(theme, "brush_more", "assist", self.tr("Steady hand, symmetry, edges"))
        self._arrange()
        self._size.follow(lambda value: tools.edit(size=value))
        self._hardness.follow(lambda value: tools.edit(hardness=value))
        self._opacity.follow(lambda value: tools.edit(opacity=value))
        self._modes.chosen.connect(self._set_mode)
        self._presses_size.toggled.connect(lambda on: tools.edit(size_pressure=on))
        self._presses_opacity.toggled.connect(lambda on: tools.edit(opacity_pressure=on))
        self._more.clicked.connect(self._open_aids)
        tools.brush_changed.connect(self._show_brush)
        tools.mode_changed.connect(self._show_mode)
        tools.aids_changed.connect(self._show_aids)
        tools.tool_changed.connect(self._show_mode)
        self._show_brush(tools.brush)
        self._show_mode()
        self._show_aids()

    def set_room(self, room: Room) -> None:
        """Leave to the popover what has no room."""
        for button in (self._presses_size, self._presses_opacity):
            button.setVisible(room != "short")

    def _arrange(self) -> None:
        fields = self._size, self._hardness, self._opacity, self._modes
        row = row_in(self, *fields, spacing=8)
        switches = QHBoxLayout()
        switches.setSpacing(4)
        for button in (self._presses_size, self._presses_opacity, self._more):
            switches.addWidget(button)
        row.addLayout(switches)
        row.addStretch(1)

    @cached_property
    def _aids(self) -> AidsPopover:
        """Made when it is first opened."""
        from app.panels.options.aids import AidsPopover

        return AidsPopover(self._theme, self._tools, self)

    def _open_aids(self) -> None:
        self._show_aids()  # the click has toggled the button
        self._aids.open_below(self._more)

    def _set_mode(self, mode: object) -> None:
        if self._tools.tool == "eraser":
            if mode == "add":
                self._tools.choose("brush")
                self._tools.set_mode("add")
        else:
            self._tools.set_mode("subtract" if mode == "subtract" else "add")

    def _show_brush(self, brush: Brush) -> None:
        self._size.show_value(brush.size)
        self._hardness.show_value(brush.hardness)
        self._opacity.show_value(brush.opacity)
        check(self._presses_size, brush.size_pressure)
        check(self._presses_opacity, brush.opacity_pressure)

    def _show_mode(self) -> None:
        if self._tools.paints:
            self._modes.set_current("subtract" if self._tools.erases else "add")

    def _show_aids(self) -> None:
        aids = self._tools.aids
        is_on = aids.stabiliser > 0 or aids.symmetry != "off" or aids.edges
        check(self._more, is_on)
