"""How the canvas shows things: the mask, the picture's pixels, and what is around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor

if TYPE_CHECKING:
    from app.session.display import Mode


@dataclass(frozen=True, slots=True)
class Style:
    """The mask's tint and the share of it that a full mask shows; or another `mode` to show it.

    `around` lies around the picture, `grid` says whether lines part its pixels.
    """

    tint: QColor
    opacity: float
    around: QColor
    mode: Mode = "overlay"
    grid: bool = True

    def table(self) -> list[int]:
        """The colour of each value of the mask."""
        if self.mode == "ants":
            return tints(QColor(255, 255, 255), 1.0)  # over black, the value itself
        return tints(self.tint, self.opacity) if self.mode == "overlay" else greys()


def tints(color: QColor, opacity: float) -> list[int]:
    """A colour that is laid over the picture, the more of it the higher the value."""
    tint = QColor(color)
    colors = []
    for value in range(256):
        tint.setAlpha(round(value * opacity))
        colors.append(tint.rgba())
    return colors


def greys() -> list[int]:
    """The values themselves, in place of the picture."""
    return [QColor(value, value, value).rgba() for value in range(256)]
