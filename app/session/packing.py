"""Packs old steps while nothing else is to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.model.patch import Patch

SLICE_S = 0.002
"""How long packing may keep the next event waiting."""

REST_MS = 200
"""How long nothing may have been done before it begins: what was done is to be seen first."""


class Packer(QObject):
    """Compresses patches in small slices between events, never while it is held.

    The newest stay as they are, up to `kept_loose` bytes: most likely they are undone, and then
    nobody has to wait until they are unpacked.
    """

    done = Signal()

    def __init__(self, kept_loose: Callable[[], int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept_loose = kept_loose
        # The oldest first; what the history forgets goes by itself.
        self._loose: WeakKeyDictionary[Patch, None] = WeakKeyDictionary()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._pack)
        self._is_held = False

    @property
    def is_idle(self) -> bool:
        return sum(patch.nbytes for patch in self._loose) <= self._kept_loose()

    def add(self, patch: Patch) -> None:
        """Pack this patch too, when there is time."""
        self._loose.pop(patch, None)
        self._loose[patch] = None
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
        if not self.is_idle:
            oldest = next(iter(self._loose))
            if oldest.pack(SLICE_S):
                del self._loose[oldest]
        if self.is_idle:
            self._timer.stop()
            self.done.emit()
