"""How the mask is shown: for the eye alone, never sent, never part of a picture."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, get_args

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Mapping

Mode = Literal["overlay", "mono", "ants", "hidden"]
MODES: tuple[Mode, ...] = get_args(Mode)
"""In the order in which `cycle` goes through them."""

OPACITIES = (0.1, 1.0)
"""A tint fainter than this would be a mask that is there and is not seen."""

_COLOR = re.compile("#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choices:
    mode: Mode = "overlay"
    color: str = "#ff0000"
    opacity: float = 0.5
    grid: bool = True


class Display(QObject):
    """What the artist chose to see of the mask, and whether pixels have a grid when large."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choices = _Choices()
        self._shown: Mode = "overlay"  # the last mode that showed the mask
        self._before_ants: Mode = "hidden"

    @property
    def mode(self) -> Mode:
        return self._choices.mode

    @property
    def color(self) -> str:
        """The tint as `#rrggbb`."""
        return self._choices.color

    @property
    def opacity(self) -> float:
        """How much of the tint a full mask shows, 0…1."""
        return self._choices.opacity

    @property
    def grid(self) -> bool:
        """Whether lines part the pixels when they are shown large."""
        return self._choices.grid

    def edit(self, **changes: Any) -> None:
        """Choose otherwise; the opacity goes to the nearest that is allowed."""
        choices = replace(self._choices, **_sound(changes))
        if choices != self._choices:
            if choices.mode != self.mode:
                self._before_ants = "hidden"
            self._choices = choices
            if choices.mode != "hidden":
                self._shown = choices.mode
            self.changed.emit()

    def cycle(self) -> None:
        """Go on to the next mode."""
        self.edit(mode=MODES[(MODES.index(self.mode) + 1) % len(MODES)])

    def toggle(self) -> None:
        """Hide the mask, or show it as it was shown last."""
        self.edit(mode=self._shown if self.mode == "hidden" else "hidden")

    def toggle_ants(self) -> None:
        """Show the outline alone; if that is shown, what was shown before it was asked for."""
        if self.mode == "ants":
            self.edit(mode=self._before_ants)
        else:
            before = self.mode
            self.edit(mode="ants")
            self._before_ants = before

    def reveal(self) -> None:
        """Show the mask if it is hidden, as when it is about to be changed."""
        if self.mode == "hidden":
            self.toggle()

    def state(self) -> dict[str, Any]:
        """All that is worth remembering, for `restore`; no mask stays hidden until next time."""
        return {**asdict(self._choices), "mode": self._shown}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go back to a remembered state; what makes no sense in it is left as it is."""
        self.edit(**{name: value for name, value in state.items() if _is_sound(name, value)})


def _is_sound(name: str, value: object) -> bool:
    if name == "mode":
        return value in MODES
    if name == "color":
        return isinstance(value, str) and _COLOR.fullmatch(value.lower()) is not None
    if name == "opacity":
        return isinstance(value, int | float) and not isinstance(value, bool) and value == value
    return name == "grid" and isinstance(value, bool)


def _sound(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Changes as they are kept; any that can't be is a mistake of the program's."""
    for name, value in changes.items():
        if not _is_sound(name, value):
            raise ValueError(name, value)
    low, high = OPACITIES
    sound = dict(changes)
    if "opacity" in sound:
        sound["opacity"] = min(max(float(sound["opacity"]), low), high)
    if "color" in sound:
        sound["color"] = sound["color"].lower()
    return sound
