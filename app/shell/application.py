"""The application: Qt's, set up for hands that paint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.session.pen import Pen

_PEN_EVENTS = {QEvent.Type.TabletEnterProximity: True, QEvent.Type.TabletLeaveProximity: False}


class Application(QApplication):
    """Delivers every move of a hand, and tells when a pen comes near the tablet or leaves."""

    pen_near = Signal(bool)

    def __init__(self, arguments: Sequence[str]) -> None:
        # Else moves that come in quickly are joined, and a fast stroke gets corners.
        for joined in (
            Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents,
            Qt.ApplicationAttribute.AA_CompressTabletEvents,
        ):
            QCoreApplication.setAttribute(joined, False)
        super().__init__(list(arguments))

    def event(self, event: QEvent) -> bool:
        # Widgets never hear of this.
        if (is_near := _PEN_EVENTS.get(event.type())) is not None:
            self.pen_near.emit(is_near)
        return super().event(event)


def follow_pen(pen: Pen) -> None:
    """Have the pen know when one is near."""
    application = QApplication.instance()
    if isinstance(application, Application):
        application.pen_near.connect(pen.set_near)
