"""One entry of an add-on list: its name, its weight, and the button that takes it away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.contract.fields import Field, fields_of
from app.look.buttons import IconButton
from app.look.frames import HEIGHT
from app.look.lines import row_in
from app.look.paint import box
from app.look.sliders import Slider
from app.panels.parameters.model_row import ModelPicker
from app.panels.parameters.number_row import Scale
from app.panels.parameters.wording import title_of

if TYPE_CHECKING:
    from app.contract.record import Record
    from app.look.fields import Spin
    from app.look.theme import Theme

NAME = "model_name"


class Addon(QWidget):
    """Made from the fields of the list's item, so that a new field would show up by itself.

    `changed(index, field, value)` asks for a value, `removed(index)` to be taken off.
    """

    changed = Signal(int, str, object)
    removed = Signal(int)

    def __init__(
        self, theme: Theme, field: Field, index: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        assert field.item is not None, f"{field.name} is no list"
        self._theme = theme
        self._index = index
        self._prefix = f"{field.name}.{index}"
        self._numbers: dict[str, tuple[Slider, Spin]] = {}
        self.setFixedHeight(HEIGHT)
        row = row_in(self, spacing=4)
        parts = fields_of(field.item)
        self.picker = ModelPicker(theme)
        self.picker.setFrame(False)
        self.picker.line.setPlaceholderText(self.tr("Name"))
        self._name(self.picker, parts[NAME])
        self.picker.picked.connect(self._rename)
        row.addWidget(self.picker, 1)
        for part in parts.values():
            if part.name != NAME:
                self._add_number(row, part)
        self.remove = IconButton(theme, "cancel", self.tr("Remove"))
        self.remove.icon_size = 16
        self.remove.setObjectName(f"{self._prefix}.remove")
        self.remove.clicked.connect(self._ask_removal)
        row.addWidget(self.remove)
        theme.changed.connect(self.update)

    def show_item(self, item: Record) -> None:
        """Show the entry, without telling."""
        self.picker.show_name(getattr(item, NAME))
        for name, (slider, spin) in self._numbers.items():
            number = getattr(item, name)
            slider.set_number(number)
            if not (spin.hasFocus() and spin.draft() == number):
                with QSignalBlocker(spin):
                    spin.setValue(number)

    def paintEvent(self, event: QPaintEvent) -> None:
        box(QPainter(self), QRectF(self.rect()), fill=self._theme.color("row"))

    def _add_number(self, row: QHBoxLayout, part: Field) -> None:
        assert part.maximum is not None, f"{part.name} has no upper bound"
        slider = Slider(self._theme)
        slider.set_scale(part.lowest, part.maximum, part.hint.step)
        slider.setFixedSize(72, HEIGHT)
        slider.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        slider.setAccessibleName(title_of(part))
        spin = Scale(part).spin(self._theme)
        spin.setFixedWidth(44)
        spin.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        spin.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        palette = spin.palette()
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        spin.setPalette(palette)
        self._name(spin, part)
        for editor, signal in ((slider, slider.moved), (spin, spin.edited)):
            signal.connect(lambda number, name=part.name: self._reweigh(name, number))
            editor.setToolTip(title_of(part))
            row.addWidget(editor)
        self._numbers[part.name] = (slider, spin)

    def _name(self, editor: QWidget, part: Field) -> None:
        editor.setObjectName(f"{self._prefix}.{part.name}")
        editor.setAccessibleName(f"{title_of(part)} {self._index + 1}")

    def _rename(self, name: str) -> None:
        self.changed.emit(self._index, NAME, name)

    def _reweigh(self, name: str, number: float) -> None:
        self.changed.emit(self._index, name, round(number, 6))

    def _ask_removal(self) -> None:
        self.removed.emit(self._index)
