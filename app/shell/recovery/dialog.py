"""The window that lists all masks that were kept unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.look.buttons import PlainButton
from app.look.segments import Segments
from app.model.autosave import Autosaved
from app.shell.kept.dialog import KeptDialog
from app.shell.recovery.rows import RecoveryRows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.look.theme import Theme

SIZE = 480, 520


class RecoveryDialog(KeptDialog[Autosaved]):
    """Shows what is kept or what was deleted, and asks for what the artist wants of it."""

    shelf_changed = Signal()
    go_on_wanted = Signal(object)
    bring_back_wanted = Signal(object)

    def __init__(self, theme: Theme, days: int, parent: QWidget) -> None:
        """What is deleted can be brought back for so many `days`."""
        super().__init__(theme, "recover", RecoveryRows(), parent)
        self.setObjectName("recover")
        self.setWindowTitle(self.tr("Recover"))
        self.resize(*SIZE)
        self._days = days
        self._shelf = Segments(theme, [("kept", self.tr("Kept")), ("deleted", self.tr("Put Away"))])
        self._shelf.set_current("kept")
        self._go_on = PlainButton(theme, self.tr("Go On"))
        self._bring_back = PlainButton(theme, self.tr("Bring Back"))
        self._list.setAccessibleName(self.tr("Masks"))
        head = QHBoxLayout()
        head.addWidget(self._shelf)
        head.addStretch(1)
        self._arrange(head, [self._go_on, self._bring_back])
        self._link_acts()
        self._switch()
        self._list.setFocus()

    @property
    def shows_deleted(self) -> bool:
        return self._shelf.current == "deleted"

    def show_kept(self, kept: Sequence[Autosaved], selected: Autosaved | None = None) -> None:
        """Say what it means that none are listed."""
        self._empty.setText(
            self.tr("Nothing was put away.") if self.shows_deleted else self.tr("Nothing is kept.")
        )
        super().show_kept(kept, selected)

    def tell(self, text: str, token: str = "sub", undo: Callable[[], object] | None = None) -> None:
        """Say what was done, and perhaps offer to take it back; without words what this list is."""
        super().tell(text or self._explanation(), token, undo)

    def _explanation(self) -> str:
        if not self.shows_deleted:
            return self.tr("Masks that were painted and not saved stay here until you delete them.")
        return self.tr(
            "What was deleted, saved or gone on with. After %n days it is gone for good.",
            "",
            self._days,
        )

    def _link_acts(self) -> None:
        self._shelf.name_all("recover_shelf")
        self._shelf.chosen.connect(self._turn)
        self._link(
            self._go_on,
            {
                "go_on": (self._go_on, lambda: self._ask(self.go_on_wanted)),
                "bring_back": (self._bring_back, lambda: self._ask(self.bring_back_wanted)),
            },
        )

    def _turn(self) -> None:
        self._list.setCurrentIndex(self._rows.index(-1))
        self._switch()
        self.shelf_changed.emit()

    def _switch(self) -> None:
        """Show what can be done here, and let only be pressed what makes sense."""
        row = self.current
        for button, is_here in (
            (self._go_on, not self.shows_deleted),
            (self._delete, not self.shows_deleted),
            (self._bring_back, self.shows_deleted),
        ):
            button.setVisible(is_here)
            button.setEnabled(is_here and row is not None)
        if row is not None and row.is_damaged:
            self._go_on.setEnabled(False)
