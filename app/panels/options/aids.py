"""What helps the hand that paints, and what a pen's pressure changes, in a popover."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.look.check_box import CheckBox
from app.look.popover import Popover
from app.look.segments import Segments
from app.look.text import Label
from app.panels.options.fields import OptionField, Scale, check

if TYPE_CHECKING:
    from app.look.theme import Theme
    from app.session.tools import Tools

LEVELS = Scale(high=255, unit="", factor=1)


class AidsPopover(Popover):
    """Stabiliser, symmetry, edge-aware painting, pressure: each painting tool has its own."""

    def __init__(self, theme: Theme, tools: Tools, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.setObjectName("brush_aids")
        self._tools = tools
        self._stabiliser = OptionField(theme, "stabiliser", self.tr("Steady"))
        self._symmetry = Segments(
            theme,
            [
                ("off", self.tr("Off")),
                ("vertical", self.tr("Left–right")),
                ("horizontal", self.tr("Up–down")),
                ("both", self.tr("Both")),
            ],
        )
        self._symmetry.name_all("symmetry")
        self._symmetry.setAccessibleName(self.tr("Symmetry"))
        self._edges = _box(theme, "edges", self.tr("Only over colours like the first"))
        self._tolerance = OptionField(theme, "edge_tolerance", self.tr("Tolerance"), LEVELS)
        self._presses_size = _box(theme, "press_size", self.tr("Pressure changes the size"))
        self._presses_opacity = _box(
            theme, "press_opacity", self.tr("Pressure changes the opacity")
        )
        self._add(theme, self.tr("Steady hand"), self._stabiliser)
        self._add(theme, self.tr("Symmetry"), self._symmetry)
        self._add(theme, self.tr("Edges"), self._edges, self._tolerance)
        self._add(theme, self.tr("Pen"), self._presses_size, self._presses_opacity)
        self._stabiliser.follow(lambda value: tools.assist(stabiliser=value))
        self._symmetry.chosen.connect(lambda value: tools.assist(symmetry=value))
        self._edges.toggled.connect(lambda on: tools.assist(edges=on))
        self._tolerance.follow(lambda value: tools.assist(tolerance=value))
        self._presses_size.toggled.connect(lambda on: tools.edit(size_pressure=on))
        self._presses_opacity.toggled.connect(lambda on: tools.edit(opacity_pressure=on))
        tools.aids_changed.connect(self._show)
        tools.brush_changed.connect(self._show)
        self._show()

    def _add(self, theme: Theme, title: str, *fields: QWidget) -> None:
        group = QVBoxLayout()
        group.setContentsMargins(0, 4, 0, 8)
        group.setSpacing(4)
        group.addWidget(Label(theme, title, "sub", 12))
        for field in fields:
            group.addWidget(field)
        self.column.addLayout(group)

    def _show(self) -> None:
        aids, brush = self._tools.aids, self._tools.brush
        self._stabiliser.show_value(aids.stabiliser)
        self._symmetry.set_current(aids.symmetry)
        self._tolerance.show_value(aids.tolerance)
        self._tolerance.setEnabled(aids.edges)
        check(self._edges, aids.edges)
        check(self._presses_size, brush.size_pressure)
        check(self._presses_opacity, brush.opacity_pressure)


def _box(theme: Theme, name: str, text: str) -> CheckBox:
    box = CheckBox(theme, text)
    box.setObjectName(name)
    return box
