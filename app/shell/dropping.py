"""Pictures dropped anywhere on the window."""

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget


class Dropping(QObject):
    """Text fields would take a dropped file as text, so they are watched along with the window."""

    dropped = Signal(object)
    """The `QMimeData` of what was dropped."""
    dropped_as_mask = Signal(object)
    """The same with Shift held, if masks are taken."""
    entered = Signal()
    """Something that could be dropped has come over the window."""

    def __init__(self, window: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.takes_masks = False
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        for child in window.findChildren(QWidget):
            if child.acceptDrops():
                child.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # With every move of a hand other events come by here: their class is asked for fastest.
        if not isinstance(event, QDropEvent) or not _is_picture(event.mimeData()):
            return False
        # Shift would else propose to move the file here.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() is QEvent.Type.DragEnter:
            self.entered.emit()
        elif event.type() is QEvent.Type.Drop:
            is_mask = self.takes_masks and event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.dropped_as_mask if is_mask else self.dropped).emit(event.mimeData())
        return True


def _is_picture(data: QMimeData) -> bool:
    return data.hasImage() or any(url.isLocalFile() for url in data.urls())
