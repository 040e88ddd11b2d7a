"""Size, hardness and opacity by key. Digits are opacity, and two quick ones an exact one."""

from __future__ import annotations

from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.session.tools import Tools
    from app.shell.actions import Actions

GROWTH = 1.15
"""How much larger a brush gets by one press of its key."""

HARDNESS_STEP = 0.25
OPACITY_STEP = 0.1
QUICK_S = 0.5
"""Two digits within this time are one number."""


class BrushKeys(QObject):
    """Answers the actions that change how the current tool paints."""

    def __init__(
        self,
        actions: Actions,
        tools: Tools,
        clock: Callable[[], float] = monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._tools = tools
        self._clock = clock
        self._tens: int | None = None  # the digit that a second one may follow
        self._tens_s = 0.0
        actions.on("swap", tools.swap)
        actions.on("smaller", partial(self._grow, 1 / GROWTH))
        actions.on("larger", partial(self._grow, GROWTH))
        actions.on("softer", partial(self._harden, -HARDNESS_STEP))
        actions.on("harder", partial(self._harden, HARDNESS_STEP))
        actions.on("fainter", partial(self._strengthen, -OPACITY_STEP))
        actions.on("stronger", partial(self._strengthen, OPACITY_STEP))
        for digit in range(10):
            actions.on(f"opacity_{digit}", partial(self._type, digit))

    def _grow(self, factor: float) -> None:
        if self._tools.paints:
            self._tools.grow(factor)

    def _harden(self, step: float) -> None:
        if self._tools.paints:
            self._tools.edit(hardness=self._tools.brush.hardness + step)

    def _strengthen(self, step: float) -> None:
        tools = self._tools
        now = tools.brush.opacity if tools.paints else tools.selecting.opacity
        self._set_opacity(round((now + step) * 100))

    def _type(self, digit: int) -> None:
        """Take a digit as tens of per cent, or as the ones of the digit just before."""
        tens, self._tens = self._tens, None
        is_key = self._actions[f"opacity_{digit}"].pressed is not None
        if is_key and tens is not None and self._clock() - self._tens_s < QUICK_S:
            self._set_opacity(10 * tens + digit)
            return
        if is_key:
            self._tens, self._tens_s = digit, self._clock()
        self._set_opacity(10 * digit or 100)

    def _set_opacity(self, percent: int) -> None:
        opacity = max(1, percent) / 100
        if self._tools.paints:
            self._tools.edit(opacity=opacity)
        elif self._tools.selects:
            self._tools.select(opacity=opacity)
