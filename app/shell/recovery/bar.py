"""Offers, over the foot of the canvas, to go on with a mask that was left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from app.look.buttons import PlainButton
from app.look.text import Label
from app.shell.foot_bar import FootBar
from app.shell.pictured import THUMBNAIL
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

    def _told_others(self, others: int) -> str:
        if others > 1:
            return self.tr("%n more masks are kept.", "", others)
        return self.tr("One more mask is kept.") if others else ""

    def _arrange(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._told)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 12, 12, 12)
        row.setSpacing(8)
        row.addWidget(self._image)
        row.addSpacing(4)
        row.addLayout(words, 1)
        for button in (self._later, self._all, self._go_on):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    def _link(self) -> None:
        for name, button, answer in (
            ("recovery_later", self._later, lambda: self.declined.emit(self._offered)),
            ("recovery_all", self._all, self.all_wanted.emit),
            ("recovery_go_on", self._go_on, lambda: self.accepted.emit(self._offered)),
        ):
            button.setObjectName(name)
            button.clicked.connect(self.hide)
            button.clicked.connect(answer)
