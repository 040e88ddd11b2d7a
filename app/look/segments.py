"""Choosing one of a few: segments side by side."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from app.look.buttons import Button
from app.look.frames import HEIGHT
from app.look.paint import box, ring
from app.look.theme import Theme

_WAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class Segment(Button):
    """One of the segments."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__(theme, text)
        self._strong = False
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._dress)
        self._dress(checked=False)

    def set_strong(self, strong: bool) -> None:
        self._strong = strong
        self._dress(self.isChecked())

    def _dress(self, checked: bool) -> None:
        weight = (600 if self._strong else 500) if checked else 400
        self.setFont(self.theme.font(13, weight))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _WAYS:
            event.ignore()  # the group's matter
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(self._widest() + 16, HEIGHT - 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._widest() + 8, HEIGHT - 4)

    def _widest(self) -> int:
        """The words at their boldest, so that taking a segment moves nothing."""
        return QFontMetrics(self.theme.font(13, 600)).horizontalAdvance(self.text())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        color = self.theme.color
        bounds = QRectF(self.rect())
        on = self.isEnabled()
        if self.isChecked():
            box(painter, bounds, 4, fill=color("check" if on else "line"))
        elif ground := self.ground:
            box(painter, bounds, 4, fill=color(ground))
        painter.setPen(color(("text" if self.isChecked() else "sub") if on else "off"))
        painter.drawText(bounds, Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            ring(painter, bounds, color("accent"), 4)


class Segments(QWidget):
    """Some choices side by side, one of them taken. Arrow keys move within."""

    chosen = Signal(object)

    def __init__(
        self,
        theme: Theme,
        choices: Sequence[tuple[object, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.values = tuple(value for value, _ in choices)
        self._group = QButtonGroup(self)
        self._segments: list[Segment] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        for index, (_, text) in enumerate(choices):
            segment = self.make_segment(index, text)
            segment.setAccessibleName(text)
            self._group.addButton(segment, index)
            self._segments.append(segment)
            row.addWidget(segment)
        self.setFixedHeight(HEIGHT)
        self._group.idToggled.connect(self._tell)
        self._group.buttonClicked.connect(self._take_focus_along)
        theme.changed.connect(self.update)

    def name_all(self, name: str) -> None:
        """Call this `name`, and each segment by that and its choice."""
        self.setObjectName(name)
        for value, segment in zip(self.values, self._segments, strict=True):
            segment.setObjectName(f"{name}_{value}")

    def make_segment(self, index: int, text: str) -> Segment:
        """The segment of the choice at `index`."""
        return Segment(self.theme, text)

    @property
    def buttons(self) -> Sequence[QAbstractButton]:
        """The segments, in the order of the choices."""
        return self._segments

    @property
    def current(self) -> object:
        """The taken choice; None before the first."""
        at = self._group.checkedId()
        return None if at < 0 else self.values[at]

    def set_current(self, value: object) -> None:
        """Take `value` without telling."""
        if value in self.values:
            self._group.blockSignals(True)
            self._group.button(self.values.index(value)).setChecked(True)
            self._group.blockSignals(False)

    def set_strong(self, strong: bool) -> None:
        """Show the taken choice bold."""
        for segment in self._segments:
            segment.set_strong(strong)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = _WAYS.get(Qt.Key(event.key()))
        if way is None:
            super().keyPressEvent(event)
            return
        at = max(0, min(len(self.values) - 1, self._group.checkedId() + way))
        self._segments[at].setChecked(True)
        self._segments[at].setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        color = self.theme.color
        on = self.isEnabled()
        fill = color("field") if on else None
        box(QPainter(self), QRectF(self.rect()), fill=fill, edge=color("edge" if on else "line"))

    def _tell(self, index: int, taken: bool) -> None:
        if taken:
            self.chosen.emit(self.values[index])

    def _take_focus_along(self, clicked: QAbstractButton) -> None:
        """A click gives no focus, but a group that has it shows it at what was taken."""
        if any(segment.hasFocus() for segment in self._segments):
            clicked.setFocus(Qt.FocusReason.OtherFocusReason)
