"""A list that runs sideways and follows its newest items while it is at the end."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from app.look.scroll import ThinScroll
from app.look.theme import Theme
from app.panels.results import metrics


class SidewaysList(QListView):
    """A row of items over its parent's ground. New items never move what is looked at."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # A viewport of ours: to wrap the one of Qt, PySide6 loads every kind of widget there is.
        ground = QWidget()
        self.setViewport(ground)
        ground.setAutoFillBackground(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # a wheel alone takes no focus
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
        self._follows = True
        self._is_following = False
        ThinScroll(theme, self, Qt.Orientation.Horizontal, metrics.MARGIN)
        bar.rangeChanged.connect(self._follow)
        bar.valueChanged.connect(self._note)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn a plain wheel sideways; touchpads and tilting wheels scroll as they are."""
        turned = event.angleDelta() if event.pixelDelta().isNull() else event.pixelDelta()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - (turned.x() or turned.y()))
        event.setAccepted(bar.maximum() > 0)

    def newest_value(self) -> int:
        """Where the bar stands when the newest items are in view."""
        return self.horizontalScrollBar().maximum()

    def _follow(self) -> None:
        if self._follows:
            self._is_following = True
            self.horizontalScrollBar().setValue(self.newest_value())
            self._is_following = False

    def _note(self, value: int) -> None:
        if not self._is_following:
            self._follows = value == self.horizontalScrollBar().maximum()
