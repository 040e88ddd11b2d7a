"""Choosing yes or no: a check box."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from app.look.frames import HEIGHT
from app.look.paint import box, ring
from app.look.theme import Theme

CHECK = 16


class CheckBox(QCheckBox):
    """A check box with its words."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.theme = theme
        self.setFont(theme.font())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(CHECK + 8 + self.fontMetrics().horizontalAdvance(self.text()) + 2, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(CHECK + 8, HEIGHT)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        color = self.theme.color
        on = self.isEnabled()
        mark = QRectF(1, (self.height() - CHECK) / 2, CHECK, CHECK)
        if self.isChecked():
            box(painter, mark, 4, fill=color("fill" if on else "track"))
            ratio = self.devicePixelRatioF()
            sign = self.theme.icons.pixmap("check", "on_fill", CHECK - 4, ratio)
            painter.drawPixmap(mark.topLeft().toPoint() + QPoint(2, 2), sign)
        else:
            edge = color("hint" if on else "line")
            box(painter, mark, 4, fill=color("field") if on else None, edge=edge)
        if self.hasFocus():
            ring(painter, mark.adjusted(-1, -1, 1, 1), color("accent"), 5)
        room = self.rect().adjusted(CHECK + 8, 0, 0, 0)
        painter.setPen(color("text" if on else "off"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic
        painter.drawText(room, flags, self.text())
