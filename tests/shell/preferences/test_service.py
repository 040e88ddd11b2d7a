"""Which service is used, at what address, and how many images a minute it is asked for."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from app.look.fields import Spin
from tests.shell.preferences.hands import click, line, note, type_into


def pace(dialog) -> Spin:
    return dialog.findChild(Spin, "images_per_minute")


def test_the_images_a_minute_are_taken_when_they_are_typed(qtbot, dialog, preferences):
    assert pace(dialog).text() == "10"
    kept = []
    preferences.changed.connect(lambda record: kept.append(record.images_per_minute))
    pace(dialog).lineEdit().setFocus()
    pace(dialog).selectAll()
    QTest.keyClick(pace(dialog), Qt.Key.Key_Delete)
    QTest.keyClicks(pace(dialog), "25")
    assert kept == []
    QTest.keyClick(pace(dialog), Qt.Key.Key_Tab)
    assert kept == [25]


@pytest.mark.parametrize("typed", ["0", ""])
def test_no_limit_of_images_a_minute_is_said_in_words(qtbot, dialog, preferences, typed):
    pace(dialog).lineEdit().setFocus()
    pace(dialog).selectAll()
    QTest.keyClick(pace(dialog), Qt.Key.Key_Delete)
    QTest.keyClicks(pace(dialog), typed)
    click(qtbot, dialog, "close")
    assert preferences.value.images_per_minute == 0
    assert pace(dialog).text() == "No limit"


def test_the_built_in_engine_wants_no_key(qtbot, dialog, preferences):
    combo = dialog.findChild(QComboBox, "service_choice")
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Home)
    assert preferences.value.service == "builtin"
    assert not line(dialog, "api_key").isEnabled()
    assert not line(dialog, "base_url").isEnabled()
    assert "prompts need a connected service" in note(dialog)


def test_an_address_of_ones_own_becomes_the_service_when_it_is_one(dialog, preferences, tasks):
    combo = dialog.findChild(QComboBox, "service_choice")
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_End)
    type_into(dialog, "base_url", "http://example.org")
    assert note(dialog).startswith("http:// is for this machine alone.")
    assert preferences.value.service == "ppinfra"
    QTest.keyClick(type_into(dialog, "base_url", "https://example.org"), Qt.Key.Key_Return)
    tasks.run()
    assert preferences.value.service == "custom"
    assert preferences.value.custom_url == "https://example.org"
    assert line(dialog, "base_url").text() == "https://example.org"


def test_an_address_is_not_used_before_it_is_wholly_typed(dialog, preferences, tasks):
    preferences.edit(custom_url="https://mine.example", service="custom")
    tasks.run()
    seen = []
    preferences.changed.connect(lambda record: seen.append(record.custom_url))
    field = type_into(dialog, "base_url", "https://example.org")
    assert seen == []
    line(dialog, "api_key").setFocus()
    tasks.run()
    assert seen == ["https://example.org"]
    assert field.text() == "https://example.org"


def test_from_a_new_address_tab_leads_to_its_key(dialog, tasks):
    combo = dialog.findChild(QComboBox, "service_choice")
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_End)
    QTest.keyClick(type_into(dialog, "base_url", "https://example.org"), Qt.Key.Key_Tab)
    tasks.run()
    assert line(dialog, "api_key").hasFocus()
