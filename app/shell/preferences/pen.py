"""The pen, as the hand wants it: its lightest touch, its curve, and a sheet to try both on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.look.buttons import PlainButton
from app.look.lines import column_in
from app.look.sliders import Slider
from app.look.text import Label
from app.model.curve import STRAIGHT, Curve
from app.model.feel import Feel
from app.panels.pen_pad import PenPad
from app.panels.pressure_curve import PressureCurve
from app.shell.form import add_row, section, side_by_side

if TYPE_CHECKING:
    from app.look.theme import Theme
    from app.session.pen import Pen

SOFT = Curve(((0.0, 0.0), (0.3, 0.55), (1.0, 1.0)))
FIRM = Curve(((0.0, 0.0), (0.65, 0.4), (1.0, 1.0)))
MOST_PERCENT = 50
VALUE_WIDTH = 48


class PenPart(QWidget):
    """Every change takes effect at once, in the whole program."""

    def __init__(self, theme: Theme, pen: Pen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pen = pen
        self._floor = Slider(theme)
        self._floor.setObjectName("pen_floor")
        self._floor.setAccessibleName(self.tr("Lightest touch"))
        self._floor.set_scale(0, MOST_PERCENT, 1)
        self._floor.set_tick(100 * Feel().floor)
        self._floor.moved.connect(lambda percent: pen.edit(floor=percent / 100))
        self._percent = Label(theme)
        self._percent.setObjectName("pen_floor_value")
        self._percent.setFixedWidth(VALUE_WIDTH)
        self._curve = PressureCurve(theme, pen)
        self._curve.setObjectName("pen_curve")
        self._curve.setAccessibleName(self.tr("Pressure curve"))
        self._pad = PenPad(theme, pen)
        self._pad.setObjectName("pen_pad")
        self._pad.setAccessibleName(self.tr("Sheet to try the pen on"))
        self._pad.pressed.connect(self._curve.mark)
        self._arrange(theme)
        pen.feel_changed.connect(self._show)
        self._show()

    def _arrange(self, theme: Theme) -> None:
        column = column_in(self, spacing=8)
        form = section(theme, column, self.tr("Pen pressure"))
        add_row(theme, form, self.tr("Lightest touch"), side_by_side(self._floor, self._percent))
        column.addLayout(self._sheets())
        column.addLayout(self._buttons(theme))
        hint = Label(
            theme,
            self.tr(
                "Drag the points until light and firm strokes feel right. Click the curve for a "
                "new point; double-click a point to remove it. Whether pressure changes the size "
                "or the opacity is set with each brush."
            ),
            "hint",
            12,
        )
        hint.setWordWrap(True)
        column.addWidget(hint)
        column.addStretch()

    def _sheets(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._curve)
        row.addWidget(self._pad, 1)
        return row

    def _buttons(self, theme: Theme) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for name, title, curve in (
            ("pen_soft", self.tr("Soft"), SOFT),
            ("pen_even", self.tr("Even"), STRAIGHT),
            ("pen_firm", self.tr("Firm"), FIRM),
        ):
            button = PlainButton(theme, title)
            button.setObjectName(name)
            button.clicked.connect(lambda _=False, curve=curve: self._pen.edit(curve=curve))
            row.addWidget(button)
        row.addStretch()
        clear = PlainButton(theme, self.tr("Clear sheet"))
        clear.setObjectName("pen_clear")
        clear.clicked.connect(self._pad.clear)
        row.addWidget(clear)
        return row

    def _show(self) -> None:
        percent = round(100 * self._pen.feel.floor)
        self._floor.set_number(percent)
        self._percent.setText(f"{percent} %")
