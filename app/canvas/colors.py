"""The colours that the canvas shows things in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QColor


@dataclass(frozen=True, slots=True)
class Colors:
    """The mask's tint, the share of it that a full mask shows, and what is around the picture."""

    tint: QColor
    opacity: float
    around: QColor
