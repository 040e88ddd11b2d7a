"""The options of the current tool, above the canvas, with the operations on the mask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.look.buttons import IconButton
from app.look.lines import group
from app.look.text import Label
from app.panels.bar import Bar, Divider

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from app.look.theme import Theme
    from app.panels.display_menu import DisplayButton
    from app.panels.options.fields import Room
    from app.panels.options.tool_options import ToolOptions
    from app.session.tools import Tools

HEIGHT = 48
USUAL, LONG = 1056, 1080
"""From these widths on the bar has its usual room, as in windows of 1400 px, and all it wants."""

LEAST = 676
"""What the options of every tool and the folded rest have room in."""


class OptionsBar(Bar):
    """Name and options of the tool at the left, buttons at the right.

    The buttons do nothing by themselves: who arranges the window ties them to its actions, by
    the names that they have in `buttons`.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "bottom", parent)
        self.setObjectName("options")
        self.setAccessibleName(self.tr("Tool options"))
        self.setFixedHeight(HEIGHT)
        self.buttons = {
            "invert": IconButton(theme, "invert", self.tr("Invert the mask")),
            "grow_by": IconButton(theme, "grow", self.tr("Grow the mask")),
            "shrink_by": IconButton(theme, "shrink", self.tr("Shrink the mask")),
            "feather": IconButton(theme, "feather", self.tr("Feather the mask")),
            "undo": IconButton(theme, "undo", self.tr("Undo")),
            "redo": IconButton(theme, "redo", self.tr("Redo")),
        }
        for name, button in self.buttons.items():
            button.setObjectName(name)
        self.more = IconButton(theme, "more", self.tr("More to do with the mask"))
        self.more.setObjectName("mask_more")
        self.options: ToolOptions | None = None
        self._nothing = Label(theme, self.tr("No picture open"), "hint")
        self._is_open = False
        self._room: Room = "long"
        self._display: DisplayButton | None = None
        self._foldable = [self.buttons[name] for name in tuple(self.buttons)[:4]]
        self._dividers = [Divider(theme, 1, 20), Divider(theme, 1, 20)]
        first, last = self._dividers
        self._mask = group(first, *self._foldable, self.more, last, spacing=4)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 1)
        row.setSpacing(8)
        row.addWidget(self._nothing)
        row.addStretch(1)
        row.addWidget(self._mask)
        row.addWidget(group(self.buttons["undo"], self.buttons["redo"], spacing=4))
        self.set_open(False)

    def attach(self, tools: Tools) -> None:
        """Show and change the options of the current tool of `tools`."""
        # Here, as the first paint shows no options and need not wait for them.
        from app.panels.options.tool_options import ToolOptions

        self.options = ToolOptions(self.theme, tools)
        self.options.setVisible(self._is_open)
        self.options.set_room(self._room)
        self._row.insertWidget(1, self.options)

    def add_display(self, button: DisplayButton) -> None:
        """Take in the button that says how the mask is shown, before undo and redo."""
        layout = self._mask.layout()
        assert layout is not None
        self._display = button
        self._dividers.append(Divider(self.theme, 1, 20))
        layout.addWidget(button)
        layout.addWidget(self._dividers[-1])
        self._fold()

    def set_open(self, is_open: bool) -> None:
        """Say whether there is a picture to work on."""
        self._is_open = is_open
        self._nothing.setVisible(not is_open)
        if self.options is not None:
            self.options.setVisible(is_open)
        self._mask.setVisible(is_open)
        self.updateGeometry()

    def least_width(self) -> int:
        """What all that is shown now needs."""
        return self._row.minimumSize().width()

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST if self._is_open else 0, HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.width()
        room: Room = "short" if width < USUAL else "usual" if width < LONG else "long"
        if room != self._room:
            self._room = room
            self._fold()

    def _fold(self) -> None:
        for part in (*self._foldable, *self._dividers):
            part.setVisible(self._room != "short")
        if self.options is not None:
            self.options.set_room(self._room)
        if self._display is not None:
            self._display.set_room(self._room)
