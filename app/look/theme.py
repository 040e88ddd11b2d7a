"""The theme: which set of colours is on, and dressing the application in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication
from PySide6.QtWidgets import QApplication

from app.look.dress import palette, stylesheet
from app.look.fonts import families
from app.look.icons import Icons
from app.look.tokens import DARK, LIGHT, Tokens

Mode = Literal["system", "dark", "light"]

FUSION = ("-style", "fusion")
"""For the arguments of `QApplication`: the style that the program is dressed for.

Setting it later would load all of QStyle's enums, at a cost that the first paint would wait for.
"""

_SCHEMES = {
    "system": Qt.ColorScheme.Unknown,
    "dark": Qt.ColorScheme.Dark,
    "light": Qt.ColorScheme.Light,
}
_TABULAR = QFont.Tag("tnum")


class Theme(QObject):
    """Colours, fonts and icons. Widgets read them while they paint and repaint on `changed`."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.mode: Mode = "system"
        self.tokens: Tokens = DARK
        self.icons = Icons(self)
        self._colors: dict[str, QColor] = {}
        self._fonts: dict[tuple[int, int], QFont] = {}
        self._families = families()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow)

    def color(self, name: str) -> QColor:
        """The colour of the token `name` (see `Tokens`)."""
        if name not in self._colors:
            self._colors[name] = QColor(getattr(self.tokens, name))
        return self._colors[name]

    def font(self, px: int = 13, weight: int = 400) -> QFont:
        """The program's face at `px` pixels, with digits of equal width; one's own to change."""
        if (px, weight) not in self._fonts:
            font = QFont()
            font.setFamilies(self._families)
            font.setPixelSize(px)
            font.setWeight(QFont.Weight(weight))
            font.setFeature(_TABULAR, 1)
            self._fonts[px, weight] = font
        return QFont(self._fonts[px, weight])

    @property
    def reduced_motion(self) -> bool:
        """Whether the desktop asks for stillness."""
        from PySide6.QtWidgets import QStyle  # not needed, and slow, before the first paint

        hint = QStyle.StyleHint.SH_Widget_Animation_Duration
        return QApplication.style().styleHint(hint) == 0

    def apply(self, mode: Mode) -> None:
        """Dress the application. "system" follows the desktop, and is dark where that is mute."""
        self.mode = mode
        # Windows and macOS colour the title bar by this; elsewhere it does nothing.
        QGuiApplication.styleHints().setColorScheme(_SCHEMES[mode])
        self._dress()

    def _follow(self) -> None:
        if self.mode == "system":
            self._dress()

    def _dress(self) -> None:
        scheme = QGuiApplication.styleHints().colorScheme()
        light = self.mode == "light" or (self.mode == "system" and scheme is Qt.ColorScheme.Light)
        self.tokens = LIGHT if light else DARK
        self._colors.clear()
        self.icons.clear()
        application = cast("QApplication", QApplication.instance())
        application.setFont(self.font())
        application.setPalette(palette(self.tokens))
        # After the palette: widgets below a stylesheet see a new one only then.
        with _fonts_kept(application):
            application.setStyleSheet(stylesheet(self.tokens))
        self.changed.emit()


@contextmanager
def _fonts_kept(application: QApplication) -> Iterator[None]:
    """Keep the fonts of widgets: a new stylesheet gives each the one of its first polish."""
    fonts = [(widget, widget.font()) for widget in application.allWidgets()]
    yield
    for widget, font in fonts:
        if widget.testAttribute(Qt.WidgetAttribute.WA_SetFont) and widget.font() != font:
            widget.setFont(font)
