"""The seed: random, drawn once, or held."""

from collections.abc import Callable
from random import SystemRandom

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.contract.fields import Field
from app.contract.parameters import RANDOM_SEED
from app.look.buttons import IconButton
from app.look.fields import MAX_DIGITS, NumberField, Spin
from app.look.theme import Theme
from app.panels.parameters.rows import Row
from app.panels.parameters.wording import off_of, range_text

SEED_BITS = 31
"""Drawn seeds fit the signed 32-bit integers that some services store them in."""


class SeedRow(Row):
    """The dice draws a seed. The lock holds the last one used; open, each run draws its own."""

    def __init__(
        self,
        theme: Theme,
        field: Field,
        last_seed: Callable[[], int | None],
        parent: QWidget | None = None,
    ) -> None:
        self._last_seed = last_seed
        super().__init__(theme, field, parent)

    def build(self) -> None:
        super().build()
        theme, field = self.theme, self.field
        self.spin = Spin(theme, field.lowest, field.maximum, off=off_of(field), grouped=True)
        self.box = NumberField(theme, self.spin)
        self.dice = IconButton(theme, "dice", self.tr("Draw a seed"))
        self.lock = IconButton(theme, "unlock", self.tr("Hold the last seed"))
        self.name_editor(self.spin)
        self.dice.setObjectName(f"{self.field.name}_dice")
        self.lock.setObjectName(f"{self.field.name}_lock")
        self.lock.setCheckable(True)
        self.box.row.setContentsMargins(7, 1, 7, 1)
        self.box.setMinimumWidth(64)
        self.box.setMaximumWidth(10_000)
        self.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.spin.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.content.setSpacing(4)
        for part in (self.box, self.dice, self.lock):
            self.content.addWidget(part)
        self.spin.edited.connect(self._ask)
        self.spin.lineEdit().inputRejected.connect(self._explain_refusal)
        self.dice.clicked.connect(self._draw)
        self.lock.clicked.connect(self._hold)

    def editors(self) -> list[QWidget]:
        return [self.box, self.spin, self.dice, self.lock]

    def show_value(self, value: object) -> None:
        seed = value if isinstance(value, int) else RANDOM_SEED
        if not (self.spin.hasFocus() and self.spin.draft() == seed):
            with QSignalBlocker(self.spin):
                self.spin.setValue(seed)
        held = seed != RANDOM_SEED
        with QSignalBlocker(self.lock):
            self.lock.setChecked(held)
        self.lock.set_icon("lock" if held else "unlock")
        free = self.tr("Draw a new seed each time")
        self.lock.set_text(free if held else self.tr("Hold the last seed"))
        self._judge(seed)

    def set_strong(self, strong: bool) -> None:
        self.box.set_strong(strong)

    def _ask(self, number: float) -> None:
        self.edited.emit(round(number))
        self._judge(number)

    def _judge(self, number: float) -> None:
        bad = not self.spin.accepts(number)
        self.box.set_bad(bad)
        self.show_message(range_text(self.field) if bad else "")

    def _explain_refusal(self) -> None:
        """Something was typed that the field does not take: less than that is another seed."""
        words = self.tr("A seed has up to {count} digits.").format(count=MAX_DIGITS)
        self.show_message(words, "info", "hint")

    def _draw(self) -> None:
        self.edited.emit(SystemRandom().getrandbits(SEED_BITS))

    def _hold(self, held: bool) -> None:
        last = self._last_seed()
        if not held:
            self.edited.emit(RANDOM_SEED)
        elif last is None:
            self._draw()
        else:
            self.edited.emit(last)
