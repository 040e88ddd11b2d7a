"""Where results go, how they are named, and what their files tell."""

from PySide6.QtWidgets import QAbstractButton, QFileDialog

from app.storage import names
from tests.shell.preferences.hands import click, line, note, type_into


def test_prompts_can_be_kept_out_of_result_files(qtbot, dialog, preferences):
    box = dialog.findChild(QAbstractButton, "describes_results")
    assert box.isChecked()
    click(qtbot, dialog, "describes_results")
    assert not preferences.value.describes_results


def test_a_template_shows_what_a_name_will_be(dialog, preferences):
    type_into(dialog, "name_template", "{name}_{seed}")
    assert note(dialog, "name_example") == "For example: harbour_1234567890.png"
    assert preferences.value.name_template == "{name}_{seed}"


def test_a_template_that_names_nothing_is_told_and_not_kept(dialog, preferences):
    preferences.edit(name_template="{name}")
    type_into(dialog, "name_template", "{nme}")
    assert note(dialog, "name_example").startswith("Nothing is called “nme”.")
    assert preferences.value.name_template != "{nme}"


def test_the_default_template_is_kept_as_the_default(dialog, preferences):
    type_into(dialog, "name_template", "{seed}")
    type_into(dialog, "name_template", names.DEFAULT_TEMPLATE)
    assert preferences.value.name_template == ""


def test_the_folder_for_results_is_chosen_in_a_dialog(dialog, preferences, qtbot, tmp_path):
    click(qtbot, dialog, "choose_folder")
    asked = dialog.findChild(QFileDialog, "results_folder_dialog")
    asked.fileSelected.emit(str(tmp_path))
    asked.reject()
    assert preferences.value.results_folder == str(tmp_path)
    assert line(dialog, "results_folder").text() == str(tmp_path)
