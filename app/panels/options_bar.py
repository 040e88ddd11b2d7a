"""The options of the current tool, above the canvas, with the operations on the mask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.look.buttons import IconButton
from app.look.text import Label
from app.panels.bar import Bar, Divider

if TYPE_CHECKING:
    from app.look.theme import Theme
    from app.panels.brush_options import BrushOptions
    from app.session.tools import Tools

HEIGHT = 48


class OptionsBar(Bar):
    """Name and sliders of the tool at the left, buttons at the right.

    The buttons do nothing by themselves: who arranges the window ties them to its actions.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "bottom", parent)
        self.setObjectName("options")
        self.setAccessibleName(self.tr("Tool options"))
        self.setFixedHeight(HEIGHT)
        self.invert = IconButton(theme, "invert", self.tr("Invert the mask"), "Ctrl+I")
        self.clear = IconButton(theme, "trash", self.tr("Clear the mask"), "Del")
        self.undo = IconButton(theme, "undo", self.tr("Undo"), "Ctrl+Z")
        self.redo = IconButton(theme, "redo", self.tr("Redo"), "Ctrl+Shift+Z")
        self._nothing = Label(theme, self.tr("No picture open"), "hint")
        self._brush: BrushOptions | None = None
        self._is_open = False
        self._mask = _group(self.invert, self.clear, Divider(theme, 1, 20))
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 1)
        row.setSpacing(8)
        row.addWidget(self._nothing)
        row.addStretch()
        row.addWidget(self._mask)
        row.addWidget(_group(self.undo, self.redo))
        for name in ("invert", "clear", "undo", "redo"):
            getattr(self, name).setObjectName(name)
        self.set_open(False)

    def attach(self, tools: Tools) -> None:
        """Show and change the current brush of `tools`."""
        # Here, as the first paint shows no sliders and need not wait for them.
        from app.panels.brush_options import BrushOptions

        self._brush = BrushOptions(self.theme, tools)
        self._brush.setVisible(self._is_open)
        self._row.insertWidget(1, self._brush)

    def set_open(self, is_open: bool) -> None:
        """Say whether there is a picture to work on."""
        self._is_open = is_open
        self._nothing.setVisible(not is_open)
        if self._brush is not None:
            self._brush.setVisible(is_open)
        self._mask.setVisible(is_open)


def _group(*widgets: QWidget) -> QWidget:
    group = QWidget()
    row = QHBoxLayout(group)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    return group
