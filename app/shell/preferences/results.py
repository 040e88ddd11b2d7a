"""Where results go and how they are named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app.look.buttons import PlainButton
from app.look.check_box import CheckBox
from app.look.text import Label
from app.model.errors import InvalidInput
from app.shell.files import ask
from app.shell.form import Line, Note, add_row, section, side_by_side
from app.shell.messages import message_for

if TYPE_CHECKING:
    from pathlib import Path

    from app.look.theme import Theme
    from app.session.preferences import Preferences
    from app.shell.naming import Naming


class ResultsPart(QObject):
    """Folder, name template, and whether a file tells how it was made.

    A template that names nothing is shown but not kept.
    """

    def __init__(
        self,
        theme: Theme,
        column: QVBoxLayout,
        preferences: Preferences,
        naming: Naming,
        dialog: QWidget,
    ) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._preferences = preferences
        self._naming = naming
        self._folder = Line(theme, "results_folder", self.tr("Folder"))
        self._folder.edit.setReadOnly(True)
        choose = PlainButton(theme, self.tr("Choose…"))
        choose.setObjectName("choose_folder")
        choose.setAccessibleName(self.tr("Choose the folder for results"))
        choose.clicked.connect(self._choose)
        self._template = Line(theme, "name_template", self.tr("File name"))
        self._note = Note(theme, "name_example")
        self._template.edit.textEdited.connect(self._edit)
        words = " ".join(f"{{{word}}}" for word in naming.placeholders)
        usable = self.tr("Use {words}").replace("{words}", words)
        form = section(theme, column, self.tr("Results"))
        add_row(theme, form, self.tr("Folder"), side_by_side(self._folder, choose))
        add_row(theme, form, self.tr("File name"), self._template)
        form.addRow("", self._note)
        form.addRow("", Label(theme, usable, "hint", 12))
        form.addRow("", self._discretion(theme))
        self._show()

    def _discretion(self, theme: Theme) -> CheckBox:
        words = self.tr("Write prompt and settings into result files")
        box = CheckBox(theme, words)
        box.setObjectName("describes_results")
        box.setChecked(self._preferences.value.describes_results)
        box.toggled.connect(lambda on: self._preferences.edit(describes_results=on))
        return box

    def _show(self) -> None:
        record = self._preferences.value
        self._folder.edit.setText(record.results_folder or self._naming.default_folder)
        template = record.name_template or self._naming.default_template
        self._template.edit.setText(template)
        self._tell(template)

    def _choose(self) -> None:
        dialog = QFileDialog(self._dialog, self.tr("Folder for Results"), self._folder.edit.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        ask(dialog, "results_folder_dialog", self._take_folder)

    def _take_folder(self, folder: Path) -> None:
        self._preferences.edit(results_folder=str(folder))
        self._folder.edit.setText(str(folder))

    def _edit(self, template: str) -> None:
        if self._tell(template):
            is_default = template == self._naming.default_template
            self._preferences.edit(name_template="" if is_default else template)

    def _tell(self, template: str) -> bool:
        """Show what a name would be, or what is wrong; whether all is well."""
        try:
            example = self._naming.example(template)
        except InvalidInput as error:
            message = message_for(error)
            self._note.tell(f"{message.title}. {message.text}", "error")
            self._template.set_bad(True)
            return False
        self._note.tell(self.tr("For example: {name}").format(name=f"{example}.png"))
        self._template.set_bad(False)
        return True
