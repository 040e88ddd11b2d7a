"""Saying what follows from an edit when the edit itself is on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable


def afterwards(say: Callable[[], object], parent: QObject) -> Callable[..., None]:
    """Something to connect signals to: after any number of them, and after what they have asked to
    be painted, `say` is called once; never after `parent` is gone.
    """
    return _Saying(say, parent).note


class _Saying(QTimer):
    # A method of a QObject, as Qt lets go of those by itself.

    def __init__(self, say: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent, singleShot=True, interval=0)
        self.timeout.connect(say)

    def note(self, *_: object) -> None:
        if not self.isActive():
            self.start()
