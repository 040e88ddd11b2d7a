"""Save and Save As, and what the window says of what is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from app.model.errors import StorageError
from app.shell.afterwards import afterwards
from app.shell.files import ask, recent_folder, saving_dialog
from app.shell.messages import message_for

if TYPE_CHECKING:
    from pathlib import Path

    from app.look.theme import Theme
    from app.model.errors import AppError
    from app.session.open_project import OpenProject
    from app.session.preferences import Preferences
    from app.session.saving import Saving
    from app.shell.main_window import MainWindow

FILTER = "OpenRaster (*.ora)"


class SavingActions(QObject):
    """Answers both actions, and asks whenever a file would be lost.

    Closing the window asks nothing: what is unsaved is kept elsewhere.
    """

    def __init__(
        self,
        window: MainWindow,
        theme: Theme,
        opened: OpenProject,
        saving: Saving,
        preferences: Preferences,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._theme = theme
        self._opened = opened
        self._saving = saving
        self._preferences = preferences
        window.actions_table.on("save", self.save)
        window.actions_table.on("save_as", self.save_as)
        opened.changed.connect(afterwards(self._show_name, self))
        saving.progressed.connect(self._show_progress)
        saving.saved.connect(self._show_saved)
        saving.failed.connect(self._tell)
        self._shown = ("", False)
        self._show_name()

    def save(self) -> None:
        """Save where it was saved before, or ask where."""
        if self._opened.kept is None:
            self.save_as()
        else:
            self._saving.save()

    def save_as(self) -> None:
        """Ask where, and save there; the dialog asks before it overwrites."""
        place = self._folder() / self._opened.suggested_name
        dialog = saving_dialog(self._window, self.tr("Save As"), place, [FILTER])
        ask(dialog, "save_project_dialog", self._saving.save_as)

    def _show_name(self) -> None:
        told = self._opened.name, self._opened.is_unsaved
        if told != self._shown:
            self._shown = told
            self._window.set_name(told[0], is_unsaved=told[1])

    def _show_progress(self, share: float) -> None:
        if self._saving.is_saving:
            told = self.tr("Saving, {percent} %…").format(percent=round(100 * share))
            self._window.status.show_message(told)

    def _show_saved(self, path: Path) -> None:
        self._preferences.add_recent(str(path))
        self._window.status.show_message(self.tr("Saved as {name}.").format(name=path.name))

    def _tell(self, error: AppError) -> None:
        self._window.status.show_message("")
        if isinstance(error, StorageError) and error.kind == "changed":
            self._ask(error.path.name)
            return
        self._window.stage.notice.tell(
            message_for(error), action=(self.tr("Save As…"), self.save_as)
        )

    def _ask(self, name: str) -> None:
        """Whose work is to be where, when another program has changed the file."""
        from app.shell.saving_dialog import ChangedDialog

        dialog = ChangedDialog(self._theme, name, self._window)
        dialog.both_wanted.connect(self._saving.keep_both)
        dialog.overwrite_wanted.connect(self._saving.overwrite)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _folder(self) -> Path:
        """Where to begin: where the project is, else where the artist was last."""
        near = self._opened.near
        return near.parent if near is not None else recent_folder(self._preferences)
