"""What of a widget is to be painted anew."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING

from app.canvas.stale import joined
from app.model.geometry import EMPTY

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.model.geometry import Rect


class Repaints:
    """Asks Qt to have device pixels painted, and not again for those that it was asked for.

    No object of Qt's: to change what those hold takes twenty times as long, and every move of a
    hand comes by here.
    """

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._awaited = EMPTY
        self.ratio = widget.devicePixelRatioF()
        """Device pixels per pixel of the widget, as it was sized last."""

    def ask(self, area: Rect) -> None:
        """Have some device pixels painted."""
        awaited = self._awaited
        if awaited.contains(area):  # as an empty one always is
            return
        # One rectangle is painted faster than the bands of several.
        if awaited is not EMPTY:
            area = joined(area, awaited) or area
        self._awaited = area
        left, top, right, bottom = area
        ratio = self.ratio
        if ratio != 1:
            left, top = floor(left / ratio), floor(top / ratio)
            right, bottom = ceil(right / ratio), ceil(bottom / ratio)
        self._widget.update(left, top, right - left, bottom - top)

    def begin(self) -> None:
        """All that was asked for is being painted."""
        self._awaited = EMPTY
