"""Line icons in the theme's colours, drawn when they are first seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app import resources

if TYPE_CHECKING:
    from app.look.theme import Theme

_STATES = (
    ("sub", QIcon.Mode.Normal, QIcon.State.Off),
    ("text", QIcon.Mode.Active, QIcon.State.Off),
    ("text", QIcon.Mode.Selected, QIcon.State.Off),
    ("off", QIcon.Mode.Disabled, QIcon.State.Off),
    ("accent", QIcon.Mode.Normal, QIcon.State.On),
    ("accent", QIcon.Mode.Active, QIcon.State.On),
    ("off", QIcon.Mode.Disabled, QIcon.State.On),
)


class Icons:
    """The icons of `resources/icons`, by file name without its ending."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._sources: dict[str, bytes] = {}
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}

    def icon(self, name: str, size: int = 20) -> QIcon:
        """An icon for menus and Qt's own buttons, one pixmap a state.

        It keeps its colours: ask again when the theme has changed.
        """
        icon = QIcon()
        ratio = cast("QGuiApplication", QGuiApplication.instance()).devicePixelRatio()
        for token, mode, state in _STATES:
            icon.addPixmap(self.pixmap(name, token, size, ratio), mode, state)
        return icon

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
