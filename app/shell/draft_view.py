"""A large picture as far as it is read, where the canvas will show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.shell.pixels import image_of

if TYPE_CHECKING:
    from app.look.theme import Theme
    from app.model.draft import Draft
    from app.model.geometry import Size
    from app.shell.stage import Stage


class DraftView(QWidget):
    """Lies over what is open until the picture itself is there.

    It takes the pointer: what is painted now would be lost with the picture below.
    """

    shown_changed = Signal(bool)

    def __init__(self, theme: Theme, stage: Stage) -> None:
        super().__init__(stage)
        self.setObjectName("draft")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setCursor(Qt.CursorShape.BusyCursor)
        self._theme = theme
        self._stage = stage
        self._size: Size | None = None
        self._image = QImage()
        stage.installEventFilter(self)
        self.hide()

    def show_draft(self, draft: Draft) -> None:
        """Show what is known now; without pixels there is nothing to see yet."""
        if draft.picture is None:
            return
        self._size = draft.size
        self._image = image_of(draft.picture)
        self.setGeometry(self._stage.rect())
        if self.isHidden():
            self.show()
            self.shown_changed.emit(True)
        self.raise_()
        self._stage.notice.raise_()
        self.update()

    def end(self) -> None:
        """The picture is there, or will not come."""
        if not self.isHidden():
            self.hide()
            self.shown_changed.emit(False)
        self._image = QImage()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._stage.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("canvas"))
        if self._size is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._place(self._size), self._image)

    def _place(self, size: Size) -> QRectF:
        """Where the canvas fits a picture of `size`."""
        from app.canvas.view import View
        from app.canvas.viewer import FIT_MARGIN
        from app.model.geometry import Size

        ratio = self.devicePixelRatioF()
        window = Size(max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio)))
        frame = View(picture=size, window=window).fitted(FIT_MARGIN * ratio, 1.0).frame
        x, y, width, height = frame.left, frame.top, frame.width, frame.height
        return QRectF(x / ratio, y / ratio, width / ratio, height / ratio)
