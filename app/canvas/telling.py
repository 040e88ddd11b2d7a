"""Telling something that changes with every move of a hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

READ_MS = 66
"""What changes faster nobody reads."""

T = TypeVar("T")


class Telling(Generic[T]):
    """Tells what is found when it is another, and not again before that could be read."""

    def __init__(
        self, find: Callable[[], T | None], tell: Callable[[T | None], None], parent: QObject
    ) -> None:
        self._find = find
        self._tell = tell
        self._told: T | None = None
        self._is_fresh = False
        self._timer = QTimer(parent, singleShot=True, interval=READ_MS)
        self._timer.timeout.connect(self._go_on)

    def look(self) -> None:
        """Something may have changed."""
        if not self._is_fresh:
            self.look_at_once()

    def look_at_once(self) -> None:
        """The same, and nobody has to wait for it."""
        found = self._find()
        if found != self._told:
            self._told = found
            self._is_fresh = True
            self._timer.start()
            self._tell(found)

    def _go_on(self) -> None:
        self._is_fresh = False
        self.look()
