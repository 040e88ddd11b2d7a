"""How long something that changed is pointed out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

    from app.look.theme import Theme

LASTS_MS = 1500
FADES_MS = 400
"""The end of that, in which it gets fainter."""
FRAME_MS = 33


class Flash:
    """Full from `begin` on, then fading; `show` is called at each step."""

    def __init__(self, theme: Theme, show: Callable[[], None], parent: QObject) -> None:
        self.is_on = False
        """Whether something is pointed out."""
        self._theme = theme
        self._show = show
        self._since = QElapsedTimer()
        self._timer = QTimer(parent)
        self._timer.timeout.connect(self._step)

    @property
    def strength(self) -> float:
        """1 while it is full, 0 when it is over."""
        if not self.is_on:
            return 0.0
        left = LASTS_MS - self._since.elapsed()
        # Where nothing is to move by itself it ends at once.
        return 1.0 if self._theme.reduced_motion else min(max(left / FADES_MS, 0.0), 1.0)

    def begin(self) -> None:
        """Be full, whatever was before."""
        self.is_on = True
        self._since.start()
        self._timer.start(LASTS_MS - FADES_MS)
        self._show()

    def end(self) -> None:
        """Be over at once."""
        if self.is_on:
            self._stop()
            self._show()

    def _step(self) -> None:
        if self._since.elapsed() >= LASTS_MS:
            self._stop()
        else:
            fades = not self._theme.reduced_motion
            self._timer.setInterval(FRAME_MS if fades else FADES_MS)
        self._show()

    def _stop(self) -> None:
        self._timer.stop()
        self.is_on = False
