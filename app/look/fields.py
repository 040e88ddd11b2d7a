"""Numbers: a spin box that lets one finish typing, and its frame."""

import math

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QSizePolicy, QWidget

from app.look.frames import HEIGHT, FieldFrame
from app.look.text import Label
from app.look.theme import Theme

MAX_DIGITS = 15
"""As many as a float holds exactly; further ones are not taken."""

_State = QValidator.State
_ENDS = {Qt.Key.Key_Home, Qt.Key.Key_End}


class Spin(QDoubleSpinBox):
    """A number that may pass through anything while it is typed.

    `edited` tells what was typed or set, in range or not; leaving the field sets the nearest
    value in range. Where there is an `off` word, `off_at` is the number that stands for it, and
    an empty field means it too.
    """

    edited = Signal(float)

    def __init__(
        self,
        theme: Theme,
        low: float,
        high: float | None = None,
        step: float = 1,
        decimals: int = 0,
        *,
        off: str = "",
        off_at: float | None = None,
        grouped: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._low = low
        self._high = math.inf if high is None else high
        self._off = off
        self._grouped = grouped
        self.setFrame(False)
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setLocale(QLocale.c())
        self.setFont(theme.font())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setDecimals(decimals)
        self.setSingleStep(step)
        self.setRange(low if off_at is None else off_at, 10.0**MAX_DIGITS if high is None else high)
        if off:
            self.setSpecialValueText(off)
        self.valueChanged.connect(self.edited)
        self.lineEdit().textEdited.connect(self._tell_draft)
        self.editingFinished.connect(self._tell_end)

    @property
    def is_off(self) -> bool:
        return bool(self._off) and self.value() == self.minimum()

    def accepts(self, number: float) -> bool:
        """Whether `number` may stay."""
        return self._low <= number <= self._high or (bool(self._off) and number == self.minimum())

    def draft(self) -> float | None:
        """The number that stands in the field now, in range or not; None for "off" and nothing."""
        return _number(self.lineEdit().text())

    def validate(self, text: str, at: int) -> tuple[_State, str, int]:
        if self._off and text == self._off:
            return _State.Acceptable, text, at
        usual = "-.0123456789 " if self._grouped else "-.0123456789"
        kept = "".join(c for c in text.replace(",", ".") if c in usual)
        at = max(0, at - (len(text) - len(kept)))
        if (text and not kept) or not self._may_begin(kept):
            return _State.Invalid, text, at
        number = _number(kept)
        fine = number is not None and self._low <= number <= self._high
        return _State.Acceptable if fine else _State.Intermediate, kept, at

    def fixup(self, text: str) -> str:
        number = _number(text)
        if number is None:
            return self._off or self.textFromValue(self.value())
        return self.textFromValue(min(max(number, self._low), self._high))

    def valueFromText(self, text: str) -> float:
        number = _number(text)
        return self.minimum() if number is None else number

    def textFromValue(self, value: float) -> str:
        if self._grouped and not self.hasFocus():
            return f"{value:,.{self.decimals()}f}".replace(",", " ")
        return f"{value:.{self.decimals()}f}"

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._regroup()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._regroup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENDS and not event.modifiers() and math.isfinite(self._high):
            self.setValue(self.maximum() if event.key() == Qt.Key.Key_End else self._low)
            self.selectAll()
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def _may_begin(self, text: str) -> bool:
        """Whether more typing could make a number of `text`."""
        whole, dot, fraction = text.replace(" ", "").removeprefix("-").partition(".")
        signs = text.startswith("-") and self.minimum() >= 0
        return (
            not signs
            and (not dot or self.decimals() > 0)
            and "-" not in whole + fraction
            and "." not in fraction
            and len(whole + fraction) <= MAX_DIGITS
        )

    def _regroup(self) -> None:
        if self._grouped and not self.is_off:
            self.lineEdit().setText(self.textFromValue(self.value()))
            if self.hasFocus():
                self.selectAll()
            else:
                self.lineEdit().home(False)  # its tail alone would look like a whole number

    def _tell_draft(self) -> None:
        text = self.lineEdit().text()
        number = _number(text)
        if number is not None and not self._low <= number <= self._high:
            self.edited.emit(number)
        elif not text and self._off:
            self.edited.emit(self.minimum())

    def _tell_end(self) -> None:
        self.edited.emit(self.value())


class NumberField(FieldFrame):
    """A spin box in its frame, with the unit after the number; `spin` is the editor itself."""

    def __init__(
        self, theme: Theme, spin: Spin, unit: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self.spin = spin
        spin.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        spin.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedSize(64, HEIGHT)
        self.row.setContentsMargins(4, 1, 7, 1)
        self.row.setSpacing(1)
        self.hold(spin)
        if unit:
            self.row.addWidget(Label(theme, unit, "hint", 12))

    def set_strong(self, strong: bool) -> None:
        """Show the number bold."""
        font = self.theme.font(13, 600 if strong else 400)
        # Once shown, the line edit within keeps the font it was given then.
        self.spin.setFont(font)
        self.spin.lineEdit().setFont(font)


def _number(text: str) -> float | None:
    try:
        return float(text.replace(" ", ""))
    except ValueError:
        return None
