"""What is kept and how much room it takes; removed only when that was asked for and agreed to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.contract.hints import QT_TRANSLATE_NOOP
from app.look.buttons import IconButton, PlainButton
from app.look.fields import NumberField, Spin
from app.look.frames import HEIGHT
from app.look.lines import column_in
from app.look.sizes import room
from app.look.text import Label
from app.session.preferences import KEPT_DAYS
from app.shell.cleaning_up import CleanUpDialog
from app.shell.form import LABEL_WIDTH, Note, section
from app.shell.messages import message_for

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.look.theme import Theme
    from app.model.errors import AppError
    from app.model.holding import Holding, Old
    from app.session.preferences import Preferences
    from app.session.upkeep import Upkeep

TITLES = {
    "jobs": QT_TRANSLATE_NOOP("StoragePart", "Jobs: what was sent and what was answered"),
    "pictures": QT_TRANSLATE_NOOP("StoragePart", "Whole pictures that jobs were made from"),
    "masks": QT_TRANSLATE_NOOP("StoragePart", "Masks that were painted and not saved"),
    "deleted": QT_TRANSLATE_NOOP("StoragePart", "Masks that you deleted: gone after 30 days"),
    "record": QT_TRANSLATE_NOOP("StoragePart", "The record of jobs and its copies"),
    "aside": QT_TRANSLATE_NOOP("StoragePart", "Damaged files that were set aside"),
    "log": QT_TRANSLATE_NOOP("StoragePart", "Log"),
}


class StoragePart(QWidget):
    """Counts anew whenever it is turned to. What takes long is done beside the window."""

    def __init__(self, theme: Theme, preferences: Preferences, upkeep: Upkeep) -> None:
        super().__init__()
        self._theme = theme
        self._preferences = preferences
        self._upkeep = upkeep
        self._sizes: dict[str, Label] = {}
        self._openers: dict[str, IconButton] = {}
        self._folders: dict[str, Path] = {}
        self._days = Spin(theme, *KEPT_DAYS)
        self._clean = PlainButton(theme, self.tr("Clean Up…"))
        self._note = Note(theme, "storage_note", lines=3)
        self._arrange(theme)
        self._link()

    def showEvent(self, event: object) -> None:
        """Count, as time has passed since this was seen last."""
        self._upkeep.measure()

    def focus(self) -> None:
        """Let the artist say how old is old."""
        self._days.setFocus()

    def _arrange(self, theme: Theme) -> None:
        column = column_in(self, spacing=8)
        section(theme, column, self.tr("What is kept"))
        column.addLayout(self._table(theme))
        about = self.tr(
            "No job, picture or mask goes by itself. Results lie in your own folder, which is not "
            "counted here and never cleaned up."
        )
        hint = Label(theme, about, "hint", 12)
        hint.setWordWrap(True)
        column.addWidget(hint)
        column.addSpacing(8)
        section(theme, column, self.tr("Clean up"))
        column.addLayout(self._row(theme))
        column.addWidget(self._note)
        column.addStretch()

    def _table(self, theme: Theme) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        for row, (kind, title) in enumerate(TITLES.items()):
            words = QCoreApplication.translate("StoragePart", title)
            size = self._sizes[kind] = Label(theme, "…", "sub")
            size.setObjectName(f"size_{kind}")
            grid.addWidget(Label(theme, words), row, 0)
            grid.addWidget(size, row, 1, Qt.AlignmentFlag.AlignRight)
            self._openers[kind] = self._opener(theme, kind, words)
            grid.addWidget(self._openers[kind], row, 2)
        return grid

    def _opener(self, theme: Theme, kind: str, words: str) -> IconButton:
        button = IconButton(theme, "folder", self.tr("Show in Folder"))
        button.setObjectName(f"show_{kind}")
        button.setAccessibleDescription(words)
        button.setEnabled(False)
        button.clicked.connect(lambda: self._show_folder(kind))
        return button

    def _row(self, theme: Theme) -> QHBoxLayout:
        title = Label(theme, self.tr("Older than"), "sub")
        title.setFixedSize(LABEL_WIDTH, HEIGHT)
        title.setBuddy(self._days)
        self._days.setObjectName("kept_days")
        self._days.setAccessibleName(self.tr("Days after which files of jobs may go"))
        self._days.setValue(self._preferences.value.kept_days)
        self._clean.setObjectName("clean_up")
        row = QHBoxLayout()
        row.setSpacing(8)
        for part in (title, NumberField(theme, self._days), Label(theme, self.tr("days"), "sub")):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self._clean)
        return row

    def _link(self) -> None:
        self._days.editingFinished.connect(self._take_days)
        self._clean.clicked.connect(self._look)
        self._upkeep.measured.connect(self._show_sizes)
        self._upkeep.found.connect(self._ask)
        self._upkeep.cleaned.connect(self._tell_cleaned)
        self._upkeep.failed.connect(self._tell_failed)

    def _show_sizes(self, holdings: Sequence[Holding]) -> None:
        for holding in holdings:
            self._sizes[holding.kind].setText(room(holding.nbytes))
            self._folders[holding.kind] = holding.folder
            self._openers[holding.kind].setEnabled(holding.folder.is_dir())

    def _show_folder(self, kind: str) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folders[kind])))

    def _take_days(self) -> None:
        self._days.interpretText()  # it may not have been left yet
        self._preferences.edit(kept_days=round(self._days.value()))

    def _look(self) -> None:
        self._take_days()
        self._work(self.tr("Looking…"))
        self._upkeep.look(self._preferences.value.kept_days)

    def _ask(self, old: Old) -> None:
        self._rest()
        if old.is_nothing:
            self._note.tell(self.tr("Nothing of jobs that are over is as old as that."))
        elif self.isVisible():
            self._open(old, for_good=False)

    def _open(self, old: Old, *, for_good: bool) -> None:
        dialog = CleanUpDialog(self._theme, old, self, for_good=for_good)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._clean_up(old, for_good=for_good))
        dialog.open()

    def _clean_up(self, old: Old, *, for_good: bool) -> None:
        self._work(self.tr("Cleaning up…"))
        self._upkeep.clean_up(old, for_good=for_good)

    def _tell_cleaned(self, old: Old, rest: Old) -> None:
        self._rest()
        freed = self.tr("{size} were cleaned up.").format(size=room(old.nbytes - rest.nbytes))
        if rest.nbytes < old.nbytes:
            self._note.tell(freed)
        if not rest.is_nothing and self.isVisible():
            self._open(rest, for_good=True)
        self._upkeep.measure()

    def _tell_failed(self, error: AppError) -> None:
        self._rest()
        message = message_for(error)
        self._note.tell(f"{message.title}. {message.text}", "error")

    def _work(self, words: str) -> None:
        """Something is under way, and nothing else can be begun."""
        self._clean.setEnabled(False)
        self._note.tell(words)

    def _rest(self) -> None:
        self._clean.setEnabled(True)
        self._note.tell("")
