"""A disk that loads what a test allows, and hands that drop files on widgets."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.model.errors import PictureError

if TYPE_CHECKING:
    import asyncio

    from app.model.draft import Draft


NO_BUTTON = Qt.MouseButton.NoButton
NO_KEY = Qt.KeyboardModifier.NoModifier


class Disk:
    """Loads what a test allows, when it allows it."""

    def __init__(self, picture) -> None:
        self.picture = picture
        self.gates: dict[str, asyncio.Event] = {}
        self.drafts: dict[str, list[Draft]] = {}

    async def load(self, path: Path, watch):
        for draft in self.drafts.get(path.name, ()):
            watch(draft)
        if path.name in self.gates:
            await self.gates[path.name].wait()
        if path.suffix == ".txt":
            raise PictureError("not_a_picture", path)
        return self.picture(path.name)


def notice(window):
    return window.findChild(QWidget, "notice_title").text()


def drop(widget, data) -> QDropEvent:
    at, copy = QPoint(5, 5), Qt.DropAction.CopyAction
    enter = QDragEnterEvent(at, copy, data, NO_BUTTON, NO_KEY)
    QApplication.sendEvent(widget, enter)
    event = QDropEvent(QPointF(at), copy, data, NO_BUTTON, NO_KEY)
    if enter.isAccepted():
        QApplication.sendEvent(widget, event)
    return event


def files(*paths: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path) for path in paths])
    data.setText(paths[0])
    return data
