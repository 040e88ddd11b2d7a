"""Opens the program's own dialogs; none of them stops anything from going on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from app.shell.about import AboutDialog
from app.shell.keys_sheet import KeysSheet
from app.shell.preferences_dialog import PreferencesDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from app.look.theme import Theme
    from app.session.pen import Pen
    from app.session.preferences import Preferences
    from app.session.tasks import Spawn
    from app.shell.main_window import MainWindow
    from app.shell.preferences_results import Naming
    from app.shell.preferences_service import Keys


class Dialogs(QObject):
    """Makes a dialog when it is asked for and drops it when it closes; one of each at a time."""

    keys_changed = Signal()

    def __init__(
        self,
        window: MainWindow,
        theme: Theme,
        preferences: Preferences,
        naming: Naming,
        keys: Keys,
        spawn: Spawn,
        pen: Pen,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._theme = theme
        self._preferences = preferences
        self._naming = naming
        self._keys = keys
        self._spawn = spawn
        self._pen = pen
        window.actions_table.on("preferences", self.open_preferences)
        window.actions_table.on(
            "keys", lambda: self._show(KeysSheet(theme, window.actions_table.keys, window))
        )
        window.actions_table.on("about", lambda: self._show(AboutDialog(theme, window)))
        window.menu_row.service.settings_wanted.connect(self.open_preferences)

    def open_preferences(self) -> None:
        """Open Preferences, or come back to them."""
        self._preferences_dialog().open()

    def open_key(self) -> None:
        """Open Preferences where the key is entered."""
        self._preferences_dialog().open_at_key()

    def _preferences_dialog(self) -> PreferencesDialog:
        found = self._window.findChild(PreferencesDialog)
        if found is not None and found.isVisible():
            return found
        dialog = PreferencesDialog(
            self._theme,
            self._preferences,
            self._naming,
            self._keys,
            self._spawn,
            self._window.actions_table.keys,
            self._pen,
            self._window,
        )
        dialog.keys_changed.connect(self.keys_changed)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog

    def _show(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
