"""Line icons in the theme's colours, drawn when they are first seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app import resources

if TYPE_CHECKING:
    from app.look.theme import Theme


class Icons:
    """The icons of `resources/icons`, by file name without its ending."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._sources: dict[str, bytes] = {}
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}

    def pixmap(self, name: str, token: str, size: int, ratio: float) -> QPixmap:
        """The icon in the colour `token`, `size` wide, for a screen of that pixel `ratio`."""
        key = (name, token, size, ratio)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._draw(name, token, size, ratio)
        return self._pixmaps[key]

    def clear(self) -> None:
        """Forget the drawn icons; the colours have changed."""
        self._pixmaps.clear()

    def _draw(self, name: str, token: str, size: int, ratio: float) -> QPixmap:
        if name not in self._sources:
            self._sources[name] = resources.path("icons", f"{name}.svg").read_bytes()
        color = self._theme.color(token).name().encode()
        source = self._sources[name].replace(b"currentColor", color)
        side = round(size * ratio)
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(source)).render(painter, QRectF(0, 0, side, side))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap
