"""The middle of the window: the empty state, or the canvas, and notices over either."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QEnterEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QStackedLayout, QWidget

from app.look.theme import Theme
from app.panels.empty_state import EmptyState
from app.shell.foot_bar import FootBar
from app.shell.keys.writing import writes
from app.shell.notice import Notice


class Stage(QWidget):
    """Holds what is shown in the middle; the canvas comes later than the first paint."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stage")
        self.empty = EmptyState(theme)
        self.notice = Notice(theme, self)
        self._canvas: QWidget | None = None
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self.setMinimumHeight(120)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def set_canvas(self, canvas: QWidget) -> None:
        """Take in the canvas; it stays hidden until a picture is open."""
        self._canvas = canvas
        self._stack.addWidget(canvas)

    def set_open(self, is_open: bool) -> None:
        """Show the canvas, or the empty state."""
        if is_open and self._canvas is not None:
            self._stack.setCurrentWidget(self._canvas)
            self.take_keys()
        else:
            self._stack.setCurrentWidget(self.empty)
        self.notice.raise_()

    @property
    def is_asking(self) -> bool:
        """Whether a bar over its foot asks something."""
        return any(bar.isVisible() for bar in self.findChildren(FootBar))

    def take_keys(self) -> None:
        """Let keys go to the canvas, or to nothing while there is none."""
        canvas = self._canvas
        (canvas if canvas and canvas.isVisible() else self).setFocus()

    def holds(self, widget: QWidget) -> bool:
        """Whether `widget` is where keys rest: the canvas, or this while there is none."""
        return widget in {self, self._canvas}

    def enterEvent(self, event: QEnterEvent) -> None:
        """Give the canvas the keys with the pointer: Space, held to pan, must never paint.

        A bar that lies over the canvas keeps them: it was opened to be used next.
        """
        canvas, focus = self._canvas, QApplication.focusWidget()
        if not (canvas and canvas.isVisible() and self.isActiveWindow()):
            return
        is_over_canvas = focus is not None and self.isAncestorOf(focus)
        if not (is_over_canvas or _is_writing()):
            canvas.setFocus(Qt.FocusReason.MouseFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.notice.isVisible():
            self.notice.place()


def _is_writing() -> bool:
    """Whether words are being typed; numbers are not, as they are kept when their field is left."""
    focus = QApplication.focusWidget()
    return writes(focus) and not isinstance(focus, QAbstractSpinBox)
