"""Offers, over the foot of the canvas, to go on with a mask that was left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from app.look.buttons import PlainButton
from app.look.text import Label
from app.shell.foot_bar import GUTTER, FootBar
from app.shell.kept.listing import THUMBNAIL
from app.shell.recovery.wording import name_of, offer_of

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from app.look.theme import Theme
    from app.model.autosave import Autosaved
    from app.shell.stage import Stage


class OfferBar(FootBar):
    """Goes away with any answer. `accepted` and `declined` tell what was offered."""

    accepted = Signal(object)
    declined = Signal(object)
    all_wanted = Signal()

    def __init__(self, theme: Theme, stage: Stage) -> None:
        super().__init__(theme, stage)
        self.setObjectName("recovery")
        self._offered: Autosaved | None = None
        self._image = QLabel()
        self._image.setFixedSize(THUMBNAIL)
        self._image.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = Label(theme, "", "text", 13, 600, elide=True)
        self._told = Label(theme, "", "sub", 12)
        self._told.setWordWrap(True)
        self._later = PlainButton(theme, self.tr("Not Now"))
        self._all = PlainButton(theme, self.tr("Show All…"))
        self._go_on = PlainButton(theme, self.tr("Go On"))
        self._arrange()
        self._link()

    def offer(self, kept: Autosaved, preview: QImage, others: int) -> None:
        """Offer this mask; so many `others` are kept as well."""
        self._offered = kept
        self._image.setPixmap(QPixmap.fromImage(preview))
        self._title.setText(self.tr("You were painting on “{name}”").format(name=name_of(kept)))
        self._told.setText(f"{offer_of(kept)} {self._told_others(others)}".rstrip())
        self._all.setVisible(others > 0)
        self.setAccessibleName(f"{self._title.text()}. {self._told.text()}")
        self.show()
        self.place()
        self.raise_()
        self._stage.notice.raise_()

    def withdraw(self, kept: Autosaved) -> None:
        """Offer this mask no longer: something else was done with it."""
        if self._offered is not None and self._offered.folder == kept.folder:
            self.hide()

    def setVisible(self, visible: bool) -> None:
        super().setVisible(visible)
        self._stage.empty.show_words(not visible)

    def place(self) -> None:
        super().place()
        if self._stage.empty.isVisible():  # at its foot are the buttons to open a picture with
            self.move(self.x(), GUTTER)

    def _told_others(self, others: int) -> str:
        if others > 1:
            return self.tr("%n more are kept.", "", others)
        return self.tr("One more is kept.") if others else ""

    def _arrange(self) -> None:
        answers = QHBoxLayout()
        answers.setSpacing(8)
        answers.addStretch(1)
        for button in (self._later, self._all, self._go_on):
            answers.addWidget(button)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self._title)
        column.addWidget(self._told)
        column.addSpacing(6)
        column.addLayout(answers)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 12, 12, 12)
        row.setSpacing(12)
        row.addWidget(self._image)
        row.addLayout(column, 1)

    def _link(self) -> None:
        for name, button, answer in (
            ("recovery_later", self._later, lambda: self.declined.emit(self._offered)),
            ("recovery_all", self._all, self.all_wanted.emit),
            ("recovery_go_on", self._go_on, lambda: self.accepted.emit(self._offered)),
        ):
            button.setObjectName(name)
            button.clicked.connect(self.hide)
            button.clicked.connect(answer)
