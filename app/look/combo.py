"""Choosing one of many: a combo box."""

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QFrame, QListView, QSizePolicy, QWidget

from app.look.frames import HEIGHT
from app.look.paint import box, ring
from app.look.scroll import ThinScroll
from app.look.theme import Theme

CHEVRON = 16


def choices_view(theme: Theme) -> QListView:
    """A drop-down list; the stylesheet knows it by its name."""
    view = QListView()
    view.setObjectName("choices")
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setUniformItemSizes(True)  # else thousands are measured before the first is seen
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setFont(theme.font())
    ThinScroll(theme, view)
    return view


class Combo(QComboBox):
    """A combo box whose choices are fixed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setFont(theme.font())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)
        self.setMaxVisibleItems(14)
        self.setView(choices_view(theme))
        theme.changed.connect(self.update)

    def set_strong(self, strong: bool) -> None:
        """Show the choice bold."""
        self.setFont(self.theme.font(13, 600 if strong else 400))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        color = self.theme.color
        on = self.isEnabled()
        bounds = QRectF(self.rect())
        if self.hasFrame():
            fill = color("field") if on else None
            box(painter, bounds, fill=fill, edge=color("edge" if on else "line"))
        chevron = self.theme.icons.pixmap(
            "chevron-down", "sub" if on else "off", CHEVRON, self.devicePixelRatioF()
        )
        painter.drawPixmap(QPoint(self.width() - CHEVRON - 7, (HEIGHT - CHEVRON) // 2), chevron)
        if not self.isEditable():
            room = self.rect().adjusted(10, 0, -CHEVRON - 10, 0)
            text = painter.fontMetrics().elidedText(
                self.currentText(), Qt.TextElideMode.ElideRight, room.width()
            )
            painter.setPen(color("text" if on else "off"))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        if self.hasFocus():
            ring(painter, bounds, color("accent"))
