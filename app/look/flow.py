"""Widgets side by side, in as many lines as they need."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

SPACING = 8


class Flow(QWidget):
    """Each part as large as it likes to be; `end` is the last, at the right end of its line."""

    def __init__(self, *parts: QWidget, end: QWidget | None = None) -> None:
        super().__init__()
        self._end = end
        self._parts = parts if end is None else (*parts, end)
        for part in self._parts:
            part.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        line = _size(self._shown())
        return QSize(line.width(), self.heightForWidth(line.width()))

    def heightForWidth(self, width: int) -> int:
        heights = [_size(line).height() for line in self._lines(width)]
        return sum(heights) + SPACING * (len(heights) - 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.arrange()

    def arrange(self) -> None:
        """Lay out the parts that are to be seen."""
        top = 0
        for line in self._lines(self.width()):
            left, height = 0, _size(line).height()
            for part in line:
                size = _liked(part)
                if part is self._end:
                    left = max(left, self.width() - size.width())
                part.setGeometry(left, top + (height - size.height()) // 2, *size.toTuple())
                left += size.width() + SPACING
            top += height + SPACING

    def _lines(self, width: int) -> list[list[QWidget]]:
        lines: list[list[QWidget]] = [[]]
        for part in self._shown():
            if lines[-1] and _size([*lines[-1], part]).width() > width:
                lines.append([])
            lines[-1].append(part)
        return lines

    def _shown(self) -> list[QWidget]:
        return [part for part in self._parts if not part.isHidden()]


def _size(line: list[QWidget]) -> QSize:
    """What parts side by side take."""
    sizes = [_liked(part) for part in line]
    width = sum(size.width() for size in sizes) + SPACING * (len(sizes) - 1)
    return QSize(width, max((size.height() for size in sizes), default=0))


def _liked(part: QWidget) -> QSize:
    """How large a part likes to be, as far as it may."""
    return part.sizeHint().expandedTo(part.minimumSize()).boundedTo(part.maximumSize())
