"""The controls that options are made of, each tied to one value of the tools."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QSignalBlocker, QSize
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from app.look.buttons import IconButton
from app.look.frames import HEIGHT
from app.look.slider_field import SliderField

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from app.look.theme import Theme

WIDE, NARROW = 124, 104

Room = Literal["short", "usual", "long"]
"""How much of it the options bar has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A field's range: `factor` is what its numbers are to the values of the tools."""

    low: float = 0
    high: float = 100
    unit: str = "%"
    factor: float = 100
    curve: float = 1


PERCENT = Scale()
OPACITY = Scale(low=1)


class OptionField(SliderField):
    """A slider field that gives way a little where the bar is short."""

    def __init__(self, theme: Theme, name: str, label: str, scale: Scale = PERCENT) -> None:
        super().__init__(theme, label, scale.unit, scale.low, scale.high, 1, curve=scale.curve)
        self._factor = scale.factor
        self.setObjectName(name)
        self.setMinimumSize(NARROW, HEIGHT)
        self.setMaximumSize(WIDE, HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(WIDE, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(NARROW, HEIGHT)

    def follow(self, ask: Callable[[float], object]) -> None:
        """Ask for what the artist sets, as a value of the tools."""
        self.value_changed.connect(lambda number: ask(number / self._factor))

    def show_value(self, value: float) -> None:
        """Show a value of the tools."""
        with QSignalBlocker(self):
            self.set_value(value * self._factor)


def switch(theme: Theme, name: str, icon: str, text: str) -> IconButton:
    """An icon that is on or off."""
    button = IconButton(theme, icon, text)
    button.setObjectName(name)
    button.setCheckable(True)
    return button


def check(button: QAbstractButton, is_on: bool) -> None:
    """Show `is_on` without telling."""
    with QSignalBlocker(button):
        button.setChecked(is_on)
    button.update()


def show_only(shown: Mapping[QWidget, bool]) -> None:
    """Show some parts of a row and hide the others.

    Hidden ones first: whenever one is shown, Qt lays out all that are to be seen just then.
    """
    for part, is_shown in sorted(shown.items(), key=lambda item: item[1]):
        part.setVisible(is_shown)
