"""A number: slider and spin box."""

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from app.contract.fields import Field
from app.look.fields import NumberField, Spin
from app.look.sliders import Slider
from app.look.theme import Theme
from app.panels.parameters.rows import Row
from app.panels.parameters.wording import off_of, range_text


class Scale:
    """How the numbers of an editor and the values of a field stand for each other.

    The empty value of a field that may be off has the place one step below the lowest number.
    """

    def __init__(self, field: Field) -> None:
        self._field = field
        self.low = field.lowest
        self.off_at = self.low - field.hint.step if field.nullable else None
        self.start = self.low if self.off_at is None else round(self.off_at, 6)

    def spin(self, theme: Theme) -> Spin:
        """A spin box for the field."""
        field = self._field
        return Spin(
            theme,
            self.low,
            field.maximum,
            field.hint.step,
            field.hint.decimals,
            off=off_of(field),
            off_at=self.off_at,
        )

    def value(self, number: float) -> object:
        """The field's value for a number of the editor."""
        if self.off_at is not None and number == self.start:
            return None
        return round(number) if self._field.kind == "whole" else round(number, 6)

    def number(self, value: object) -> float:
        """The editor's number for a value of the field."""
        return float(value) if isinstance(value, int | float) else self.start


class NumberRow(Row):
    """The editor is the spin box; the slider beside it sets the same value."""

    def __init__(self, theme: Theme, field: Field, parent: QWidget | None = None) -> None:
        self.scale = Scale(field)
        self.slider = Slider(theme)
        self.spin = self.scale.spin(theme)
        self.box = NumberField(theme, self.spin, field.hint.unit)
        super().__init__(theme, field, parent)

    def build(self) -> None:
        super().build()
        field = self.field
        assert field.maximum is not None, f"{field.name} has no upper bound"
        self.slider.set_scale(self.scale.start, field.maximum, field.hint.step)
        self.slider.set_tick(self.scale.number(field.default))
        self.slider.setFocusPolicy(self.slider.focusPolicy().ClickFocus)
        self.slider.setObjectName(f"{field.name}_slider")
        self.slider.setAccessibleName(self.title)
        self.name_editor(self.spin)
        self.box.watch(self.slider)
        self.content.addWidget(self.slider, 1)
        self.content.addWidget(self.box)
        self.slider.moved.connect(self._ask)
        self.spin.edited.connect(self._ask)

    def editors(self) -> list[QWidget]:
        return [self.slider, self.box, self.spin]

    def show_value(self, value: object) -> None:
        number = self.scale.number(value)
        self.slider.set_number(number)
        if not self._is_typed(number):
            with QSignalBlocker(self.spin):
                self.spin.setValue(number)
        self._judge(number)

    def set_strong(self, strong: bool) -> None:
        self.box.set_strong(strong)

    def _ask(self, number: float) -> None:
        self.edited.emit(self.scale.value(number))
        self._judge(number)

    def _is_typed(self, number: float) -> bool:
        """Whether the text being typed already means `number` and must be left alone."""
        if not self.spin.hasFocus():
            return False
        draft = self.spin.draft()
        return number == (self.scale.start if draft is None else draft)

    def _judge(self, number: float) -> None:
        bad = not self.spin.accepts(number)
        self.box.set_bad(bad)
        # A zero is how most fractions begin: no need to speak up before the next digit.
        self.show_message(range_text(self.field) if bad and number != 0 else "")
