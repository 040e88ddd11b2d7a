"""Packs old steps while nothing else is to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from app.model.patch import Patch

SLICE_S = 0.002
"""How long packing may keep the next event waiting."""

REST_MS = 200
"""How long nothing may have been done before it begins: what was done is to be seen first."""


class Packer(QObject):
    """Compresses patches in small slices between events, never while it is held."""

    done = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._loose: list[Patch] = []
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._pack)
        self._is_held = False

    @property
    def is_idle(self) -> bool:
        return not self._loose

    def add(self, patch: Patch) -> None:
        """Pack this patch too, when there is time."""
        self._loose.append(patch)
        self.hold(self._is_held)

    def hold(self, is_held: bool) -> None:
        """Wait, as during a gesture, or go on."""
        self._is_held = is_held
        if is_held or not self._loose:
            self._timer.stop()
        else:
            self._timer.start(REST_MS)

    def clear(self) -> None:
        self._loose.clear()
        self._timer.stop()

    def _pack(self) -> None:
        self._timer.setInterval(0)
        if self._loose[-1].pack(SLICE_S):
            self._loose.pop()
        if not self._loose:
            self._timer.stop()
            self.done.emit()
