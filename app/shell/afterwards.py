"""Saying what follows from an edit when the edit itself is on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable


def afterwards(say: Callable[[], object], parent: QObject) -> Callable[..., None]:
    """Something to connect signals to: after any number of them, and after what they have asked to
    be painted, `say` is called once.
    """
    timer = QTimer(parent, singleShot=True, interval=0)
    timer.timeout.connect(say)

    def note(*_: object) -> None:
        if not timer.isActive():
            timer.start()

    return note
