"""A few choices side by side, told by icons; their words are in the tooltips."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent

from app.look.buttons import ICON
from app.look.frames import HEIGHT
from app.look.paint import box, ring
from app.look.segments import Segment, Segments
from app.look.theme import Theme

WIDTH = 30


class IconSegment(Segment):
    """One of the segments, with an icon in place of its words."""

    def __init__(self, theme: Theme, text: str, icon: str) -> None:
        self._icon = icon
        super().__init__(theme, text)
        self.setToolTip(text)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, HEIGHT - 4)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        bounds = QRectF(self.rect())
        on = self.isEnabled()
        if self.isChecked():
            box(painter, bounds, 4, fill=self.theme.color("check" if on else "line"))
        elif ground := self.ground:
            box(painter, bounds, 4, fill=self.theme.color(ground))
        at = QPoint((self.width() - ICON) // 2, (self.height() - ICON) // 2)
        ratio = self.devicePixelRatioF()
        painter.drawPixmap(at, self.theme.icons.pixmap(self._icon, self._token, ICON, ratio))
        if self.hasFocus():
            ring(painter, bounds, self.theme.color("accent"), 4)

    @property
    def _token(self) -> str:
        if not self.isEnabled():
            return "off"
        if self.isChecked():
            return "accent"
        return "text" if self.is_hovered else "sub"


class IconSegments(Segments):
    """Each choice is a value, its words and its icon."""

    def __init__(self, theme: Theme, choices: Sequence[tuple[object, str, str]]) -> None:
        self._icons = [icon for *_, icon in choices]
        super().__init__(theme, [(value, text) for value, text, _ in choices])
        self.setFixedWidth(self.sizeHint().width())

    def make_segment(self, index: int, text: str) -> Segment:
        return IconSegment(self.theme, text, self._icons[index])
