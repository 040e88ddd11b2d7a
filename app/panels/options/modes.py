"""What a tool does with the mask, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.contract.hints import QT_TRANSLATE_NOOP
from app.look.icon_segments import IconSegments

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.look.theme import Theme
    from app.model.selecting import Mode

_WORDS: Mapping[Mode, str] = {
    "add": QT_TRANSLATE_NOOP("Modes", "Add to the mask"),
    "subtract": QT_TRANSLATE_NOOP("Modes", "Subtract from the mask"),
    "intersect": QT_TRANSLATE_NOOP("Modes", "Keep what is in both"),
    "replace": QT_TRANSLATE_NOOP("Modes", "Replace the mask"),
}


def mode_segments(theme: Theme, name: str, modes: Sequence[Mode]) -> IconSegments:
    """The choice between `modes`."""
    segments = IconSegments(
        theme,
        [
            (mode, QCoreApplication.translate("Modes", _WORDS[mode]), f"{mode}-mode")
            for mode in modes
        ],
    )
    segments.name_all(name)
    segments.setAccessibleName(QCoreApplication.translate("Modes", "What the tool does"))
    return segments
