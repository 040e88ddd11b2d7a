"""The pen: how its pressure is felt, and whether there is one at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.model.feel import Feel

if TYPE_CHECKING:
    from collections.abc import Mapping


class Pen(QObject):
    """The feel in force, and what is known of the pen.

    `feel_changed` tells the new feel; `left` that the pen was taken away from the tablet.
    """

    feel_changed = Signal(object)
    left = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._feel = Feel()
        self._was_seen = False

    @property
    def feel(self) -> Feel:
        return self._feel

    @property
    def was_seen(self) -> bool:
        """Whether there was a pen since the program started; from then on fingers do not paint."""
        return self._was_seen

    def notice(self) -> None:
        """A pen is near."""
        self._was_seen = True

    def set_near(self, is_near: bool) -> None:
        """The pen came near the tablet, or went away."""
        if is_near:
            self.notice()
        else:
            self.left.emit()

    def edit(self, **changes: Any) -> None:
        """Change the feel: its floor, its curve."""
        feel = replace(self._feel, **changes)
        if feel != self._feel:
            self._feel = feel
            self.feel_changed.emit(feel)

    def state(self) -> dict[str, Any]:
        """All that is worth remembering, for `restore`."""
        return self._feel.state()

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go back to a remembered state."""
        feel = Feel.remembered(state)
        self.edit(floor=feel.floor, curve=feel.curve)
