"""The options of hand and zoom: where to go at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.look.buttons import PlainButton
from app.look.lines import row_in

if TYPE_CHECKING:
    from app.look.theme import Theme


class MovingOptions(QWidget):
    """Buttons that do nothing by themselves: who arranges the window ties them to its actions."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = row_in(self, spacing=8)
        self.buttons = {
            "fit": PlainButton(theme, self.tr("Fit")),
            "fill_view": PlainButton(theme, self.tr("Fill")),
            "actual_size": PlainButton(theme, self.tr("100 %")),
            "fit_mask": PlainButton(theme, self.tr("Mask")),
        }
        for name, button in self.buttons.items():
            button.setObjectName(f"option_{name}")
            button.setAccessibleName(button.text())
            row.addWidget(button)
