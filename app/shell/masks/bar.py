"""How a picture is to be read as a mask, asked over the foot of the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.look.buttons import PlainButton
from app.look.check_box import CheckBox
from app.look.flow import Flow
from app.look.lines import group
from app.look.segments import Segments
from app.look.text import Label
from app.shell.foot_bar import GUTTER, FootBar

if TYPE_CHECKING:
    from app.look.theme import Theme
    from app.model.geometry import Size
    from app.model.mask_source import Reading
    from app.model.picture import Picture
    from app.model.selecting import Mode
    from app.shell.stage import Stage


class ImportBar(FootBar):
    """Asks while the mask shows what would become of it; nothing else has to wait.

    `changed`: the artist chose something. `accepted` and `rejected` end the asking.
    """

    changed = Signal()
    accepted = Signal()
    rejected = Signal()

    def __init__(self, theme: Theme, stage: Stage) -> None:
        super().__init__(theme, stage)
        self.setObjectName("import_mask")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._fits = True
        self._title = Label(theme, "", "text", 13, 600, elide=True)
        self._sizes = Label(theme, "", "sub", 12)
        self._by = Segments(
            theme, [("luminance", self.tr("Brightness")), ("alpha", self.tr("Opacity"))]
        )
        self._inverse = CheckBox(theme, self.tr("Inverted"))
        self._fit = Segments(
            theme,
            [
                ("scale", self.tr("Scale")),
                ("centre", self.tr("In the Middle")),
                ("refuse", self.tr("Refuse")),
            ],
        )
        self._mode = Segments(theme, [("replace", self.tr("Replace")), ("add", self.tr("Add"))])
        self._keep = PlainButton(theme, self.tr("Import"))
        self._cancel = PlainButton(theme, self.tr("Cancel"))
        self._name_parts()
        self._arrange()
        self._link()

    def ask(self, picture: Picture, wanted: Size, reading: Reading, mode: Mode) -> None:
        """Show the bar, with these choices, for a picture to become a mask of `wanted` size."""
        size, has_alpha = picture.size, picture.alpha is not None
        name = picture.name or self.tr("Pasted picture")
        self._title.setText(self.tr("Mask from “{name}”").format(name=name))
        self._fits = size == wanted
        self._fit.setVisible(not self._fits)
        self._fit.set_current(reading.fit)
        self._by.set_current(reading.by if has_alpha else "luminance")
        self._by.buttons[1].setEnabled(has_alpha)
        self._inverse.setChecked(reading.inverse)
        self._mode.set_current(mode)
        told = self.tr("{width} × {height}, the picture is {wide} × {high}")
        words = told.format(width=size.width, height=size.height, wide=wanted.width,
                            high=wanted.height)  # fmt: skip
        self._sizes.setText("" if self._fits else words)
        self._show_refusal()
        self.show()
        self.place()
        self.raise_()
        self.setFocus()

    @property
    def reading(self) -> Reading:
        """What is chosen now."""
        from app.model.mask_source import Reading

        return Reading.from_json(
            {
                "by": self._by.current,
                "inverse": self._inverse.isChecked(),
                "fit": self._fit.current,
            }
        )

    @property
    def mode(self) -> Mode:
        return "add" if self._mode.current == "add" else "replace"

    def place(self) -> None:
        self._choices.updateGeometry()  # the layout is not told that a choice was hidden
        super().place()
        self._choices.arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Within the bar these keys are no shortcuts (`shell.keys.writing`).
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._decide()
        else:
            super().keyPressEvent(event)

    def _name_parts(self) -> None:
        for name, part in (
            ("import_by", self._by),
            ("import_inverse", self._inverse),
            ("import_fit", self._fit),
            ("import_mode", self._mode),
            ("import_keep", self._keep),
            ("import_cancel", self._cancel),
            ("import_sizes", self._sizes),
        ):
            part.setObjectName(name)
        self._by.setAccessibleName(self.tr("What is redrawn"))
        self._fit.setAccessibleName(self.tr("A mask of another size"))
        self._mode.setAccessibleName(self.tr("The mask that is there"))

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._sizes)
        ends = group(self._cancel, self._keep, spacing=8)
        self._choices = Flow(self._by, self._inverse, self._fit, self._mode, end=ends)
        column = QVBoxLayout(self)
        column.setContentsMargins(GUTTER, 10, 10, 10)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._choices)

    def _link(self) -> None:
        for segments in (self._by, self._fit, self._mode):
            segments.chosen.connect(self._tell)
        self._inverse.toggled.connect(self._tell)
        self._keep.clicked.connect(self.accepted)
        self._cancel.clicked.connect(self.rejected)
        # Of the window, as the pointer takes the focus to the canvas; none while this is hidden.
        for key, act in (
            (Qt.Key.Key_Escape, self.rejected.emit),
            (Qt.Key.Key_Return, self._decide),
            (Qt.Key.Key_Enter, self._decide),
        ):
            QShortcut(QKeySequence(key), self, act)

    def _decide(self) -> None:
        if self._cancel.hasFocus():
            self.rejected.emit()
        elif self._keep.isEnabled():
            self.accepted.emit()

    def _tell(self) -> None:
        self._show_refusal()
        self.changed.emit()

    def _show_refusal(self) -> None:
        is_refused = not self._fits and self._fit.current == "refuse"
        self._keep.setEnabled(not is_refused)
        self._sizes.set_token("warn" if is_refused else "sub")
