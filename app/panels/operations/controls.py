"""The controls of an operation's settings, made from their faces."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QSignalBlocker

from app.look.check_box import CheckBox
from app.look.segments import Segments
from app.look.slider_field import SliderField
from app.model.selecting import MODES
from app.model.settings import range_of
from app.panels.operations.faces import Choice, Field, Joining, Number, Switch
from app.panels.options.modes import mode_segments

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.look.theme import Theme
    from app.model.operations.settings import Settings


@dataclass(frozen=True, slots=True)
class Control:
    """A widget, and how it shows settings without telling."""

    widget: QWidget
    show: Callable[[Settings], None]


Ask = Callable[[Any], object]
"""Asks for another value of one setting."""


def make_control(theme: Theme, field: Field, settings: Settings, ask: Ask) -> Control:
    """The control of one field of settings of this kind."""
    match field:
        case Number():
            return _number(theme, field, settings, ask)
        case Switch():
            return _switch(theme, field, ask)
        case Choice():
            words = [(value, translated(text)) for value, text in field.choices]
            segments = Segments(theme, words)
            segments.setAccessibleName(translated(field.label))
        case Joining():
            segments = mode_segments(theme, f"operation_{field.name}", MODES)
    segments.setObjectName(f"operation_{field.name}")
    segments.chosen.connect(ask)
    return Control(segments, lambda now: segments.set_current(getattr(now, field.name)))


def translated(text: str) -> str:
    """A text of the table in the artist's language."""
    return QCoreApplication.translate("Operations", text)


def _number(theme: Theme, field: Number, settings: Settings, ask: Ask) -> Control:
    low, high = (end * field.factor for end in range_of(settings, field.name))
    slider = SliderField(
        theme, translated(field.label), field.unit, low, high, field.step, field.curve
    )
    slider.setObjectName(f"operation_{field.name}")
    slider.setFixedWidth(field.width)
    slider.value_changed.connect(lambda number: ask(number / field.factor))

    def show(now: Settings) -> None:
        with QSignalBlocker(slider):
            slider.set_value(getattr(now, field.name) * field.factor)
        slider.setEnabled(not getattr(now, field.unless, False))

    return Control(slider, show)


def _switch(theme: Theme, field: Switch, ask: Ask) -> Control:
    box = CheckBox(theme, translated(field.label))
    box.setObjectName(f"operation_{field.name}")
    box.toggled.connect(ask)

    def show(now: Settings) -> None:
        with QSignalBlocker(box):
            box.setChecked(getattr(now, field.name))

    return Control(box, show)
