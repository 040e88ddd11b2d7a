"""A list that runs sideways and stays at its newest end while it is there."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from app.look.theme import Theme
from app.panels.results import metrics
from app.panels.results.scroll import THICKNESS, SidewaysBar


class SidewaysList(QListView):
    """A row of items over its parent's ground. New items never move what is looked at."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        bar = self.horizontalScrollBar()
        self._is_at_end = True
        self._thin_bar = SidewaysBar(theme, bar, self)
        bar.rangeChanged.connect(self._stay_at_end)
        bar.valueChanged.connect(self._note_end)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn a plain wheel sideways; touchpads and tilting wheels scroll as they are."""
        turned = event.angleDelta() if event.pixelDelta().isNull() else event.pixelDelta()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - (turned.x() or turned.y()))
        event.setAccepted(bar.maximum() > 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        top, width = self.height() - THICKNESS - 2, self.width() - 2 * metrics.MARGIN
        self._thin_bar.setGeometry(metrics.MARGIN, top, width, THICKNESS)
        self._thin_bar.raise_()

    def _stay_at_end(self) -> None:
        if self._is_at_end:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.maximum())

    def _note_end(self, value: int) -> None:
        self._is_at_end = value == self.horizontalScrollBar().maximum()
