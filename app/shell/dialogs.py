"""Opens the program's own dialogs; none of them stops anything from going on.

They are imported when they are wanted, as the start need not wait for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from app.look.theme import Theme
    from app.session.pen import Pen
    from app.session.preferences import Preferences
    from app.session.tasks import Spawn
    from app.session.upkeep import Upkeep
    from app.shell.main_window import MainWindow
    from app.shell.naming import Naming
    from app.shell.preferences.dialog import PreferencesDialog
    from app.shell.preferences.key import Keys


class Dialogs(QObject):
    """Makes a dialog when it is asked for and drops it when it closes; one of each at a time."""

    keys_changed = Signal()
    key_confirmed = Signal(object)
    """A `Service` whose key was typed, or was accepted when it was tried out."""

    def __init__(
        self,
        window: MainWindow,
        theme: Theme,
        preferences: Preferences,
        naming: Naming,
        keys: Keys,
        spawn: Spawn,
        pen: Pen,
        upkeep: Upkeep,
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
        self._upkeep = upkeep
        window.actions_table.on("preferences", self.open_preferences)
        window.actions_table.on("keys", self._open_keys)
        window.actions_table.on("about", self._open_about)
        window.menu_row.service.settings_wanted.connect(self.open_preferences)

    def open_preferences(self) -> None:
        """Open Preferences, or come back to them."""
        self._preferences_dialog().open()

    def open_key(self) -> None:
        """Open Preferences where the key is entered."""
        self._preferences_dialog().open_at_key()

    def open_storage(self) -> None:
        """Open Preferences where it is told what is kept."""
        self._preferences_dialog().open_at_storage()

    def _preferences_dialog(self) -> PreferencesDialog:
        from app.shell.preferences.dialog import PreferencesDialog
        from app.shell.preferences.key import Custody

        found = self._window.findChild(PreferencesDialog)
        if found is not None and found.isVisible():
            return found
        dialog = PreferencesDialog(
            self._theme,
            self._preferences,
            self._naming,
            Custody(self._keys, self.keys_changed.emit, self.key_confirmed.emit, self._spawn),
            self._window.actions_table.keys,
            self._pen,
            self._upkeep,
            self._window,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog

    def _open_keys(self) -> None:
        from app.shell.keys.sheet import KeysSheet

        keys, wheel = self._window.actions_table.keys, self._preferences.value.wheel
        self._show(KeysSheet(self._theme, keys, wheel, self._window))

    def _open_about(self) -> None:
        from app.shell.about import AboutDialog

        self._show(AboutDialog(self._theme, self._window))

    def _show(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
