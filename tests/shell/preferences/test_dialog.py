"""The Preferences as a whole."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QDialog, QLineEdit, QWidget

from app.look.segments import Segments
from tests.shell.preferences.hands import click, line


def test_asking_twice_gives_one_dialog(shown, dialogs, dialog):
    dialogs.open_preferences()
    assert len(shown.findChildren(QDialog, "preferences")) == 1


def test_the_theme_is_taken_at_once(qtbot, dialog, preferences):
    light = dialog.findChild(Segments, "theme").buttons[2]
    qtbot.mouseClick(light, Qt.MouseButton.LeftButton)
    assert preferences.value.theme == "light"


def test_it_opens_where_a_key_is_entered(qtbot, shown, dialogs, tasks):
    dialogs.open_key()
    tasks.run()
    dialog = shown.findChild(QDialog, "preferences")
    qtbot.waitUntil(line(dialog, "api_key").hasFocus)


def test_every_field_of_preferences_has_a_name(dialog):
    fields = dialog.findChildren(QLineEdit) + dialog.findChildren(QAbstractButton)
    assert [one.objectName() for one in fields if not one.accessibleName() and not one.text()] == []


@pytest.mark.parametrize("page", ["general", "keys", "pen", "storage"])
def test_every_page_of_preferences_fits_the_smallest_window(qtbot, dialog, tasks, page):
    click(qtbot, dialog, f"pages_{page}")
    tasks.run()
    assert dialog.findChild(QWidget, f"page_{page}").isVisible()
    assert dialog.sizeHint().height() <= 680
