"""How the mask is shown: the button that says so, and what it opens. For the eye alone."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QColorDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.look.buttons import PADDING, Button, IconButton, PlainButton
from app.look.check_box import CheckBox
from app.look.paint import box, ring
from app.look.popover import Popover
from app.look.segments import Segments
from app.look.text import Label
from app.panels.options.fields import OptionField, Scale, check
from app.session.display import OPACITIES

if TYPE_CHECKING:
    from app.look.theme import Theme
    from app.panels.options.fields import Room
    from app.session.display import Display, Mode

SCALE = Scale(low=100 * OPACITIES[0], high=100 * OPACITIES[1])
SWATCH = 24


class DisplayButton(PlainButton):
    """Names the way in which the mask is shown, and lets the artist choose another."""

    opens = True

    def __init__(self, theme: Theme, display: Display, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", "eye", parent)
        self.setObjectName("display")
        self.setFlat(True)
        self._display = display
        self._is_short = False
        self._names: dict[Mode, str] = {
            "overlay": self.tr("Overlay"),
            "mono": self.tr("Black and white"),
            "ants": self.tr("Outline"),
            "hidden": self.tr("Hidden"),
        }
        self.clicked.connect(lambda: self.popover.open_below(self))
        display.changed.connect(self._show)
        self._show()

    @cached_property
    def popover(self) -> DisplayPopover:
        """Made when it is first opened."""
        return DisplayPopover(self.theme, self._display, self._names, self)

    def set_room(self, room: Room) -> None:
        """Do without the words where the bar is short."""
        self._is_short = room == "short"
        self.padding = PADDING // 2 if self._is_short else PADDING
        self._show()

    def sizeHint(self) -> QSize:
        """Wide enough for the longest of its words, so that its neighbours never move."""
        if self._is_short:
            return super().sizeHint()
        widest = max(self._width_of(self._words(mode)) for mode in self._names)
        return super().sizeHint() + QSize(widest - self._width_of(self.text()), 0)

    def _words(self, mode: Mode) -> str:
        """A mode's name, or less where that is long."""
        return self.tr("B/W") if mode == "mono" else self._names[mode]

    def _width_of(self, words: str) -> int:
        return self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, words).width()

    def _show(self) -> None:
        name = self._names[self._display.mode]
        self.setText("" if self._is_short else self._words(self._display.mode))
        shown_as = self.tr("Mask shown as: {way}").format(way=name)
        self.setAccessibleName(shown_as)
        self.setToolTip(shown_as + "\n" + self.tr("For your eyes only, never sent."))
        self.set_icon("eye-off" if self._display.mode == "hidden" else "eye")


class DisplayPopover(Popover):
    """The way to show the mask, the tint's colour and opacity, and the lines between pixels."""

    def __init__(
        self, theme: Theme, display: Display, names: dict[Mode, str], parent: QWidget
    ) -> None:
        super().__init__(theme, parent)
        self.setObjectName("display_popover")
        self._display = display
        self._modes = Segments(theme, list(names.items()))
        self._modes.setAccessibleName(self.tr("Mask shown as"))
        for value, button in zip(self._modes.values, self._modes.buttons, strict=True):
            button.setObjectName(f"display_{value}")
        self._swatches = [_Swatch(theme, color, name) for color, name in self._presets()]
        self._own = IconButton(theme, "plus", self.tr("Another colour…"))
        self._own.setObjectName("display_own_color")
        self._chosen = _Swatch(theme, display.color, self.tr("Your own colour"))
        self._opacity = OptionField(theme, "display_opacity", self.tr("Opacity"), SCALE)
        self._grid = CheckBox(theme, self.tr("Lines between pixels, from 800 % on"))
        self._grid.setObjectName("display_grid")
        self._arrange(theme)
        self._connect()
        self._show()

    def _presets(self) -> list[tuple[str, str]]:
        return [
            ("#ff0000", self.tr("Red")),
            ("#00c853", self.tr("Green")),
            ("#2979ff", self.tr("Blue")),
            ("#ff00d4", self.tr("Magenta")),
            ("#ffd600", self.tr("Yellow")),
        ]

    def _arrange(self, theme: Theme) -> None:
        colors = QHBoxLayout()
        colors.setSpacing(4)
        for button in (*self._swatches, self._chosen, self._own):
            colors.addWidget(button)
        colors.addStretch(1)
        colors.addWidget(self._opacity)
        note = Label(
            theme,
            self.tr("This changes what you see, never the mask, and is never sent."),
            "hint",
            12,
        )
        for title, part in (
            (self.tr("Show the mask as"), self._modes),
            (self.tr("Colour of the overlay"), colors),
            (self.tr("Picture"), self._grid),
        ):
            group = QVBoxLayout()
            group.setContentsMargins(0, 4, 0, 8)
            group.setSpacing(4)
            group.addWidget(Label(theme, title, "sub", 12))
            if isinstance(part, QWidget):
                group.addWidget(part)
            else:
                group.addLayout(part)
            self.column.addLayout(group)
        self.column.addWidget(note)

    def _connect(self) -> None:
        display = self._display
        self._modes.chosen.connect(lambda mode: display.edit(mode=mode))
        for swatch in self._swatches:
            swatch.clicked.connect(lambda _, color=swatch.color: display.edit(color=color))
        self._own.clicked.connect(self._choose_own)
        self._opacity.follow(lambda opacity: display.edit(opacity=opacity))
        self._grid.toggled.connect(lambda on: display.edit(grid=on))
        display.changed.connect(self._show)

    def _show(self) -> None:
        display = self._display
        is_tinted = display.mode == "overlay"
        self._modes.set_current(display.mode)
        for swatch in self._swatches:
            check(swatch, swatch.color == display.color)
        is_own = all(swatch.color != display.color for swatch in self._swatches)
        self._chosen.show_color(display.color)
        self._chosen.setVisible(is_own)
        check(self._chosen, is_own)
        for part in (*self._swatches, self._chosen, self._own, self._opacity):
            part.setEnabled(is_tinted)
        self._opacity.show_value(display.opacity)
        check(self._grid, display.grid)

    def _choose_own(self) -> None:
        """Let any colour be chosen; the mask is shown in it at once."""
        self.close()
        dialog = QColorDialog(QColor(self._display.color), self.window().parentWidget())
        dialog.setObjectName("display_color_dialog")
        dialog.setWindowTitle(self.tr("Colour of the overlay"))
        before = self._display.color
        dialog.currentColorChanged.connect(self._take)
        dialog.rejected.connect(lambda: self._display.edit(color=before))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take(self, color: QColor) -> None:
        if color.isValid():
            self._display.edit(color=color.name())


class _Swatch(Button):
    """One colour to choose."""

    def __init__(self, theme: Theme, color: str, name: str) -> None:
        super().__init__(theme)
        self.color = color
        self.setObjectName(f"display_color_{color[1:]}")
        self.setCheckable(True)
        self.setFixedSize(SWATCH, SWATCH)
        self.setAccessibleName(name)
        self.setToolTip(name)
        # Clicking what is chosen already must not undo the choice.
        self.clicked.connect(lambda: self.setChecked(True))

    def show_color(self, color: str) -> None:
        self.color = color
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(SWATCH, SWATCH)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, bounds = self.theme, QRectF(self.rect())
        ink = QColor(self.color)
        if not self.isEnabled():
            ink.setAlphaF(0.35)
        box(painter, bounds.adjusted(4, 4, -4, -4), 4, fill=ink, edge=theme.color("edge"))
        if self.isChecked() and self.isEnabled():
            ring(painter, bounds.adjusted(1, 1, -1, -1), theme.color("text"))
        if self.hasFocus():
            ring(painter, bounds, theme.color("accent"))
