"""Lines over the picture that read on any colour: what a tool is about to select."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from app.canvas.dashes import tile
from app.canvas.layer import transform
from app.canvas.regions import rect_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPainterPath

    from app.canvas.view import View
    from app.model.geometry import Rect


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """A path as it was given, as it is shown in device pixels, and which of these it is near."""

    path: QPainterPath
    shown: QPainterPath
    area: Rect


class Overlay:
    """Paths in picture pixels, drawn one device pixel wide wherever they are seen.

    What is as it was need not be painted again: a path that is the very same object. So lines of
    thousands of places are given in several.
    """

    def __init__(self, repaint: Callable[[Rect], None]) -> None:
        self._repaint = repaint
        self._view: View | None = None
        self._paths: tuple[QPainterPath, ...] = ()
        self._parts: dict[int, _Part] = {}  # by the path's identity
        self._pen = QPen(QBrush(tile()), 0)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not self._paths

    def show(self, *paths: QPainterPath) -> None:
        """Draw these paths from now on, and none of those before."""
        self._paths = tuple(path for path in paths if not path.isEmpty())
        self._place(self._parts)

    def look(self, view: View | None) -> None:
        """The picture lies elsewhere."""
        self._view = view
        self._place({})

    def draw(self, painter: QPainter, area: Rect) -> None:
        """Draw at least what `area` holds; the painter must draw in device pixels."""
        near = [part.shown for part in self._parts.values() if not part.area.within(area).is_empty]
        if not near:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._pen)
        for path in near:
            painter.drawPath(path)

    def _place(self, known: dict[int, _Part]) -> None:
        """Find out where the paths are seen, and have what is new or gone painted."""
        before, view = self._parts, self._view
        self._parts = {}
        if view is not None:
            for path in self._paths:
                self._parts[id(path)] = known.get(id(path)) or _placed(path, view)
        for part in {*before.values()} ^ {*self._parts.values()}:
            self._repaint(part.area)


def _placed(path: QPainterPath, view: View) -> _Part:
    shown = transform(view).map(path)
    around = rect_of(shown.boundingRect().toAlignedRect())
    return _Part(path, shown, around.grown(2).within(view.area))
